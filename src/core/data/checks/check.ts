/** A check over tables: its words, its examples as CSV text, and for checks of cells a `bind` that gives the judge of one column. */
import type { Evidence } from '../../finding.ts'
import type { Example, Wording } from '../../rule.ts'
import type { CellTexts } from '../read/cell-text.ts'
import type { JsonObject } from '../record.ts'
import type { ReadingChoices } from '../source.ts'

/** A small table in words a person can read, with the schema it should follow. */
export interface TableExample {
  readonly csv: string | Uint8Array
  readonly schema?: JsonObject
  readonly reading?: ReadingChoices
  /** File name; `table.csv` when left out. */
  readonly name?: string
  /** Other tables of the same run, by name. */
  readonly others?: Readonly<Record<string, { readonly csv: string; readonly schema?: JsonObject }>>
}

export interface Check extends Wording {
  /** What it looks at: the bytes of the file while reading, one cell, one column, one record, or keys within and between tables. */
  readonly scope: 'reading' | 'cell' | 'column' | 'record' | 'keys'
  readonly examples: { readonly flags: readonly Example<TableExample>[]; readonly passes: readonly Example<TableExample>[] }
}

/** One filled cell. The same object is shown for every cell; `text` is made only when somebody asks. */
export class Cell {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  flags = 0
  private made: string | null = null
  private readonly texts: CellTexts

  constructor(texts: CellTexts) {
    this.texts = texts
  }

  set(bytes: Uint8Array, start: number, end: number, flags: number): void {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.flags = flags
    this.made = null
  }

  get text(): string {
    this.made ??= this.texts.text(this.bytes, this.start, this.end, this.flags)
    return this.made
  }
}

/** Judges the cells of one column: `see` answers with evidence where a cell fails, `finish` where the column as a whole does. */
export interface CellJudge {
  see(cell: Cell): Evidence | null
  finish?(): Evidence | null
}

export interface CellCheck extends Check {
  /** True where a failing cell needs no further judgement: a text that is no date can not be out of range. */
  readonly decides: boolean
  /** The judge of one column, or the reason why these parameters can not be honoured. */
  bind(params: JsonObject): CellJudge | string
}

/** Evidence of one cell: the facts, and the value as a sensitive excerpt. */
export function cellEvidence(cell: Cell, facts: Evidence['facts'] = []): Evidence {
  return { facts, excerpt: cell.text.slice(0, 200) }
}
