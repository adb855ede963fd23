/** A block of records under the checks of a table, column by column: most pass all of them, and only the others are looked at alone. */
import {
  alwaysPasses,
  type BytesTest,
  Cell,
  type CellColumn,
  type CellJudge,
  eachCell,
  separators,
} from '../checks/contract/check.ts'
import type { AheadAsk } from '../read/records/ahead-slots.ts'
import type { ColumnQuestion, Kernels } from '../read/records/column-kernels.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import type { Blanks } from '../read/text/blanks.ts'
import type { CellTexts } from '../read/text/cell-text.ts'
import { HIGH } from '../read/text/record-view.ts'

/** What is known of a column before its cells are seen, and what is counted of it. */
export interface JudgedColumn {
  readonly required: boolean
  /** Empty cells and, with them, cells of nothing but white space. */
  readonly emptyIsNull: boolean
  readonly blanks: Blanks
  /** Spellings of null other than the empty cell. */
  readonly nulls: readonly Uint8Array[]
  /** By byte: 1 where a filled cell that starts with it may be null. */
  readonly nullStarts: Uint8Array
  /** Tests on bytes: a cell that passes all is good. */
  readonly tests: readonly BytesTest[]
  /** Judges that want to see every cell beyond ASCII. */
  readonly watchesHigh: boolean
  /** Judges of cells beyond ASCII that can pass the bytes of a whole record. */
  readonly highTests: readonly NonNullable<CellJudge['mayFail']>[]
  /** Judges that are shown good cells of a shape only to count them. */
  readonly counters: readonly CellJudge[]
  empty: number
}

export class BlockJudge {
  private readonly cells = { at: 0 } as { -readonly [name in keyof CellColumn]: CellColumn[name] }
  private readonly cell: Cell
  private readonly columns: readonly JudgedColumn[]
  /** What is asked of each column, and of the bytes beyond ASCII of a record: judges are bound one by one, so it is put together with the first run. */
  private plan: BlockPlan | null = null
  /** By column: empty and null cells of the run that was counted last. */
  readonly silent: Int32Array
  private readonly marked = new Int32Array(mostRecords)

  constructor(columns: readonly JudgedColumn[], texts: CellTexts) {
    this.columns = columns
    this.cell = new Cell(texts)
    this.silent = new Int32Array(columns.length)
  }

  /** What will be asked of each column, in any order. */
  get asks(): AheadAsk[] {
    return this.columns.flatMap((column, index): AheadAsk[] => [
      ...questionsOf(column).map((question) => ({ column: index, kind: 'question' as const, question })),
      ...(column.nulls.length === 0 && (column.required || !column.emptyIsNull)
        ? [{ column: index, kind: 'blanks' as const, firstBytes: column.nullStarts, withEmpty: true }]
        : []),
      { column: index, kind: 'blanks', firstBytes: column.nullStarts, withEmpty: false },
      ...(countsOrder(column) ? [{ column: index, kind: 'ordered' as const }] : []),
    ])
  }

