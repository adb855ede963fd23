/** Rejected rows as they were: the head of the file and the original bytes of each record, with the reasons in a table beside it. */
import type { ByteSource } from '../../../operation.ts'
import type { OutputChunk } from '../plan/crosswalk.ts'

export interface Rejected {
  readonly byte: number
  readonly length: number
}

const chunkBytes = 256 << 10

/** Copies the stretches of a source in their order; the file is read once, whatever their number. */
export async function* copyRecords(
  source: ByteSource,
  path: string,
  head: number,
  rejected: readonly Rejected[],
): AsyncGenerator<OutputChunk> {
  const stretches = [{ byte: 0, length: head }, ...rejected]
  const last = stretches.at(-1)
  const end = last ? last.byte + last.length : 0
  let parts: Uint8Array[] = []
  let held = 0
  let at = 0
  let next = 0
  let newline = Uint8Array.of(10)
  let done = 0
  const flush = (): OutputChunk => {
    const bytes = new Uint8Array(held)
    let to = 0
    for (const part of parts) {
      bytes.set(part, to)
      to += part.length
    }
    parts = []
    held = 0
    return { path, bytes }
  }
  for await (const chunk of source.stream(0, end)) {
    for (let stretch = stretches[next]; stretch; stretch = stretches[next]) {
      const start = Math.max(stretch.byte + done, at)
      const stop = Math.min(stretch.byte + stretch.length, at + chunk.length)
      if (start < stop) {
        // A chunk belongs to its reader, which may reuse it.
        parts.push(chunk.slice(start - at, stop - at))
        held += stop - start
        done += stop - start
      }
      if (done < stretch.length) break
      const tail = parts.at(-1)?.at(-1)
      if (held > 0 && tail !== 10 && tail !== 13) {
        parts.push(newline)
        held += newline.length
      }
      // Records end as the lines of the head do.
      if (next === 0 && parts.some((part) => part.includes(13))) newline = Uint8Array.of(13, 10)
      next++
      done = 0
    }
    at += chunk.length
    if (held >= chunkBytes) yield flush()
  }
  if (held > 0) yield flush()
}
