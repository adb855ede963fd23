/** What an expression of a rule can hold: texts, exact decimals, spans of time, and points in time as intervals, because `2019` is no day. */
import { daysIn } from '../../values/calendar.ts'

/** digits ÷ 10^scale. */
export interface Num {
  readonly kind: 'number'
  readonly digits: bigint
  readonly scale: number
}

/** Seconds since 1970-01-01T00:00, first and last moment that the text can mean. `zoned` where the text names its zone. */
export interface When {
  readonly kind: 'when'
  readonly from: number
  readonly to: number
  readonly zoned: boolean
}

export interface Span {
  readonly kind: 'span'
  readonly months: number
  readonly seconds: number
}

export type Value = null | boolean | string | Num | When | Span

export const daySeconds = 86_400

const numberForm = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/

/** Null where the text is no number. */
export function numOf(text: string): Num | null {
  const parts = numberForm.exec(text)
  const digits = (parts?.[2] ?? '') + (parts?.[3] ?? '')
  if (!parts || digits === '') return null
  const power = Number(parts[4] ?? 0) - (parts[3] ?? '').length
  const sign = parts[1] === '-' ? -1n : 1n
  const value = sign * BigInt(digits)
  return power > 0
    ? { kind: 'number', digits: value * 10n ** BigInt(power), scale: 0 }
    : { kind: 'number', digits: value, scale: -power }
}

export function whole(value: number): Num {
  return { kind: 'number', digits: BigInt(Math.round(value)), scale: 0 }
}

/** As much of a written number as a double holds; NaN for any other text. */
export function amountOf(text: string): number {
  return text !== '' && numberForm.test(text) ? Number(text) : Number.NaN
}

/** For days and seconds, which need no more than a double holds. */
export function plainNumber({ digits, scale }: Num): number {
  return Number(`${digits}e${-scale}`)
}

function aligned(a: Num, b: Num): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale)
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale]
}

export function compareNums(a: Num, b: Num): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

/** Division keeps twelve digits after the point; by zero it gives null. */
export function calculate(operator: '+' | '-' | '*' | '/', a: Num, b: Num): Num | null {
  if (operator === '*') return { kind: 'number', digits: a.digits * b.digits, scale: a.scale + b.scale }
  const [x, y, scale] = aligned(a, b)
  if (operator === '+') return { kind: 'number', digits: x + y, scale }
  if (operator === '-') return { kind: 'number', digits: x - y, scale }
  return y === 0n ? null : { kind: 'number', digits: (x * 10n ** 12n) / y, scale: 12 }
}

const isoForm = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s?(Z|[-+]\d{2}:?\d{2})?)?)?)?$/

/** An ISO 8601 date, time stamp, month or year; null for everything else, days that do not exist included. */
export function whenOf(text: string): When | null {
  const parts = isoForm.exec(text)
  if (!parts) return null
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)]
  if (parts[2] === undefined) return span(dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1))
  if (month < 1 || month > 12) return null
  if (parts[3] === undefined)
    return span(dayNumber(year, month, 1), month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1))
  if (day < 1 || day > daysIn(year, month)) return null
  const start = dayNumber(year, month, day)
  if (parts[4] === undefined) return span(start, start + 1)
  const [hour, minute] = [Number(parts[4]), Number(parts[5])]
  if (hour > 23 || minute > 59 || Number(parts[6] ?? 0) >= 60) return null
  const local = start * daySeconds + hour * 3600 + minute * 60
  const shift = zoneSeconds(parts[7])
  const from = local + Number(parts[6] ?? 0) - shift
  return { kind: 'when', from, to: parts[6] === undefined ? from + 59.999 : from, zoned: parts[7] !== undefined }
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60)
}

function span(fromDay: number, toDay: number): When {
  return { kind: 'when', from: fromDay * daySeconds, to: toDay * daySeconds - 0.001, zoned: false }
}

/** Days since 1970-01-01; years counted from March put the leap day at the end. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

export function dateOfDay(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * ofYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * march + 2) / 5) + 1 }
}

/** The day stays in its month: 31 January plus one month is the last of February. */
export function addSpan(when: When, by: Span, sign: 1 | -1): When {
  const move = (moment: number): number => {
    if (by.months === 0) return moment + sign * by.seconds
    const days = Math.floor(moment / daySeconds)
    const { year, month, day } = dateOfDay(days)
    const months = year * 12 + month - 1 + sign * by.months
    const [y, m] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
    return dayNumber(y, m, Math.min(day, daysIn(y, m))) * daySeconds + (moment - days * daySeconds) + sign * by.seconds
  }
  return { ...when, from: move(when.from), to: move(when.to) }
}

const unknownZone = 14 * 3600

/** True where only the month or the year is known. */
export function isPartial({ from, to }: When): boolean {
  return to - from >= daySeconds
}

/** True where both say the same, however little that is. */
export function isSame(a: When, b: When): boolean {
  return a.from === b.from && a.to === b.to && a.zoned === b.zoned
}

/** Order of two points in time: negative, zero or positive where it is certain, null where the texts leave it open, as 2019 and 2019 do. */
export function orderOf(a: When, b: When): number | null {
  if (isSame(a, b)) return isPartial(a) ? null : 0
  // A text without a zone can be up to fourteen hours from one that names it.
  const slack = a.zoned === b.zoned ? 0 : unknownZone
  if (a.to + slack < b.from) return -1
  if (b.to + slack < a.from) return 1
  return null
}

/** A value as a point in time: what a schema declares as such, or a text in ISO form. */
export function asWhen(value: Value): When | null {
  if (typeof value === 'string') return whenOf(value.trim())
  return typeof value === 'object' && value?.kind === 'when' ? value : null
}
