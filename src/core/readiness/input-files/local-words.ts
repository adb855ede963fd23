/**
 * Cells as programs of other countries write them: yes and no, decimal marks, dates. What can be read in two ways is settled by the rest of the
 * file, with a sentence, or not read at all.
 */
import { counted } from '../../counted.ts'
import type { Column, Columns } from './column.ts'
import type { InputRecord } from './csv-records.ts'

/** Words of English, German, French, Spanish, Italian, Dutch, Swedish, Danish, Norwegian, Portuguese; no word is a yes in one and a no in another. */
const yesWords = new Set('ja j wahr oui o vrai v si s verdadero vero v waar w sant sim verdadeiro'.split(' '))
const noWords = new Set('nein falsch non faux f falso nee onwaar nej falskt nei nao'.split(' '))

/** Full names and abbreviations in the same languages, without accents; no name is of two months. */
const monthWords = new Map(
  [
    'january jan januar janvier janv enero ene gennaio gen januari janeiro',
    'february feb februar fevrier fev fevr febrero febbraio februari fevereiro',
    'march mar marz mrz maerz mars marzo maart mrt marts marco',
    'april apr avril avr abril abr aprile',
    'may mai mayo maggio mag mei maj maio',
    'june jun juni juin junio giugno giu junho',
    'july jul juli juillet juil julio luglio lug julho',
    'august aug aout aou agosto ago augustus augusti',
    'september sep sept septembre septiembre settembre set setembro',
    'october oct oktober okt octobre octubre ottobre ott outubro',
    'november nov novembre noviembre novembro',
    'december dec dezember dez decembre diciembre dic dicembre dezembro',
  ].flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
)

/** What the cells that can be read in one way alone say of the program that wrote the file. */
export interface Habits {
  readonly decimal: Found<',' | '.'> | null
  readonly order: Found<'day' | 'month'> | null
}

/** Null where no cell says it, or cells say both. */
interface Found<T> {
  readonly is: T
  readonly line: number
  readonly column: string
}

/** The form that a column reads, with how it was read where that is worth a sentence; or why it is none. */
type Plain =
  | { readonly ok: true; readonly text: string; readonly as: ReadAs }
  /** Null where the column says enough by itself. */
  | { readonly ok: false; readonly why: string | null }

type ReadAs =
  | { readonly kind: 'word'; readonly word: string; readonly is: 'yes' | 'no' }
  | { readonly kind: 'points' | 'month-name' | 'year-first' | 'grouped' | 'day-first' | 'month-first' }
  | { readonly kind: 'settled'; readonly what: 'thousands' | 'decimals' | 'day-first' | 'month-first' }

const refused: Plain = { ok: false, why: null }

/** A cell that its column does not read as it stands. */
function plainCell({ type }: Column<unknown>, cell: string, habits: () => Habits): Plain {
  if (type === 'flag') return plainFlag(cell)
  if (type === 'number') return plainNumber(cell, habits)
  return type === 'day' || type === 'moment' ? plainTime(cell, habits) : refused
}

