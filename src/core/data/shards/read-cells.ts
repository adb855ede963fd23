/** Cells of records whose offsets are known, read again from the file: what parts of a run do not carry. */
import { CanonicalCell } from '../columns/canonical-cell.ts'
import type { OpenTable } from '../read/table.ts'

/** Records closer together than this are read in one go. */
const oneGo = 1 << 20

/** Bytes of the wanted cells as `CanonicalCell` gives them, by record offset and column. */
export async function readCells(
  open: OpenTable,
  wanted: ReadonlyMap<number, ReadonlySet<number>>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ReadonlyMap<number, Uint8Array>>> {
  const found = new Map<number, ReadonlyMap<number, Uint8Array>>()
  const { quote, escape: escapeWith } = open.structure.dialect.value
  const cell = new CanonicalCell(open.encoding, quote, escapeWith)
  const offsets = [...wanted.keys()].sort((a, b) => a - b)
  for (let i = 0; i < offsets.length; ) {
    const first = offsets[i] ?? 0
    let last = first
    while (i < offsets.length && (offsets[i] ?? 0) - last <= oneGo) last = offsets[i++] ?? last
    let isOver = false
    const sink = {
      record(
        view: Parameters<Parameters<OpenTable['read']>[0]['record']>[0],
        _whole: boolean,
        byteOf: (index: number) => number,
      ) {
        const byte = byteOf(view.start)
        isOver ||= byte >= last
        const columns = wanted.get(byte)
        if (columns === undefined || byte > last) return
        const cells = new Map<number, Uint8Array>()
        for (const column of columns) {
          cell.set(view.bytes, view.starts[column] ?? 0, view.ends[column] ?? 0, view.flags[column] ?? 0)
          cells.set(column, cell.bytes.slice(cell.start, cell.end))
        }
        found.set(byte, cells)
      },
      problem() {},
      end() {},
    }
    for await (const _ of open.readFrom?.(first, sink, signal) ?? []) if (isOver) break
  }
  return found
}
