/** A stretch of a file around a byte, as physical lines: what a person sees who opens a finding. Read again each time, never kept. */
import type { ByteSource } from '../../operation.ts'
import type { Structure } from '../model/events.ts'
import type { ReadingChoices } from '../model/source.ts'
import { openContent } from './containers/content.ts'
import { scannedInPlace, textIn } from './text/transcode.ts'

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

/** Where a file that has no line breaks is cut: records of equal length from a byte on. */
export interface RecordGrid {
  readonly origin: number
  readonly length: number
}

/**
 * The line that holds `byte` and up to `around` lines on each side.
 * @param line physical number of the line that holds `byte`
 * @param encoding name of `encodingName`; the bytes are cut where characters end
 */
export async function readExcerpt(
  source: ByteSource,
  byte: number,
  line: number,
  encoding: string,
  around = 2,
  grid: RecordGrid | null = null,
): Promise<readonly ExcerptLine[]> {
  const step = encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1
  const wanted = Math.min(byte, grid ? Math.max(reach, grid.length * (around + 1)) : reach)
  const from = byte - (wanted - (wanted % step))
  const bytes = await readRange(
    source,
    from,
    Math.min(source.size, byte + Math.max(reach, grid ? grid.length * (around + 2) : 0)),
  )
  const at = byte - from
  const first = from === 0 ? 0 : firstWhole(bytes, encoding, at)
  const starts = grid ? gridStarts(bytes.length, grid, from) : lineStarts(bytes, first, step, encoding)
  const own = starts.findLastIndex((start) => start <= at)
  const lines: ExcerptLine[] = []
  for (let i = Math.max(own - around, 0); i <= own + around && i < starts.length; i++) {
    const start = starts[i] ?? 0
    const end = starts[i + 1] ?? bytes.length
    const marked = i === own
    const before = marked ? textIn(bytes.subarray(start, at), encoding) : ''
    lines.push({
      line: line + (i - own),
      text: (before + textIn(bytes.subarray(marked ? at : start, end), encoding)).replace(/^\uFEFF/, '').replace(/[\r\n]+$/, ''),
      marked,
      column: marked ? before.replace(/^\uFEFF/, '').length : -1,
      cut: (start === first && from > 0 && !grid) || (i === starts.length - 1 && from + bytes.length < source.size),
    })
  }
  return lines.filter((each, index) => each.marked || each.text !== '' || index < lines.length - 1)
}

/** The same for a place in a table as it was read: inside its container, in its encoding and form. Null where the container is gone. */
export async function readTableExcerpt(
  source: ByteSource,
  reading: ReadingChoices,
  structure: Structure | null,
  at: { readonly byte: number; readonly line: number },
  around: number,
  signal: AbortSignal,
): Promise<readonly ExcerptLine[] | null> {
  const opened = await openContent(source, reading, signal)
  if (opened.kind === 'other') return null
  const length = structure?.layout?.value.recordLength
  const grid = structure && length !== undefined ? { origin: structure.bodyByte, length } : null
  return readExcerpt(opened.content.source, at.byte, at.line, structure?.encoding.value ?? 'utf-8', around, grid)
}

async function readRange(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from))
  let at = 0
  for await (const chunk of source.stream(from, to)) {
    bytes.set(chunk.subarray(0, bytes.length - at), at)
    at += Math.min(chunk.length, bytes.length - at)
  }
  return bytes.subarray(0, at)
}

/** Index of the first byte that surely begins a character: in UTF-8 the first that is no trail byte, elsewhere after a line break. */
function firstWhole(bytes: Uint8Array, encoding: string, before: number): number {
  if (encoding === 'utf-8') {
    let i = 0
    while (i < 3 && ((bytes[i] ?? 0) & 0xc0) === 0x80) i++
    return i
  }
  if (scannedInPlace(encoding) || /^(utf-|cp|ebcdic)/.test(encoding)) return 0
  const lineFeed = bytes.indexOf(0x0a)
  return lineFeed >= 0 && lineFeed < before ? lineFeed + 1 : 0
}

function gridStarts(length: number, { origin, length: step }: RecordGrid, from: number): number[] {
  const starts: number[] = []
  const first = origin + Math.ceil(Math.max(0, from - origin) / step) * step
  for (let at = first; at < from + length; at += step) starts.push(at - from)
  return starts
}

/** Where lines begin: after LF, CRLF or a lone CR, and after the new line of mainframes. */
function lineStarts(bytes: Uint8Array, first: number, step: number, encoding: string): number[] {
  const starts = [first]
  const isBig = encoding.endsWith('be')
  const [feed, other] = encoding.startsWith('ebcdic') ? [0x25, 0x15] : [0x0a, 0x0a]
  const unit = (at: number): number => {
    if (step === 1) return bytes[at] ?? -1
    for (let i = 0; i < step; i++) if (i !== (isBig ? step - 1 : 0) && bytes[at + i] !== 0) return -1
    return bytes[at + (isBig ? step - 1 : 0)] ?? -1
  }
  for (let at = first; at < bytes.length; at += step) {
    const code = unit(at)
    const next = unit(at + step)
    if (code === feed || code === other || (code === 0x0d && next !== feed && next !== other)) starts.push(at + step)
  }
  return starts
}