  /** Sets `marks` to 1 for each record of the run that has to be looked at alone, to 0 for the others. */
  mark(block: RecordBlock, marks: Uint8Array): void {
    const { first, last, width } = block
    const { cells, columns } = this
    const { kernels } = block
    this.plan ??= planOf(columns)
    const { tests } = this.plan
    marks.fill(0, 0, last - first)
    this.markHigh(block, marks, this.plan)
    cells.bytes = block.bytes
    cells.starts = block.starts
    cells.ends = block.ends
    cells.flags = block.flags
    cells.step = width
    cells.count = last - first
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as JudgedColumn
      cells.at = first * width + index
      if (column.nulls.length > 0) markValues(column, cells, marks)
      else {
        for (const test of tests[index] as readonly BytesTest[])
          if (kernels && test.question) markListed(test, cells, kernels.found, kernels.ask(test.question, cells), marks)
          else (test.all ?? eachCell(test))(cells, marks)
        if (!column.required && column.emptyIsNull) continue
        if (kernels) markRows(kernels.found, kernels.blanks(column.nullStarts, true, cells), marks)
        else markEmpty(column, cells, marks)
      }
    }
  }

  /** Marks the records beyond ASCII that a judge may have something to say about. */
  private markHigh(block: RecordBlock, marks: Uint8Array, { watches, highTests, highTraits }: BlockPlan): void {
    const { first, last, seen, bytes, from, to, traits } = block
    if (!watches && (highTraits & traits) === 0) return
    const tests = highTests.filter((mayFail) => (mayFail.traits & traits) !== 0)
    for (let record = first; record < last; record++)
      if (
        ((seen[record] as number) & HIGH) !== 0 &&
        (watches || tests.some((mayFail) => mayFail.in(bytes, from[record] as number, to[record] as number)))
      )
        marks[record - first] = 1
  }

  /** Counts the cells of the records that were not marked, and the silent ones of all; gives how many were not marked. */
  count(block: RecordBlock, marks: Uint8Array): number {
    const { first, last, width } = block
    const { cells, columns, silent, marked } = this
    const { kernels } = block
    let alone = 0
    for (let row = 0; row < last - first; row++) if (marks[row] !== 0) marked[alone++] = row
    cells.bytes = block.bytes
    cells.starts = block.starts
    cells.ends = block.ends
    cells.flags = block.flags
    cells.step = width
    cells.count = last - first
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as JudgedColumn
      cells.at = first * width + index
      silent[index] =
        kernels === null ? countSilent(column, cells, marks) : askSilent(column, cells, kernels, marks, marked, alone)
      if (countsOrder(column)) this.countOrder(column, cells, kernels, marks)
    }
    return last - first - alone
  }

  /** Shows the counters what may be a date of numbers: a digit, and a separator in second or third place. */
  private countOrder(column: JudgedColumn, cells: CellColumn, kernels: Kernels | null, marks: Uint8Array): void {
    const { cell } = this
    const { bytes, starts, ends, flags, at, step } = cells
    const many = kernels === null ? cells.count : kernels.ordered(cells)
    for (let k = 0; k < many; k++) {
      const row = kernels === null ? k : (kernels.found[k] as number)
      const i = at + row * step
      const start = starts[i] as number
      // Shorter cells are no dates; the guard also keeps the look ahead inside the bytes.
      if ((ends[i] as number) - start < 8 || ((bytes[start] as number) - 48) >>> 0 > 9) continue
      if (((separators[bytes[start + 1] as number] as number) | (separators[bytes[start + 2] as number] as number)) === 0)
        continue
      if (marks[row] !== 0 || isNullIn(column, bytes, start, ends[i] as number)) continue
      cell.set(bytes, start, ends[i] as number, flags[i] as number)
      for (const counter of column.counters) counter.see(cell)
    }
  }
}

interface BlockPlan {
  /** By column: the tests that pass nothing but what others pass, and those that pass all, left out. */
  readonly tests: readonly (readonly BytesTest[])[]
  /** A judge wants to see every cell beyond ASCII. */
  readonly watches: boolean
  readonly highTests: readonly NonNullable<CellJudge['mayFail']>[]
  /** Traits of blocks that some of them looks at. */
  readonly highTraits: number
}

function planOf(columns: readonly JudgedColumn[]): BlockPlan {
  const highTests = [...new Set(columns.flatMap((column) => column.highTests))]
  return {
    tests: columns.map(({ tests }) => asked(tests)),
    watches: columns.some(({ watchesHigh }) => watchesHigh),
    highTests,
    highTraits: highTests.reduce((all, { traits }) => all | traits, 0),
  }
}

function asked(tests: readonly BytesTest[]): readonly BytesTest[] {
  return tests.filter((test) => test !== alwaysPasses && !isCovered(test, tests))
}

/** Cells of the column are counted that may be dates of numbers. */
function countsOrder({ counters, tests }: JudgedColumn): boolean {
  return counters.length > 0 && !tests.some(({ excludesOrder }) => excludesOrder === true)
}

/** What the kernel is asked for the tests of a column. */
function questionsOf({ nulls, tests }: JudgedColumn): ColumnQuestion[] {
  if (nulls.length > 0) return []
  return asked(tests).flatMap(({ question }) => question ?? [])
}

