/** What the rules make of one legacy row: records of the target, or why it becomes none. */

import type { Carried } from '../../model/carried.ts'
import type { JsonObject } from '../../model/record.ts'
import type { BoundField, BoundTable } from '../plan/plan.ts'
import type { RowFilter } from '../plan/row-rules.ts'

export interface MadeRecord {
  readonly table: BoundTable
  readonly id: string
  readonly value: JsonObject
}

export interface RecordProblem {
  readonly field: string
  readonly target: string
  readonly why: string
}

export interface MadeRow {
  readonly records: readonly MadeRecord[]
  readonly problems: readonly RecordProblem[]
  /** The filters that left the row out of a target. */
  readonly leftOut: readonly RowFilter[]
  readonly carried: readonly CarriedLine[]
  /** Key and id for the targets that the row is left out of. */
  readonly leftOutKeys: MadeRow['carried']
}

/** What the rules make of one row before records are written: per target the fields it fills, or what keeps it out. */
export interface ReadRow {
  readonly record: number
  readonly targets: readonly {
    readonly table: BoundTable
    readonly carried: readonly CarriedLine[]
    /** What each line says, cell by cell; empty where the row is a record of its own in this target, or takes no part. */
    readonly said: readonly string[]
    /** Null where the row takes part in this target. */
    readonly without: RowFilter | 'no-line-holds' | null
  }[]
  /** Columns of filled cells that no line carries for this row. */
  readonly lost: readonly string[]
}

/** A line of the field map for one row. */
export interface CarriedLine {
  readonly field: BoundField
  readonly raw: string
  readonly carried: Carried | null
  /** False where the line is not meant for the row. */
  readonly holds: boolean
}