function bare(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function plainFlag(cell: string): Plain {
  const word = bare(cell)
  const is = yesWords.has(word) ? 'yes' : noWords.has(word) ? 'no' : null
  return is === null ? refused : { ok: true, text: is, as: { kind: 'word', word: cell.toLowerCase(), is } }
}

const spaces = "[ \\u00a0\\u202f\\u2009'’]"
const spaced = new RegExp(`^\\d{1,3}(?:${spaces}\\d{3})+(?:[.,]\\d+)?$`)
const pointed = /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/
const commaed = /^\d{1,3}(?:,\d{3})+\.\d+$|^\d{1,3}(?:,\d{3}){2,}$/
const twoWays = /^[1-9]\d{0,2}([.,])\d{3}$/

function plainNumber(cell: string, habits: () => Habits): Plain {
  const grouped = (text: string): Plain => ({ ok: true, text, as: { kind: 'grouped' } })
  if (spaced.test(cell)) {
    const whole = cell.replace(new RegExp(spaces, 'g'), '')
    return twoWays.test(whole) ? refused : grouped(whole.replace(',', '.'))
  }
  if (pointed.test(cell)) return grouped(cell.replaceAll('.', '').replace(',', '.'))
  if (commaed.test(cell)) return grouped(cell.replaceAll(',', ''))
  const mark = twoWays.exec(cell)?.[1]
  const { decimal } = mark === undefined ? { decimal: null } : habits()
  if (mark === undefined || decimal === null) return refused
  return decimal.is === mark
    ? // A fourth decimal says the same, and no column takes it for thousands.
      { ok: true, text: `${cell.replace(',', '.')}0`, as: { kind: 'settled', what: 'decimals' } }
    : { ok: true, text: cell.replace(mark, ''), as: { kind: 'settled', what: 'thousands' } }
}

/** The decimal mark that a number shows beyond doubt. */
function markOf(cell: string): ',' | '.' | null {
  if (spaced.test(cell)) {
    const mark = /[.,](?=\d+$)/.exec(cell.slice(-8))?.[0]
    return mark === ',' || mark === '.' ? mark : null
  }
  if (pointed.test(cell)) return ','
  if (commaed.test(cell)) return '.'
  const mark = twoWays.test(cell) ? undefined : /^\d+([.,])\d+$/.exec(cell)?.[1]
  return mark === ',' || mark === '.' ? mark : null
}

const clock = /^(.*?)(?:(?:,?\s+|T)(\d{1,2}):(\d{2}.*))?$/s
const yearFirst = /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})$/
const points = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/
const parted = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/
const shortYear = /^\d{1,2}([./-])\s?\d{1,2}\1\s?\d{2}$/
const dayName = /^(\d{1,2})\.?[\s-]+(?:de\s+)?(\p{L}+)\.?[\s-]+(?:de\s+)?(\d{4})$/u
const nameDay = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u

function plainTime(cell: string, habits: () => Habits): Plain {
  const [, date = '', hour, rest = ''] = clock.exec(cell) ?? []
  const day = plainDay(date, habits)
  if (!day.ok || hour === undefined) return day
  return { ...day, text: `${day.text}T${hour.padStart(2, '0')}:${rest}` }
}

function plainDay(date: string, habits: () => Habits): Plain {
  if (shortYear.test(date)) return { ok: false, why: 'its year has two digits; write it with four' }
  const first = yearFirst.exec(date)
  if (first) return dated(first[1], first[3], first[4], { kind: 'year-first' })
  const pointed = points.exec(date)
  if (pointed) return dated(pointed[3], pointed[2], pointed[1], { kind: 'points' })
  const named = dayName.exec(date)
  if (named) return dated(named[3], monthOf(named[2]), named[1], { kind: 'month-name' })
  const american = nameDay.exec(date)
  if (american) return dated(american[3], monthOf(american[1]), american[2], { kind: 'month-name' })
  const found = parted.exec(date)
  if (!found) return refused
  const [, a = '', , b = '', year] = found
  const order = orderOf(date)
  if (order !== null) return ordered(year, a, b, order, { kind: `${order}-first` })
  if (Number(a) > 12 || Number(b) > 12) return refused
  if (Number(a) === Number(b)) return dated(year, b, a, { kind: 'day-first' })
  const { order: usual } = habits()
  if (usual !== null) return ordered(year, a, b, usual.is, { kind: 'settled', what: `${usual.is}-first` })
  return {
    ok: false,
    why: 'its day and month can be exchanged, and no day of the file says which comes first; write it as 2026-11-02',
  }
}

/** Which of the two comes first, where one of them can be no month. */
function orderOf(date: string): 'day' | 'month' | null {
  const [, a, , b] = parted.exec(date) ?? []
  if (a === undefined || b === undefined || Number(a) > 31 || Number(b) > 31) return null
  if (Number(a) > 12) return Number(b) > 12 ? null : 'day'
  return Number(b) > 12 ? 'month' : null
}

function ordered(year: string | undefined, a: string, b: string, order: 'day' | 'month', as: ReadAs): Plain {
  return order === 'day' ? dated(year, b, a, as) : dated(year, a, b, as)
}

function monthOf(name: string | undefined): string | undefined {
  const month = monthWords.get(bare(name ?? ''))
  return month === undefined ? undefined : String(month)
}

/** Whether there is such a day is for the column to say. */
function dated(year: string | undefined, month: string | undefined, day: string | undefined, as: ReadAs): Plain {
  if (year === undefined || month === undefined || day === undefined) return refused
  return { ok: true, text: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, as }
}

