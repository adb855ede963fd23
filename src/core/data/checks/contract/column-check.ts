/** A check that watches a whole column, asked or not: it is shown only cells of the shapes it cares for, and speaks at the end. */
import type { Evidence, Fact } from '../../../finding.ts'
import type { JsonObject } from '../../model/record.ts'
import type { Cell, Check } from './check.ts'
import type { WatchedCells } from './watched-cells.ts'

/** Shapes of cells, told apart on the first bytes; a cell has exactly one. */
export const shapes = {
  /** Digits only. */
  digits: 1,
  /** A sign or digits, then something else. */
  numeric: 2,
  /** `dddd-dd-dd…` or `d/d/d…` with slash, dot or hyphen. */
  date: 4,
  /** `#` first. */
  hash: 8,
  /** Letters, hyphen and digits such as May-3 and 3-May. */
  dayMonth: 16,
  /** Everything else. */
  text: 32,
} as const

/** What else a cell can have: a check that needs one of them has nothing to say of cells without it. */
export const cellTraits = {
  /** Maybe a control character from U+0080 on. */
  control: 1,
  /** A blank or a tab at one of its ends. */
  outer: 2,
  /** Maybe a control code other than tab and line break. */
  code: 4,
} as const

/** What is known of the column before it is read. */
export interface WatchedColumn {
  readonly field: string
  /** True where its table speaks of patients, not of codes, places or definitions. */
  readonly isOfPatients: boolean
  /** Type that the schema declares; null where there is none. */
  readonly type: string | null
  /** Parameters of a rule that asks for the check; null where it is looked at anyway. */
  readonly params: JsonObject | null
}

export interface ColumnWatch {
  /** Evidence where this very cell is damaged. Only cells of the check's shapes are shown. */
  see(cell: Cell, shape: number): Evidence | null
  /** As `see` for the cells that were picked, in their order: counts those of which nothing is to be said, and asks `show` for the others. */
  seeAll?(cells: WatchedCells): void
  /** Set by `see` where the place of this cell may have to be named at the end: places are numbered from 0 in that order. */
  wanted?: boolean
  /** Of a check that is sampled: true where the sample has settled what to look for, so that every cell has to be shown from then on. */
  isSettled?(): boolean
  /** Verdicts about the column; `kept` names a cell by the number of its place, null means the column as a whole. `filled` counts filled cells of the sample, `whole` all. */
  finish(filled: number, whole: number): readonly ColumnVerdict[]
}

export interface ColumnVerdict {
  readonly facts: readonly Fact[]
  readonly kept: number | null
  /** The cell's text, where the verdict is about one. */
  readonly excerpt?: string
}

export interface ColumnCheck extends Check {
  readonly scope: 'column'
  /** Shapes it wants to see, or-ed. */
  readonly shapes: number
  /** Traits of which a cell must have one, or-ed; left out, cells without any are shown as well, because they are counted. */
  readonly needs?: number
  /** Judges the column by what is usual in it: in long tables a sample of the records is enough. */
  readonly sampled: boolean
  /** Looked at in every column; otherwise only where a rule asks. */
  readonly always: boolean
  /** Null where it has nothing to say about such a column, a sentence where the parameters can not be honoured. */
  watch(column: WatchedColumn): ColumnWatch | string | null
}
