/** Which records of a block the watched checks have to be shown: most cells can not be damaged by themselves, and are only counted. */

import { markSuspects, markSuspectsOf } from '../checks/bytes/suspect.ts'
import type { CellColumn } from '../checks/contract/check.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import type { RuledTable } from './ruled-table.ts'
import { shapeOf } from './shape.ts'

/** In the marks of a run: the record has to be shown to the rules and watches of the table. */
export const watched = 4

/** What a column wants to see of records that are in no sample. */
export interface WatchedCells {
  /** Every cell of these shapes, suspect or not; 0 for none. */
  readonly shapes: number
  /** Whether suspect cells are looked at. */
  readonly suspects: boolean
}

export class WatchBlock {
  private readonly table: RuledTable
  private readonly cells = { at: 0 } as { -readonly [name in keyof CellColumn]: CellColumn[name] }
  private readonly rows = new Int32Array(mostRecords)

  constructor(table: RuledTable) {
    this.table = table
  }

  /** Marks every record in which a column wants to see its cell. */
  mark(block: RecordBlock, columns: readonly WatchedCells[], marks: Uint8Array): void {
    const { cells, rows, table } = this
    const { first, last, width } = block
    cells.bytes = block.bytes
    cells.starts = block.starts
    cells.ends = block.ends
    cells.flags = block.flags
    cells.step = width
    cells.count = last - first
    const traits = table.texts.isUtf8 ? block.traits : -1
    // Of most columns a cell that passed its checks is no suspect.
    const many = listRows(marks, 255 - watched, last - first, rows)
    for (let index = 0; index < columns.length; index++) {
      const { shapes, suspects } = columns[index] as WatchedCells
      cells.at = first * width + index
      if (shapes !== 0) markShapes(cells, shapes, (start, end) => table.isNullCell(cells.bytes, start, end, index), marks)
      if (!suspects) continue
      if (table.excludesSuspects(index)) markSuspectsOf(rows, many, cells, table.texts.isUtf8, watched, marks)
      else markSuspects(cells, traits, watched, marks)
    }
  }

  /** Adds, for each column, the filled cells of the records that are not marked. */
  count(block: RecordBlock, columns: readonly { filled: number; readonly nullStarts: Uint8Array }[], marks: Uint8Array): void {
    const { rows, table } = this
    const { bytes, starts, ends, first, last, width } = block
    const many = listRows(marks, watched, last - first, rows)
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as { filled: number; readonly nullStarts: Uint8Array }
      let filled = last - first - many - table.silentCells(index)
      for (let i = 0; i < many; i++) {
        const at = (first + (rows[i] as number)) * width + index
        const start = starts[at] as number
        const end = ends[at] as number
        if (start === end || (column.nullStarts[bytes[start] as number] !== 0 && table.isNullCell(bytes, start, end, index)))
          filled++
      }
      column.filled += filled
    }
  }
}

/** The rows of which the marks hold one of these bits, in order; gives how many they are. */
function listRows(marks: Uint8Array, bits: number, count: number, rows: Int32Array): number {
  let many = 0
  for (let row = 0; row < count; row++) if (((marks[row] as number) & bits) !== 0) rows[many++] = row
  return many
}

function markShapes(
  { bytes, starts, ends, at, step, count }: CellColumn,
  shapes: number,
  isNull: (start: number, end: number) => boolean,
  marks: Uint8Array,
): void {
  for (let row = 0, cell = at; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    if (start !== end && (shapeOf(bytes, start, end) & shapes) !== 0 && !isNull(start, end))
      marks[row] = (marks[row] as number) | watched
  }
}
