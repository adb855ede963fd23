/** Dates and times judged on bytes: ISO 8601 and formats of digits with fixed places. Whatever fits neither is left to the parser. */

import { type DateType, daysIn, type Moment } from '../../../values/calendar.ts'
import { type ColumnQuestion, placesQuestion } from '../../read/records/column-kernels.ts'
import { ESCAPED } from '../../read/text/record-view.ts'
import type { CellColumn, ColumnTest } from '../contract/check.ts'

/** Number of a moment that sorts as moments do; -1 where the bytes are left to the parser. */
export type DateReader = (bytes: Uint8Array, start: number, end: number) => number

/** Answers only where the parser of the same type and format accepts, and with a number that sorts as its moments do. */
export function plainDates(type: DateType, format: string): DateReader {
  if (format === 'default' || format === '' || format === 'any') return isoReaders[type]
  const mask = maskOf(format)
  return mask === null ? () => -1 : (bytes, start, end) => readMask(mask, bytes, start, end)
}

/** Days of the months of a common year. */
const days = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

const isoReaders: Readonly<Record<DateType, DateReader>> = {
  date: (bytes, start, end) => (end - start === 10 ? isoDay(bytes, start) * secondsOfDay : -1),
  datetime(bytes, start, end) {
    if (end - start < 19) return -1
    const between = bytes[start + 10]
    if (between !== 84 && between !== 32) return -1
    const day = isoDay(bytes, start)
    const second = isoClock(bytes, start + 11, end)
    return day < 0 || second < 0 ? -1 : day * secondsOfDay + second
  },
  time: (bytes, start, end) => (end - start < 8 ? -1 : isoClock(bytes, start, end)),
  year: (bytes, start, end) => (end - start === 4 ? number(bytes, start, 4) : -1),
  yearmonth(bytes, start, end) {
    if (end - start !== 7 || bytes[start + 4] !== 45) return -1
    const year = number(bytes, start, 4)
    const month = number(bytes, start + 5, 2)
    return year < 0 || month < 1 || month > 12 ? -1 : year * 12 + month
  },
}

const secondsOfDay = 86_400

/** The loop of a column of dates that only have to be such, and its question; null where the type and format have none of their own. */
export function datesOfColumn(
  type: DateType,
  format: string,
): { readonly all: ColumnTest; readonly question?: ColumnQuestion } | null {
  if (format !== 'default' && format !== '' && format !== 'any') return null
  if (type === 'date') return { all: markDays, ...(dayQuestion && { question: dayQuestion }) }
  return type === 'datetime' ? { all: markMoments, ...(momentQuestion && { question: momentQuestion }) } : null
}

/** By a letter for each place: digits, and what separates them. */
const placeSets: Readonly<Record<string, string>> = { d: '0123456789', '-': '-', ':': ':', T: 'T ', Z: 'Z+-' }
const setsOf = (form: string): Uint8Array[] =>
  [...form].map((kind) => {
    const set = new Uint8Array(256)
    for (const character of placeSets[kind] ?? '') set[character.charCodeAt(0)] = 1
    return set
  })
const dayQuestion = placesQuestion(setsOf('dddd-dd-dd'), 1)
const momentQuestion = placesQuestion(setsOf('dddd-dd-ddTdd:dd:ddZdd:dd'), 2)

