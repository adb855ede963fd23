/** A check over all records of one table together, such as intervals that overlap: what it must remember is bounded and said when it ends. */
import type { Fact } from '../../../finding.ts'
import type { Constraint } from '../../model/constraint.ts'
import type { Value } from '../../model/value.ts'
import type { Check } from './check.ts'

/** One record while it is read. */
export interface TableRow {
  readonly record: number
  /** Text of a column; null where nothing is recorded. */
  text(field: string): string | null
  /** The same as its declared type; a text where none is declared. */
  value(field: string): Value
  /** A number under which the place of this record can be named after the reading. */
  keep(): number
}

/** Gathers, then speaks. `report` takes a number given by `keep`. */
export interface TableJudge {
  see(row: TableRow): void
  finish(report: (kept: number, facts: readonly Fact[]) => void): TableVerdict
}

export interface TableVerdict {
  /** Records that were tested. */
  readonly tested: number
  /** Why the verdict covers only part of the records; null where it covers all. */
  readonly left: string | null
}

export interface TableCheck extends Check {
  readonly scope: 'keys'
  /** Columns that the constraint needs, and the judge; or why it can not be honoured. */
  open(constraint: Constraint): { readonly fields: readonly string[]; readonly judge: TableJudge } | string
}

/** Most records that one table judge remembers. */
export const mostKept = 4_000_000
