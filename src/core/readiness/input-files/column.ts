/** Columns of input files: what a cell may hold, and what is read from it. */

export type ColumnType = 'text' | 'person' | 'patient' | 'day' | 'moment' | 'number' | 'flag' | 'list' | 'choice'

export interface Column<T, Required extends boolean = boolean> {
  readonly type: ColumnType
  readonly required: Required
  /** What it holds, for people who fill it. */
  readonly says: string
  readonly choices?: readonly string[]
  /** What a cell holds; undefined where it can not be read. Empty cells are never asked about. */
  read(text: string): T | undefined
  /** Why a cell that can not be read is none of these, in words without the cell; undefined where what it takes says enough. */
  whyNot?(text: string): string | undefined
}

/** Columns by name, in the order of the file. */
export type Columns = Readonly<Record<string, Column<unknown>>>

export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer T, infer R> ? (R extends true ? T : T | null) : never
} & {
  /** Line of the record in its file, from 2: the first is the head. */
  readonly line: number
}

function optional<T>(type: ColumnType, says: string, read: (text: string) => T | undefined): Column<T, false> {
  return { type, required: false, says, read }
}

export function needed<T>(column: Column<T, false>): Column<T, true> {
  return { ...column, required: true }
}

export const text = (says: string): Column<string, false> => optional('text', says, (cell) => cell)

/** Staff number; kept as a keyed hash only, so that nobody is named and nobody ranked. */
export const person = (says = 'staff number'): Column<string, false> => optional('person', says, (cell) => cell)

export const patient = (says = 'patient number'): Column<string, false> => optional('patient', says, (cell) => cell)

/** A calendar day, `YYYY-MM-DD`. */
export const day = (says: string): Column<string, false> =>
  optional('day', says, (cell) =>
    isCalendarDay(cell.slice(0, 10)) && (cell.length === 10 || /^[T ]/.test(cell.slice(10))) ? cell.slice(0, 10) : undefined,
  )

/** A moment with its offset (RFC 3339). A time of day without one is not read: it could fall into another shift or another day. */
export interface Moment {
  /** Milliseconds since 1970; of a bare day its begin in UTC. */
  readonly at: number
  /** As written. */
  readonly text: string
}

const momentForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

export const moment = (says: string): Column<Moment, false> => ({
  ...optional<Moment>('moment', says, (cell) => {
    const match = momentForm.exec(cell)
    if (!match || !isCalendarDay(match[1] ?? '')) return undefined
    const [, date = '', hour, minute = '00', second = '00', zone] = match
    if (Number(hour ?? 0) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
    if (hour !== undefined && zone === undefined) return undefined
    const shift = zone === undefined || zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
    const at = Date.parse(`${date}T${hour ?? '00'}:${minute}:${second === '60' ? '59' : second}${shift}`)
    return Number.isNaN(at) ? undefined : { at, text: cell }
  }),
  whyNot: (cell) =>
    momentForm.exec(cell)?.[5] === undefined && momentForm.test(cell)
      ? 'it has no offset from UTC, so that nobody knows which shift it falls into; write it as 2026-11-02T08:00:00+01:00'
      : undefined,
})

/** Thousands or decimals: one separator before exactly three digits says neither. A number that begins with 0 has decimals. */
const ambiguous = /^[1-9]\d{0,2}[.,]\d{3}$/

/** A number from 0 up, with a point or one comma before its decimals. */
export const number = (says: string): Column<number, false> => ({
  ...optional<number>('number', says, (cell) =>
    /^\d+([.,]\d+)?$/.test(cell) && !ambiguous.test(cell) ? Number(cell.replace(',', '.')) : undefined,
  ),
  whyNot: (cell) =>
    ambiguous.test(cell)
      ? 'its comma or point may part thousands or decimals; write thousands without a separator, decimals with another number of digits'
      : undefined,
})

const yes = /^(yes|y|true|1|x)$/i
const no = /^(no|n|false|0)$/i

export const flag = (says: string): Column<boolean, false> =>
  optional('flag', says, (cell) => (yes.test(cell) ? true : no.test(cell) ? false : undefined))

/** Names with `;` between them. */
export const list = (says: string): Column<readonly string[], false> =>
  optional('list', says, (cell) =>
    cell
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )

export function choice<const Of extends readonly string[]>(of: Of, says: string): Column<Of[number], false> {
  const column = optional<Of[number]>('choice', says, (cell) =>
    of.find((known) => known.toLowerCase() === cell.toLowerCase().replace(/[_\s]+/g, '-')),
  )
  return { ...column, choices: of }
}

function isCalendarDay(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date
}