/** Marks the rows that were listed and whose cells do not pass the test. */
function markListed(
  test: BytesTest,
  { bytes, starts, ends, flags, at, step }: CellColumn,
  listed: Int32Array,
  many: number,
  marks: Uint8Array,
): void {
  for (let k = 0; k < many; k++) {
    const row = listed[k] as number
    const cell = at + row * step
    if (!test(bytes, starts[cell] as number, ends[cell] as number, flags[cell] as number)) marks[row] = 1
  }
}

function markRows(listed: Int32Array, many: number, marks: Uint8Array): void {
  for (let k = 0; k < many; k++) marks[listed[k] as number] = 1
}

/** As `countSilent`, by the kernel; `marked` lists the marked rows. */
function askSilent(
  column: JudgedColumn,
  cells: CellColumn,
  kernels: Kernels,
  marks: Uint8Array,
  marked: Int32Array,
  alone: number,
): number {
  const { bytes, starts, ends, at, step } = cells
  const many = kernels.blanks(column.nullStarts, false, cells)
  let silent = kernels.empty
  let empty = column.emptyIsNull ? silent : 0
  if (column.emptyIsNull)
    for (let k = 0; k < alone; k++) {
      const cell = at + (marked[k] as number) * step
      if (starts[cell] === ends[cell]) empty--
    }
  for (let k = 0; k < many; k++) {
    const row = kernels.found[k] as number
    const cell = at + row * step
    if (!isNullIn(column, bytes, starts[cell] as number, ends[cell] as number)) continue
    silent++
    if (marks[row] === 0) empty++
  }
  column.empty += empty
  return silent
}

/** Cells of a column that say nothing; those of records that were not marked are added to its empty ones. */
function countSilent(column: JudgedColumn, { bytes, starts, ends, at, step, count }: CellColumn, marks: Uint8Array): number {
  const { nullStarts, emptyIsNull } = column
  let silent = 0
  let empty = 0
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    if (start === end) {
      silent++
      if (emptyIsNull && marks[row] === 0) empty++
    } else if (nullStarts[bytes[start] as number] !== 0 && isNullIn(column, bytes, start, end)) {
      silent++
      if (marks[row] === 0) empty++
    }
  }
  column.empty += empty
  return silent
}

/** True where another test of the column passes nothing but what this one passes. */
function isCovered({ form }: BytesTest, tests: readonly BytesTest[]): boolean {
  return form !== undefined && tests.some(({ covers }) => covers === form)
}

/** Marks empty cells, and those whose first byte says that they may be blank. */
function markEmpty({ nullStarts }: JudgedColumn, { bytes, starts, ends, at, step, count }: CellColumn, marks: Uint8Array): void {
  for (let cell = at, row = 0; row < count; row++, cell += step)
    if (starts[cell] === ends[cell] || nullStarts[bytes[starts[cell] as number] as number] !== 0) marks[row] = 1
}

/** The loop of a column in which a filled cell may be null. */
function markValues(column: JudgedColumn, { bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void {
  const { tests, required } = column
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    if (isNullIn(column, bytes, start, end)) {
      if (required) marks[row] = 1
      continue
    }
    let passed = 0
    while (passed < tests.length && (tests[passed] as BytesTest)(bytes, start, end, flags[cell] as number)) passed++
    if (passed < tests.length) marks[row] = 1
  }
}

/** True where the cell says "nothing recorded". */
export function isNullIn(
  { emptyIsNull, blanks, nulls, nullStarts }: Pick<JudgedColumn, 'emptyIsNull' | 'blanks' | 'nulls' | 'nullStarts'>,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (start === end) return emptyIsNull
  if (nullStarts[bytes[start] as number] === 0) return false
  if (emptyIsNull && blanks.has(bytes, start, end)) return true
  for (const spelling of nulls) if (spelling.length === end - start && sameBytes(bytes, start, spelling)) return true
  return false
}

/** First bytes of filled cells that may be null. */
export function nullStartsOf({ emptyIsNull, blanks, nulls }: Pick<JudgedColumn, 'emptyIsNull' | 'blanks' | 'nulls'>): Uint8Array {
  const starts = emptyIsNull ? blanks.starts.slice() : new Uint8Array(256)
  for (const [first] of nulls) if (first !== undefined) starts[first] = 1
  return starts
}

function sameBytes(bytes: Uint8Array, start: number, other: Uint8Array): boolean {
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false
  return true
}
