/** One kind of input file: what it is called, what its columns are, and an example of two rows. */
import type { Columns, RowOf } from './column.ts'

export interface InputFile<C extends Columns = Columns> {
  readonly kind: string
  readonly title: string
  /** Where a clinic finds it. */
  readonly found: string
  readonly columns: C
  /** Columns that say when something happened: none of them can lie after the day of the board. */
  readonly happened?: readonly string[]
  /** Columns that name a record: two records with the same cells in them contradict each other, or are counted twice, and nothing is computed. */
  readonly key?: readonly string[]
  /** True where a record that stands twice word for word, as overlapping exports give it, is read once. */
  readonly once?: boolean
  /** True for a file that goes on with time: it is as old as the newest thing that happened in it, whenever it was added. */
  readonly log?: boolean
  /** A small file that can be read, head included. */
  readonly example: string
}

/** Rows of one file; `missing` names required columns that are not there, and then nothing may be computed from it. The same holds where it is `refused`. */
export interface InputTable<C extends Columns = Columns> {
  readonly rows: readonly RowOf<C>[]
  readonly missing: readonly string[]
  readonly problems: readonly InputProblem[]
  /** Columns that no criterion reads; they are kept in the file. */
  readonly unknown: readonly string[]
  /** Why nothing may be computed from it although all columns are there, in words with the lines; null where every cell was read. */
  readonly refused: string | null
  /** The latest day, YYYY-MM-DD as written, on which something happened in it; null where no column says so. */
  readonly newest: string | null
  /** How cells were read that are not written in the plain form, in sentences: words of another language, other marks and orders. */
  readonly readAs: readonly string[]
}

export interface InputProblem {
  /** Line in the file, from 1. */
  readonly line: number
  readonly column: string | null
  readonly sentence: string
}

export function inputFile<const C extends Columns>(file: InputFile<C>): InputFile<C> {
  return file
}