/** What the whole file says of decimal marks and of days: one program wrote all of it. */
export function habitsOf(
  columns: readonly { readonly name: string; readonly column: Column<unknown>; readonly at: number }[],
  records: readonly InputRecord[],
): Habits {
  const decimal = new Witness<',' | '.'>()
  const order = new Witness<'day' | 'month'>()
  for (const { line, cells } of records)
    for (const { name, column, at } of columns) {
      const cell = at < 0 ? '' : (cells[at] ?? '').trim()
      if (cell === '') continue
      if (column.type === 'number') decimal.see(markOf(cell), line, name)
      else if (column.type === 'day' || column.type === 'moment') order.see(orderOf(clock.exec(cell)?.[1] ?? ''), line, name)
    }
  return { decimal: decimal.found(), order: order.found() }
}

/** For a single cell that has no file around it. */
export const noHabits: Habits = { decimal: null, order: null }

class Witness<T> {
  private first: Found<T> | null = null
  private both = false

  see(is: T | null, line: number, column: string): void {
    if (is === null) return
    if (this.first === null) this.first = { is, line, column }
    else if (this.first.is !== is) this.both = true
  }

  found(): Found<T> | null {
    return this.both ? null : this.first
  }
}

/** Counts how the cells of each column were read, and says it in sentences. */
export class Readings {
  private readonly counts = new Map<string, Map<string, { readonly as: ReadAs; count: number }>>()

  note(column: string, as: ReadAs): void {
    const own = this.counts.get(column) ?? new Map<string, { readonly as: ReadAs; count: number }>()
    this.counts.set(column, own)
    const key = as.kind === 'word' ? `word ${as.word}` : as.kind === 'settled' ? `settled ${as.what}` : as.kind
    const held = own.get(key)
    if (held) held.count++
    else own.set(key, { as, count: 1 })
  }

  sentences(habits: () => Habits): readonly string[] {
    return [...this.counts].flatMap(([column, own]) => {
      const words = [...own.values()].flatMap(({ as, count }) => (as.kind === 'word' ? [{ ...as, count }] : []))
      const rest = [...own.values()].flatMap(({ as, count }) => (as.kind === 'word' ? [] : [readWords(as, count, habits())]))
      const flags = words.map(({ word, is, count }) => `“${word}” as ${is} (${counted(count, 'cell')})`)
      return [...(flags.length > 0 ? [`read ${flags.join(', ')}`] : []), ...rest].map((said) => `“${column}”: ${said}.`)
    })
  }
}

function readWords(as: Exclude<ReadAs, { readonly kind: 'word' }>, count: number, { decimal, order }: Habits): string {
  const days = counted(count, 'day')
  switch (as.kind) {
    case 'points':
      return `${days} with points read as day, month, year`
    case 'month-name':
      return `${days} with the name of a month read`
    case 'year-first':
      return `${days} read as year, month, day`
    case 'grouped':
      return `${counted(count, 'number')} with separators of thousands read`
    case 'day-first':
      return `${days} read day first`
    case 'month-first':
      return `${days} read month first`
    case 'settled': {
      const by = as.what === 'thousands' || as.what === 'decimals' ? decimal : order
      const because = by === null ? '' : `, because line ${by.line} “${by.column}” can be read in no other way`
      if (as.what === 'thousands' || as.what === 'decimals')
        return `${counted(count, 'number')} with one separator read as ${as.what}${because}`
      return `${days} that could be read in two ways read ${as.what.replace('-', ' ')}${because}`
    }
  }
}

interface CellRead {
  /** Undefined where it can not be read. */
  readonly value: unknown
  /** How it was read, where it was not written in the plain form. */
  readonly as: ReadAs | null
  readonly why: string | null
}

/** One cell that is not empty: as the column reads it, else in the forms of other countries. */
export function readCell(column: Column<unknown>, cell: string, habits: () => Habits): CellRead {
  const value = column.read(cell)
  if (value !== undefined) return { value, as: null, why: null }
  const plain = plainCell(column, cell, habits)
  if (!plain.ok) return { value: undefined, as: null, why: plain.why ?? column.whyNot?.(cell) ?? null }
  const read = column.read(plain.text)
  if (read !== undefined) return { value: read, as: plain.as, why: null }
  return { value: undefined, as: null, why: column.whyNot?.(plain.text) ?? null }
}

/** Columns of a file with the place of each in its head; -1 where it has none. */
export function placedColumns(columns: Columns, names: readonly string[]) {
  return Object.entries(columns).map(([name, column]) => ({ name, column, at: names.indexOf(name) }))
}
