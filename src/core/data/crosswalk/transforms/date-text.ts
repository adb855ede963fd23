/** Dates and times as legacy systems write them, taken apart in a stated order; nothing is guessed and nothing is filled up. */

export const dateOrders = ['day-first', 'month-first', 'year-first', 'epoch-seconds', 'epoch-milliseconds'] as const
export type DateOrder = (typeof dateOrders)[number]

export interface WrittenTime {
  readonly year: string
  /** Two digits; null where only the year is known. */
  readonly month: string | null
  readonly day: string | null
  /** `HH:mm:ss` with its fraction; null without a time of day. */
  readonly clock: string | null
  /** `Z` or `+01:00`; null where none is written. */
  readonly offset: string | null
}

const parts =
  /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?$/
/** HL7 v2 TS and the basic format of ISO 8601. */
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const monthOnly = /^(?:(\d{4})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{4}))$/
const outside = 'its time is none of a day: hours go to 23, minutes and seconds to 59'

const words: Readonly<Record<DateOrder, string>> = {
  'day-first': 'day first',
  'month-first': 'month first',
  'year-first': 'year first',
  'epoch-seconds': 'seconds since 1970',
  'epoch-milliseconds': 'milliseconds since 1970',
}

export function orderWords(order: DateOrder): string {
  return words[order]
}

function noDate(order: DateOrder): string {
  return order.startsWith('epoch') ? `it is no number of ${words[order]}` : `it is no date with the ${words[order]}`
}

/** The parts, or why there are none. */
export function readTime(text: string, order: DateOrder): WrittenTime | string {
  if (order === 'epoch-seconds' || order === 'epoch-milliseconds') return sinceEpoch(text, order)
  if (/^\d{4}$/.test(text)) return { year: text, month: null, day: null, clock: null, offset: null }
  const bare = monthOnly.exec(text)
  if (bare) return ofMonth(bare[1] ?? bare[4] ?? '', bare[2] ?? bare[3] ?? '') ?? noDate(order)
  const digits = order === 'year-first' ? compact.exec(text) : null
  const found = digits ?? parts.exec(text)
  if (!found) return noDate(order)
  const [, a = '', b = '', c = '', hour, minute = '', second, fraction = ''] = found
  const [half, offset] = digits ? [undefined, digits[8]] : [found[8], found[9]]
  const yearFirst = a.length === 4
  const [year, first, last] = yearFirst ? [a, b, c] : [c, a, b]
  const [month, day] = yearFirst || order === 'month-first' ? [first, last] : [last, first]
  if (!isDay(year, month, day)) return noDate(order)
  const date = { year, month: month.padStart(2, '0'), day: day.padStart(2, '0') }
  if (hour === undefined) return { ...date, clock: null, offset: null }
  const full = half === undefined ? Number(hour) : ofTwelve(Number(hour), half)
  const zone = offset === undefined ? null : offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  if (full === null || !isClock(full, minute, second, zone ?? 'Z')) return outside
  return { ...date, clock: `${String(full).padStart(2, '0')}:${minute}:${second ?? '00'}${fraction}`, offset: zone }
}

/** True for a day of the Gregorian calendar, the year in four digits. */
export function isDay(year: string, month: string, date: string): boolean {
  const [m, d] = [Number(month), Number(date)]
  return year.length === 4 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(Number(year), m)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function ofMonth(year: string, month: string): WrittenTime | null {
  if (!isDay(year, month, '1')) return null
  return { year, month: month.padStart(2, '0'), day: null, clock: null, offset: null }
}

/** Hour of a clock of twelve hours: 12 AM is midnight. */
function ofTwelve(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** A time of day (FHIR R4 dateTime: 24:00 is none, a leap second is) and an offset of at most 14 hours. */
function isClock(hour: number, minute: string, second: string | undefined, zone: string): boolean {
  const [ahead = '0', minutes = '0'] = zone === 'Z' ? [] : zone.slice(1).split(':')
  return hour < 24 && Number(minute) < 60 && Number(second ?? 0) <= 60 && Number(ahead) <= 14 && Number(minutes) < 60
}

/** Years 1 to 9999. */
function sinceEpoch(text: string, order: DateOrder): WrittenTime | string {
  if (!/^-?\d{1,15}(?:\.0*)?$/.test(text)) return noDate(order)
  const at = Number(text) * (order === 'epoch-seconds' ? 1000 : 1)
  if (at < -62_135_596_800_000 || at > 253_402_300_799_999) return noDate(order)
  const iso = new Date(at).toISOString()
  const fraction = iso.slice(19, 23)
  return {
    ...{ year: iso.slice(0, 4), month: iso.slice(5, 7), day: iso.slice(8, 10), offset: 'Z' },
    clock: `${iso.slice(11, 19)}${fraction === '.000' ? '' : fraction}`,
  }
}
