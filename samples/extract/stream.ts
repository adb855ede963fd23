/** Tables of any size as streams, row by row from a number; nothing is held in memory. */
import type { ByteSource } from '../../src/core/operation.ts'

/** Rows end with their line break; the same number gives the same row. */
export interface Rows {
  readonly name: string
  readonly header: string
  readonly rowOf: (i: number) => string
}

export interface Extract {
  readonly source: ByteSource
  readonly records: number
}

/** A table of at least `bytes` bytes; its size is counted once without keeping it. */
export function extractOf(rows: Rows, bytes: number): Extract {
  const { name, header, rowOf } = rows
  let size = utf8Length(header)
  let records = 0
  const marks: number[] = []
  while (size < bytes) {
    if (records % markedRows === 0) marks.push(size)
    size += utf8Length(rowOf(records++))
  }
  return { source: { name, size, stream: (from = 0, to = size) => stream(rows, records, marks, from, to) }, records }
}

/** Offsets are kept of every so many rows, so that a stretch from the middle need not be written from the start. */
const markedRows = 4096

async function* stream(
  { header, rowOf }: Rows,
  records: number,
  marks: readonly number[],
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const mark = marks.findLastIndex((offset) => offset <= from)
  let at = mark < 0 ? 0 : (marks[mark] ?? 0)
  let text = mark < 0 ? header : ''
  for (let i = Math.max(0, mark) * markedRows; i <= records && at < to; i++) {
    if (i < records) text += rowOf(i)
    if (text.length < 1 << 18 && i < records) continue
    const chunk = encoder.encode(text)
    text = ''
    const start = Math.max(0, from - at)
    const end = Math.min(chunk.length, to - at)
    at += chunk.length
    if (end > start) yield chunk.subarray(start, end)
  }
}

/** Bytes of a text in UTF-8 without writing them. */
function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Half of a pair of surrogates stands for two of the four bytes of its character.
    length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return length
}
