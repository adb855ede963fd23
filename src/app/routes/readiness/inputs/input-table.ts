/** An input file as a table to be filled by hand: from its text, back to CSV without losing a cell, and what is wrong in it cell by cell. */
import type { Column } from '../../../../core/readiness/input-files/column.ts'
import { recordsIn } from '../../../../core/readiness/input-files/csv-records.ts'
import type { InputFile } from '../../../../core/readiness/input-files/input-file.ts'
import { type Habits, habitsOf, noHabits, readCell } from '../../../../core/readiness/input-files/local-words.ts'
import { columnName, takesWords } from '../../../../core/readiness/input-files/read-input.ts'
import { csvText } from '../../../../core/readiness/input-files/write-input.ts'

export interface EditRow {
  /** Names the row for as long as it is edited, wherever it stands. */
  readonly id: number
  /** As many as the head has. */
  readonly cells: readonly string[]
}

export interface EditTable {
  readonly head: readonly string[]
  /** How many columns of the head the file had; those behind are written once something stands in them. */
  readonly given: number
  readonly rows: readonly EditRow[]
  /** Id of the next new row. */
  readonly next: number
}

/** A column as it is shown: those of the file's schema in their order, then the clinic's own. */
export interface EditColumn {
  /** Place in the head. */
  readonly at: number
  readonly name: string
  /** Null for a column of the clinic's own, which holds any text. */
  readonly column: Column<unknown> | null
}

/** The sentence says why the text is no table. */
export function tableOf(file: InputFile, text: string): EditTable | string {
  const { head, records, trouble } = recordsIn(text)
  return (
    trouble ??
    tableFrom(
      file,
      head,
      records.map(({ cells }) => cells),
    )
  )
}

/** Of a file that is not there yet. */
export function emptyTable(file: InputFile): EditTable {
  return tableFrom(file, [], [])
}

function tableFrom(file: InputFile, given: readonly string[], records: readonly (readonly string[])[]): EditTable {
  const known = new Set(given.map(columnName))
  const head = [...given, ...Object.keys(file.columns).filter((name) => !known.has(name))]
  const rows = records.map((cells, id) => ({ id, cells: head.map((_, at) => cells[at] ?? '') }))
  return withRow({ head, given: given.length, rows, next: rows.length })
}

/** A table always offers a row to write into. */
export function withRow(table: EditTable): EditTable {
  if (table.rows.length > 0) return table
  return { ...table, rows: [{ id: table.next, cells: table.head.map(() => '') }], next: table.next + 1 }
}

/** CSV of the rows that hold something; every column the file had is there, in its place. */
export function textOf(file: InputFile, { head, given, rows }: EditTable): string {
  const filled = rows.filter((row) => !isBlank(row))
  const places = head.flatMap((name, at) =>
    at < given || file.columns[name]?.required || filled.some(({ cells }) => cells[at] !== '') ? [at] : [],
  )
  return csvText([places.map((at) => head[at] ?? ''), ...filled.map(({ cells }) => places.map((at) => cells[at] ?? ''))])
}

/** Where a name stands twice, the first is the file's: the reader takes no other. */
export function columnsOf(file: InputFile, head: readonly string[]): readonly EditColumn[] {
  const names = head.map(columnName)
  const known = Object.entries(file.columns).map(([name, column]) => ({ at: names.indexOf(name), name, column }))
  const taken = new Set(known.map(({ at }) => at))
  return [...known, ...head.flatMap((name, at) => (taken.has(at) ? [] : [{ at, name, column: null }]))]
}

export function isBlank({ cells }: EditRow): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** What is wrong with a cell, in words that go on behind its name; null where nothing is. */
export function cellProblem(column: Column<unknown> | null, text: string, habits = noHabits): string | null {
  const cell = text.trim()
  if (column === null) return null
  if (cell === '') return column.required ? 'is empty, and is needed' : null
  const { value, why } = readCell(column, cell, () => habits)
  return value === undefined ? `can not be read; ${why ?? takesWords(column)}` : null
}

/** Problems of one row by the place of their cell. */
export type RowProblems = ReadonlyMap<number, string>

const none: RowProblems = new Map()

/** Rows never change, so each is judged once; records that name the same, and what marks and days mean here, are sought anew. */
export function tableJudge(
  file: InputFile,
  columns: readonly EditColumn[],
): (rows: readonly EditRow[]) => ReadonlyMap<number, RowProblems> {
  let judged = new WeakMap<EditRow, RowProblems>()
  let habits: Habits = noHabits
  const known = columns.flatMap(({ at, name, column }) => (column === null ? [] : [{ at, name, column }]))
  const key = (file.key ?? []).flatMap((name) => columns.filter((column) => column.name === name).map(({ at }) => at))
  const judge = (row: EditRow): RowProblems => {
    const before = judged.get(row)
    if (before) return before
    const found = columns.flatMap(({ at, column }) => {
      const problem = cellProblem(column, row.cells[at] ?? '', habits)
      return problem === null ? [] : [[at, problem] as const]
    })
    const problems = found.length === 0 || isBlank(row) ? none : new Map(found)
    judged.set(row, problems)
    return problems
  }
  return (rows) => {
    const now = habitsOf(
      known,
      rows.map(({ id, cells }) => ({ line: id, cells })),
    )
    // What one cell says of marks and days decides about others.
    if (now.decimal?.is !== habits.decimal?.is || now.order?.is !== habits.order?.is) judged = new WeakMap()
    habits = now
    const all = new Map<number, RowProblems>()
    const seen = new Map<string, number>()
    for (const [index, row] of rows.entries()) {
      const problems = judge(row)
      if (problems.size > 0) all.set(row.id, problems)
      const [first] = key
      if (first === undefined || problems.size > 0 || isBlank(row)) continue
      const named = key.map((at) => row.cells[at]?.trim() ?? '').join('\0')
      const before = seen.get(named)
      if (before === undefined) seen.set(named, index + 1)
      else all.set(row.id, new Map([[first, `names the same record as row ${before}`]]))
    }
    return all
  }
}