function markDays({ bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void {
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const length = (ends[cell] as number) - start
    if (length === 0) continue
    if (length !== 10 || ((flags[cell] as number) & ESCAPED) !== 0 || !isUsualDay(bytes, start)) marks[row] = 1
  }
}

/** `YYYY-MM-DDThh:mm:ss` with or without `Z` or `+hh:mm` in the loop; other forms of a moment one by one. */
function markMoments({ bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void {
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    if (start === end) continue
    const length = end - start
    const isUsual =
      (length === 19 || (length === 20 && bytes[end - 1] === 90) || (length === 25 && isZone(bytes, start + 19, end))) &&
      (bytes[start + 10] === 84 || bytes[start + 10] === 32) &&
      isUsualDay(bytes, start) &&
      isTimeOfDay(bytes, start + 11)
    if (isUsual && ((flags[cell] as number) & ESCAPED) === 0) continue
    if (((flags[cell] as number) & ESCAPED) !== 0 || isoReaders.datetime(bytes, start, end) < 0) marks[row] = 1
  }
}

/** By number of a month: days that it has in every year; none for what is no month. */
const usualDays = Uint8Array.from({ length: 128 }, (_, month) => days[month] ?? 0)

/** A day of every year; the 29th of February is left to those who know the year. Digits are judged together: one that is none makes `bad` negative. */
function isUsualDay(bytes: Uint8Array, at: number): boolean {
  const a = (bytes[at] as number) - 48
  const b = (bytes[at + 1] as number) - 48
  const c = (bytes[at + 2] as number) - 48
  const d = (bytes[at + 3] as number) - 48
  const m = (bytes[at + 5] as number) - 48
  const n = (bytes[at + 6] as number) - 48
  const x = (bytes[at + 8] as number) - 48
  const y = (bytes[at + 9] as number) - 48
  const bad = a | (9 - a) | b | (9 - b) | c | (9 - c) | d | (9 - d) | m | (9 - m) | n | (9 - n) | x | (9 - x) | y | (9 - y)
  if (bad < 0 || bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return false
  return (x * 10 + y - 1) >>> 0 < (usualDays[m * 10 + n] as number)
}

/** `hh:mm:ss` */
function isTimeOfDay(bytes: Uint8Array, at: number): boolean {
  const h = (bytes[at] as number) - 48
  const i = (bytes[at + 1] as number) - 48
  const m = (bytes[at + 3] as number) - 48
  const n = (bytes[at + 4] as number) - 48
  const s = (bytes[at + 6] as number) - 48
  const t = (bytes[at + 7] as number) - 48
  const bad = h | (9 - h) | i | (9 - i) | m | (5 - m) | n | (9 - n) | s | (5 - s) | t | (9 - t)
  return bad >= 0 && h * 10 + i < 24 && bytes[at + 2] === 58 && bytes[at + 5] === 58
}

/** Answers of `usualMoment`. */
const bareMoment = 1
export const zonedMoment = 2

/** Whether the bytes are `YYYY-MM-DDThh:mm:ss`, alone or with `Z` or `+hh:mm` behind it: every form of digits, on the calendar or not; 0 for anything else. */
export function usualMoment(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length !== 19 && length !== 20 && length !== 25) return 0
  const between = bytes[start + 10]
  if (between !== 84 && between !== 32) return 0
  const isMoment =
    bytes[start + 4] === 45 &&
    bytes[start + 7] === 45 &&
    bytes[start + 13] === 58 &&
    bytes[start + 16] === 58 &&
    number(bytes, start, 4) >= 0 &&
    number(bytes, start + 5, 2) >= 0 &&
    number(bytes, start + 8, 2) >= 0 &&
    number(bytes, start + 11, 2) >= 0 &&
    number(bytes, start + 14, 2) >= 0 &&
    number(bytes, start + 17, 2) >= 0
  if (!isMoment) return 0
  return length === 19 ? bareMoment : isZone(bytes, start + 19, end) ? zonedMoment : 0
}

/** The number that a reader of this type gives for a moment. */
export function momentNumber(type: DateType, { year, month, day, seconds }: Moment): number {
  if (type === 'year') return year
  if (type === 'yearmonth') return year * 12 + month
  return type === 'time' ? seconds : ((year * 12 + month - 1) * 31 + day) * secondsOfDay + seconds
}

/** `YYYY-MM-DD` as a number that sorts by day; -1 where the bytes are no day of the calendar. */
function isoDay(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return -1
  const year = number(bytes, at, 4)
  const month = number(bytes, at + 5, 2)
  const day = number(bytes, at + 8, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1) return -1
  if (day > (days[month] as number) && day > daysIn(year, month)) return -1
  return (year * 12 + month - 1) * 31 + day
}

/** `hh:mm:ss` with an optional zone as seconds; -1 for anything else, fractions of seconds among it. */
function isoClock(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 2] !== 58 || bytes[at + 5] !== 58) return -1
  const hour = number(bytes, at, 2)
  const minute = number(bytes, at + 3, 2)
  const second = number(bytes, at + 6, 2)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
  if (end - at !== 8 && !isZone(bytes, at + 8, end)) return -1
  return hour * 3600 + minute * 60 + second
}

/** `Z`, `+hh:mm` or `+hhmm`. */
function isZone(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at === 1) return bytes[at] === 90
  if (bytes[at] !== 43 && bytes[at] !== 45) return false
  if (end - at === 5) return number(bytes, at + 1, 4) >= 0
  return end - at === 6 && bytes[at + 3] === 58 && number(bytes, at + 1, 2) >= 0 && number(bytes, at + 4, 2) >= 0
}

/** Value of `width` digits; -1 where there is anything else. */
function number(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit >>> 0 > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Parts by letter, as in strptime; every other character stands for itself. */
const widths: ReadonlyMap<string, number> = new Map([
  ['Y', 4],
  ['m', 2],
  ['d', 2],
  ['H', 2],
  ['M', 2],
  ['S', 2],
])

interface Mask {
  readonly length: number
  /** Offset of a part, or -1. */
  readonly at: Readonly<Record<'Y' | 'm' | 'd' | 'H' | 'M' | 'S', number>>
  readonly literals: readonly { readonly at: number; readonly byte: number }[]
}

function maskOf(format: string): Mask | null {
  const at = { Y: -1, m: -1, d: -1, H: -1, M: -1, S: -1 }
  const literals: { at: number; byte: number }[] = []
  let length = 0
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i)
    const code = char.charCodeAt(0)
    if (char !== '%') {
      if (code < 33 && char !== ' ') return null
      if (code > 126) return null
      literals.push({ at: length++, byte: code })
      continue
    }
    const part = format.charAt(++i)
    const width = widths.get(part)
    if (width === undefined || !(part in at) || at[part as keyof typeof at] >= 0) return null
    at[part as keyof typeof at] = length
    length += width
  }
  // A format that starts or ends with a blank is for the parser, which trims.
  return at.Y < 0 || at.m < 0 || at.d < 0 || format.trim() !== format ? null : { length, at, literals }
}

function readMask({ length, at, literals }: Mask, bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== length) return -1
  for (let i = 0; i < literals.length; i++) {
    const literal = literals[i] as { at: number; byte: number }
    if (bytes[start + literal.at] !== literal.byte) return -1
  }
  const year = number(bytes, start + at.Y, 4)
  const month = number(bytes, start + at.m, 2)
  const day = number(bytes, start + at.d, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return -1
  const hour = at.H < 0 ? 0 : number(bytes, start + at.H, 2)
  const minute = at.M < 0 ? 0 : number(bytes, start + at.M, 2)
  const second = at.S < 0 ? 0 : number(bytes, start + at.S, 2)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
  return ((year * 12 + month - 1) * 31 + day) * secondsOfDay + hour * 3600 + minute * 60 + second
}
