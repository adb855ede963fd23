/** A check over tables: its words, the form of its examples, and for checks of cells a `bind` that gives the judge of one column. */
import type { Evidence } from '../../../finding.ts'
import type { Wording } from '../../../rule.ts'
import type { JsonObject } from '../../model/record.ts'
import type { ColumnQuestion } from '../../read/records/column-kernels.ts'
import type { CellTexts } from '../../read/text/cell-text.ts'

export interface Check extends Wording {
  /** What it looks at: the bytes of the file while reading, one cell, one column, one record, or keys within and between tables. */
  readonly scope: 'reading' | 'cell' | 'column' | 'record' | 'keys'
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

  get isUtf8(): boolean {
    return this.texts.isUtf8
  }

  get text(): string {
    this.made ??= this.texts.text(this.bytes, this.start, this.end, this.flags)
    return this.made
  }
}

/** The cells of one column in a block of records: cell `i` of `count` stands at `at + i * step`. One object is filled anew for each column. */
export interface CellColumn {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly flags: Uint8Array
  readonly at: number
  readonly step: number
  readonly count: number
}

/** Marks each filled cell that is not known to be good: `marks[i]` becomes 1 for cell `i`. Empty cells are passed over. */
export type ColumnTest = (cells: CellColumn, marks: Uint8Array) => void

/** A test of a cell in place; `flags` as in the record view. */
export interface BytesTest {
  (bytes: Uint8Array, start: number, end: number, flags: number): boolean
  /** The same for many cells in one loop, which is several times as fast; it may mark a cell that the test passes, never the reverse. */
  readonly all?: ColumnTest
  /** The same for the SIMD kernel; what it lists is shown to the test. */
  readonly question?: ColumnQuestion | undefined
  /** True where no cell that passes can be a date such as 3/4/1990: nothing is to be counted of the order of its parts. */
  readonly excludesOrder?: boolean
  /** True where no cell that passes can be damaged by itself (`suspect.ts`). */
  readonly excludesSuspects?: boolean
  /** Name of a form, where passing means to be of that form; a test that `covers` it passes nothing else. */
  readonly form?: string
  readonly covers?: string
}

/** The loop of a test that has none of its own. */
export function eachCell(test: BytesTest): ColumnTest {
  return ({ bytes, starts, ends, flags, at, step, count }, marks) => {
    for (let i = 0, cell = at; i < count; i++, cell += step) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (start !== end && !test(bytes, start, end, flags[cell] as number)) marks[i] = 1
    }
  }
}

/** For checks that every cell passes. */
export const alwaysPasses: BytesTest = Object.assign(() => true, { all: () => undefined })

/** Trait of a cell, beside the flags of the record view: a slash, dot or hyphen stands second or third. */
export const SEPARATED = 64

/** By byte: whether it separates the parts of a date such as 3/4/1990. */
export const separators = new Uint8Array(256)
for (const mark of '/.-') separators[mark.charCodeAt(0)] = SEPARATED

/** Judges the cells of one column: `see` answers with evidence where a cell fails, `finish` where the column as a whole does. */
export interface CellJudge {
  see(cell: Cell): Evidence | null
  /** True where the cell is known to be good without `see`; false says nothing. Must not keep anything: it may be asked twice. */
  passes?: BytesTest
  /** Flags and traits: cells that have none of them are good and not shown at all. */
  readonly only?: number
  /** With `only`: what settles many cells of UTF-8 at once. */
  readonly mayFail?: {
    /** A block of records without these traits (`read/high-bytes.ts`) holds no cell that fails. */
    readonly traits: number
    /** False where no cell inside these bytes can fail. */
    in(bytes: Uint8Array, start: number, end: number): boolean
  }
  /** True where `see` only counts what it is shown and never answers with evidence, so that the order of records does not matter. */
  readonly isCounter?: boolean
  /** Why every cell of the column has to be made a text; named in the result, because it costs time. */
  readonly onText?: string
  finish?(): Evidence | null
  /** What `see` counted for `finish`, and the way to add what another reader of the same column counted: order does not matter. */
  readonly counted?: { get(): readonly number[]; add(counts: readonly number[]): void }
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
