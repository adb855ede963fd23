/** Text of an input file → typed rows. A cell that can not be read is named, and then nothing may be computed from the file: the row could be the bad news. */
import { counted } from '../../counted.ts'
import type { Column, Columns, RowOf } from './column.ts'
import { recordsIn } from './csv-records.ts'
import type { InputFile, InputProblem, InputTable } from './input-file.ts'
import { type Habits, habitsOf, placedColumns, Readings, readCell } from './local-words.ts'

/** Problems named one by one; all of them are counted. */
const mostProblems = 200

export function readInput<C extends Columns>(file: InputFile<C>, content: string): InputTable<C> {
  const { head, records, trouble } = recordsIn(content)
  const names = head.map(columnName)
  const columns = placedColumns(file.columns, names)
  let known: Habits | null = null
  const habits = (): Habits => {
    known ??= habitsOf(columns, records)
    return known
  }
  const readings = new Readings()
  const missing = columns.filter(({ column, at }) => column.required && at < 0).map(({ name }) => name)
  const unknown = head.filter((_, index) => !(names[index] !== undefined && Object.hasOwn(file.columns, names[index] ?? '')))
  const problems: InputProblem[] = missing.map((name) => ({
    line: 1,
    column: name,
    sentence: `The column “${name}” is missing.`,
  }))
  let unread = 0
  const say = (problem: InputProblem): void => {
    unread++
    if (problems.length < mostProblems) problems.push(problem)
  }
  if (trouble !== null) problems.push({ line: 0, column: null, sentence: trouble })
  const rows: RowOf<C>[] = []
  const seen = new Seen(file, names)
  if (missing.length === 0 && trouble === null)
    for (const { line, cells } of records) {
      if (seen.wordForWord(cells)) continue
      const row: Record<string, unknown> = { line }
      let usable = true
      for (const { name, column, at } of columns) {
        const cell = at < 0 ? '' : (cells[at] ?? '').trim()
        const { value, as, why } = cell === '' ? nothing : readCell(column, cell, habits)
        if (as !== null) readings.note(name, as)
        if (value === undefined)
          say({
            line,
            column: name,
            sentence: `Line ${line}: “${name}” can not be read; ${why ?? takesWords(column)}.`,
          })
        if (column.required && (value === null || value === undefined)) {
          usable = false
          if (value === null) say({ line, column: name, sentence: `Line ${line}: “${name}” is empty.` })
        }
        row[name] = value ?? null
      }
      if (!usable) continue
      const before = seen.lineOf(cells, line)
      if (before !== null && problems.length < mostProblems)
        problems.push({ line, column: file.key?.[0] ?? null, sentence: `Line ${line} names the same record as line ${before}.` })
      rows.push(row as RowOf<C>)
    }
  const refused = trouble ?? unreadWords(problems.slice(missing.length), unread) ?? seen.words()
  if (unread > mostProblems)
    problems.push({ line: 0, column: null, sentence: `${counted(unread - mostProblems, 'more cell')} can not be read.` })
  if (seen.passedOver > 0)
    problems.push({
      line: 0,
      column: null,
      sentence: `${counted(seen.passedOver, 'record')} repeated word for word, read once.`,
    })
  const readAs = readings.sentences(habits)
  return { rows, missing, problems, unknown, refused, newest: newestOf(rows, file.happened ?? []), readAs }
}

const nothing = { value: null, as: null, why: null } as const

function newestOf(rows: readonly { readonly [name: string]: unknown }[], happened: readonly string[]): string | null {
  let newest: string | null = null
  for (const row of rows)
    for (const name of happened) {
      const day = dayOf(row[name])
      if (day !== null && (newest === null || day > newest)) newest = day
    }
  return newest
}

function dayOf(cell: unknown): string | null {
  if (typeof cell === 'string') return cell.slice(0, 10)
  return typeof cell === 'object' && cell !== null && 'text' in cell && typeof cell.text === 'string'
    ? cell.text.slice(0, 10)
    : null
}

/** Which records were seen: by the columns that name them, or word for word. */
class Seen {
  private readonly lines = new Map<string, number>()
  private readonly texts = new Set<string>()
  private readonly places: number[]
  private readonly once: boolean
  private first: string | null = null
  private repeated = 0
  passedOver = 0

  constructor(file: InputFile, names: readonly string[]) {
    this.once = file.once ?? false
    this.places = (file.key ?? []).map((name) => names.indexOf(name))
  }

  wordForWord(cells: readonly string[]): boolean {
    if (!this.once) return false
    const text = cells.join('\0')
    if (this.texts.has(text)) {
      this.passedOver++
      return true
    }
    this.texts.add(text)
    return false
  }

  /** The line on which the same record stood first; null where it is new. */
  lineOf(cells: readonly string[], line: number): number | null {
    if (this.places.length === 0) return null
    const key = this.places.map((at) => (cells[at] ?? '').trim()).join('\0')
    const before = this.lines.get(key)
    if (before === undefined) {
      this.lines.set(key, line)
      return null
    }
    this.repeated++
    this.first ??= `line ${line} names the same as line ${before}`
    return before
  }

  words(): string | null {
    return this.first === null ? null : `${counted(this.repeated, 'record')} named twice: ${this.first}`
  }
}

/** Places named in the sentence that stops a criterion; the page of the file lists more. */
const mostPlaces = 5

/** "3 cells can not be read: line 2 “opened_at”, …" – null where all can. */
function unreadWords(problems: readonly InputProblem[], unread: number): string | null {
  if (unread === 0) return null
  const places = problems.slice(0, mostPlaces).map(({ line, column }) => `line ${line} “${column}”`)
  const more = unread > places.length ? ` and ${unread - places.length} more` : ''
  return `${counted(unread, 'cell')} can not be read: ${places.join(', ')}${more}`
}

/** `Person ID` → `person_id`: how people write the names of columns. */
export function columnName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

/** What a column takes, in words. */
export function takesWords(column: Column<unknown>): string {
  return `it takes ${wanted(column)}`
}

function wanted({ type, choices }: Column<unknown>): string {
  if (choices) return `one of ${choices.join(', ')}`
  if (type === 'moment') return 'a time with its offset as 2026-11-02T08:00:00+01:00'
  if (type === 'day') return 'a day as 2026-11-02'
  if (type === 'number') return 'a number from 0 up'
  return type === 'flag' ? 'yes or no' : 'text'
}
