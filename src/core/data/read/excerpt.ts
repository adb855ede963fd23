/** A stretch of a file around a byte, as physical lines: what a person sees who opens a finding. Read again each time, never kept. */
import type { ByteSource } from '../../operation.ts'
import { wholeText } from './cell-text.ts'

export interface ExcerptLine {
  /** Physical, 1-based; counted from the line given with the byte. */
  readonly line: number
  readonly text: string
  /** True for the line that holds the byte. */
  readonly marked: boolean
  /** Where the marked byte stands in `text`, in UTF-16 units; -1 elsewhere. */
  readonly column: number
  /** True where the line was longer than what was read. */
  readonly cut: boolean
}

/** Bytes read on each side: enough for any line a person can read. */
const reach = 32 << 10
const newline = 0x0a
const carriageReturn = 0x0d

/**
 * The line that holds `byte` and up to `around` lines on each side.
 * @param line physical number of the line that holds `byte`
 * @param encoding WHATWG label; single-byte encodings and UTF-8 are cut at bytes, UTF-16 at pairs
 */
export async function readExcerpt(
  source: ByteSource,
  byte: number,
  line: number,
  encoding: string,
  around = 2,
): Promise<readonly ExcerptLine[]> {
  const step = /^utf-16/i.test(encoding) ? 2 : 1
  const wanted = Math.max(0, byte - reach)
  const from = wanted - (wanted % step)
  const to = Math.min(source.size, byte + reach)
  const bytes = await readRange(source, from, to)
  const at = byte - from
  const starts = lineStarts(bytes, step, /^utf-16be/i.test(encoding))
  const own = starts.findLastIndex((start) => start <= at)
  const first = Math.max(own - around, 0)
  const lines: ExcerptLine[] = []
  for (let i = first; i <= own + around && i < starts.length; i++) {
    const start = starts[i] ?? 0
    const end = starts[i + 1] ?? bytes.length
    const marked = i === own
    lines.push({
      line: line + (i - own),
      text: wholeText(bytes.subarray(start, end), encoding).replace(/[\r\n]+$/, ''),
      marked,
      column: marked ? wholeText(bytes.subarray(start, at), encoding).length : -1,
      cut: (start === 0 && from > 0) || (i === starts.length - 1 && to < source.size),
    })
  }
  return lines.filter((each, index) => each.marked || each.text !== '' || index < lines.length - 1)
}

async function readRange(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from)
  let at = 0
  for await (const chunk of source.stream(from, to)) {
    bytes.set(chunk.subarray(0, bytes.length - at), at)
    at += Math.min(chunk.length, bytes.length - at)
  }
  return bytes.subarray(0, at)
}

/** Where lines begin: after LF, CRLF or a lone CR. */
function lineStarts(bytes: Uint8Array, step: number, isBig: boolean): number[] {
  const starts = [0]
  const unit = (at: number): number => {
    if (step === 1) return bytes[at] ?? -1
    const [low, high] = isBig ? [at + 1, at] : [at, at + 1]
    return (bytes[high] ?? 0) === 0 ? (bytes[low] ?? -1) : -1
  }
  for (let at = 0; at < bytes.length; at += step) {
    const code = unit(at)
    if (code === newline || (code === carriageReturn && unit(at + step) !== newline)) starts.push(at + step)
  }
  return starts
}
