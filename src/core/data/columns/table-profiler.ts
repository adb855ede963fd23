/** Profiles the records of one table as they are read: attached to a reading of its own or to that of a validation. */

import type { Structure } from '../model/events.ts'
import type { GroupProfile } from '../model/field-profile.ts'
import type { NullEntry } from '../nulls/dictionary.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import { RecordView } from '../read/text/record-view.ts'
import { CanonicalCell } from './canonical-cell.ts'
import { CellRun } from './cell-run.ts'
import { ColumnReader, copied } from './column-reader.ts'
import { type ColumnState, mergeColumn } from './column-state.ts'
import { Fingerprint } from './fingerprint.ts'
import { type GroupColumns, Grouping } from './grouping.ts'
import { LivePlace } from './live-place.ts'

/** What one table gave: a state per column, and completeness by the groups that were declared. */
export interface TableState {
  readonly columns: readonly ColumnState[]
  readonly groupings: readonly Grouping[]
}

export class TableProfiler {
  private readonly cell: CanonicalCell
  private readonly fingerprint = new Fingerprint()
  private readonly readers: readonly ColumnReader[]
  private readonly groupings: readonly Grouping[]
  private readonly filled: Uint8Array
  private readonly place = new LivePlace()
  /** The cells of the column at hand. */
  private readonly run = new CellRun(this.place)
  /** One record of a block. */
  private readonly single = new RecordView()

  constructor(
    structure: Structure,
    encoding: string,
    table: string,
    nullsOf: (field: string) => readonly NullEntry[],
    groups: GroupColumns = {},
  ) {
    const dialect = structure.dialect.value
    this.cell = new CanonicalCell(encoding, dialect.quote, dialect.escape)
    this.readers = structure.header.map((field) => new ColumnReader(field, table, nullsOf(field)))
    this.groupings = Grouping.all(structure.header, groups)
    this.filled = new Uint8Array(structure.header.length)
  }

  /** Shows a whole record. */
  see(view: RecordView, byteOf: (index: number) => number): void {
    const { cell, readers, fingerprint, place, filled } = this
    const { bytes, starts, ends, flags } = view
    place.set(view, byteOf)
    const isGrouped = this.groupings.length > 0
    for (let i = 0; i < readers.length; i++) {
      const reader = readers[i] as ColumnReader
      let isFilled: boolean
      if (((flags[i] as number) & copied) === 0)
        isFilled = reader.see(bytes, starts[i] as number, ends[i] as number, fingerprint, place)
      else {
        cell.set(bytes, starts[i] as number, ends[i] as number, flags[i] as number)
        isFilled = reader.see(cell.bytes, cell.start, cell.end, fingerprint, place)
      }
      if (isGrouped) filled[i] = isFilled ? 1 : 0
    }
    if (isGrouped) this.group(view)
  }

  /** Shows a run of whole records, column by column; groups need all cells of a record together. */
  seeBlock(block: RecordBlock, byteOf: (index: number) => number): void {
    const { cell, readers, fingerprint, place, run } = this
    if (this.groupings.length > 0) {
      for (let record = block.first; record < block.last; record++) {
        block.show(record, this.single)
        this.see(this.single, byteOf)
      }
      return
    }
    place.setBlock(block, byteOf)
    for (let column = 0; column < readers.length; column++)
      (readers[column] as ColumnReader).seeBlock(block, column, cell, fingerprint, run)
  }

  private group({ bytes, starts, ends, flags }: RecordView): void {
    const { cell } = this
    for (const grouping of this.groupings) {
      const i = grouping.column
      cell.set(bytes, starts[i] as number, ends[i] as number, flags[i] as number)
      grouping.see(cell, this.filled, this.place)
    }
  }

  finish(): TableState {
    return { columns: this.readers.map((reader) => reader.finish()), groupings: this.groupings }
  }
}

/** Adds the second part of a table to the first, which is changed. The order of parts does not matter. */
export function mergeTable(into: TableState, other: TableState): TableState {
  into.columns.forEach((column, i) => {
    const part = other.columns[i]
    if (part) mergeColumn(column, part)
  })
  into.groupings.forEach((grouping, i) => {
    const part = other.groupings[i]
    if (part) grouping.merge(part)
  })
  return into
}

/** The groups of one column, in the order they are shown. */
export function groupsOf(state: TableState, column: number): GroupProfile[] {
  return state.groupings.flatMap((grouping) => grouping.profiles(column))
}
