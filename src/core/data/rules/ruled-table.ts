/** A table as its rules see it: columns, schema, and which of its cells are null. */
import type { CompiledSchema } from '../model/constraint.ts'
import type { CellTexts } from '../read/text/cell-text.ts'
import type { RecordView } from '../read/text/record-view.ts'

/** What rules must know of a table. */
export interface RuledTable {
  readonly input: number
  readonly table: string
  readonly side: string | null
  readonly header: readonly string[]
  readonly schema: CompiledSchema
  /** The schema was read off the data by the run itself. */
  readonly isGuess: boolean
  readonly texts: CellTexts
  isNull(view: RecordView, column: number): boolean
  /** The same of a cell by its bytes. */
  isNullCell(bytes: Uint8Array, start: number, end: number, column: number): boolean
  /** By byte: 1 where a filled cell of the column that starts with it may be null. */
  nullStarts(column: number): Uint8Array
  /** Empty and null cells of the column in the run of records that was judged last. */
  silentCells(column: number): number
  /** True where no cell that passes the checks of its column can be damaged by itself (`checks/suspect.ts`). */
  excludesSuspects(column: number): boolean
}
