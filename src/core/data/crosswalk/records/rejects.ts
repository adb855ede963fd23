/** Rejected rows as they were: the head of the file and the original bytes of each record, with the reasons in a table beside it. */
import type { ByteSource } from '../../../operation.ts'

export interface Rejected {
  readonly byte: number
  readonly length: number
}

const chunkBytes = 256 << 10

/** The head of a file as the file of its rejects begins, and how the records behind it end. */
export interface RejectsHead {
  readonly bytes: Uint8Array
  readonly newline: Uint8Array
}

const lineFeed = 10
const carriageReturn = 13

/** @param end offset behind the head */
export async function headOf(source: ByteSource, end: number): Promise<RejectsHead> {
  const parts: number[] = []
  if (end > 0) for await (const chunk of source.stream(0, end)) for (const byte of chunk) parts.push(byte)
  // Records end as the lines of the head do.
  const newline = parts.includes(carriageReturn) ? Uint8Array.of(carriageReturn, lineFeed) : Uint8Array.of(lineFeed)
  if (parts.length > 0 && !endsLine(parts.at(-1))) parts.push(lineFeed)
  return { bytes: Uint8Array.from(parts), newline }
}

function endsLine(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn
}

/** Copies records of a source in their order, each to the end of a line; what lies between the first and the last is read once. */
export async function* copyRecords(
  source: ByteSource,
  rejected: readonly Rejected[],
  newline: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const last = rejected.at(-1)
  const end = last ? last.byte + last.length : 0
  let parts: Uint8Array[] = []
  let held = 0
  let at = rejected[0]?.byte ?? 0
  let next = 0
  let done = 0
  const flush = (): Uint8Array => {
    const bytes = new Uint8Array(held)
    let to = 0
    for (const part of parts) {
      bytes.set(part, to)
      to += part.length
    }
    parts = []
    held = 0
    return bytes
  }
  for await (const chunk of source.stream(at, end)) {
    for (let stretch = rejected[next]; stretch; stretch = rejected[next]) {
      const start = Math.max(stretch.byte + done, at)
      const stop = Math.min(stretch.byte + stretch.length, at + chunk.length)
      if (start < stop) {
        // A chunk belongs to its reader, which may reuse it.
        parts.push(chunk.slice(start - at, stop - at))
        held += stop - start
        done += stop - start
      }
      if (done < stretch.length) break
      if (held > 0 && !endsLine(parts.at(-1)?.at(-1))) {
        parts.push(newline)
        held += newline.length
      }
      next++
      done = 0
    }
    at += chunk.length
    if (held >= chunkBytes) yield flush()
  }
  if (held > 0) yield flush()
}
