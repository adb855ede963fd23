/** Written times → milliseconds since 1970 in UTC, with the offset they were written with. Works on bytes: no text per time. */

/** How a column of times is written. */
export type TimeForm = 'iso' | 'day-first' | 'month-first' | 'seconds' | 'milliseconds'

/** Where a time says nothing about its zone. */
export const noOffset = -32768

/** Reused for every time: what the last `parse` found. */
export class InstantReader {
  /** Minutes east of UTC as written; `noOffset` where nothing was written. */
  offset = noOffset
  private at = 0

  /** NaN where the bytes are no time of this form. Without an offset the time is taken as it stands. */
  parse(bytes: Uint8Array, from: number, to: number, form: TimeForm = 'iso'): number {
    this.offset = noOffset
    let start = from
    let end = to
    while (start < end && (bytes[start] as number) <= 0x20) start++
    while (end > start && (bytes[end - 1] as number) <= 0x20) end--
    this.at = start
    if (form === 'seconds' || form === 'milliseconds') return this.count(bytes, end) * (form === 'seconds' ? 1000 : 1)
    const date = form === 'iso' ? this.yearFirst(bytes, end) : this.yearLast(bytes, end, form === 'day-first')
    if (Number.isNaN(date)) return Number.NaN
    return date + this.timeOfDay(bytes, end)
  }

  private yearFirst(bytes: Uint8Array, end: number): number {
    const year = this.digits(bytes, end, 4, 4)
    const mark = bytes[this.at]
    if (mark === 0x2d || mark === 0x2f || mark === 0x2e) this.at++
    const month = this.digits(bytes, end, 1, 2)
    if (bytes[this.at] === mark && !isDigit(mark)) this.at++
    return dayNumber(year, month, this.digits(bytes, end, 1, 2))
  }

  private yearLast(bytes: Uint8Array, end: number, dayFirst: boolean): number {
    const first = this.digits(bytes, end, 1, 2)
    const mark = bytes[this.at++]
    if (mark !== 0x2f && mark !== 0x2e && mark !== 0x2d) return Number.NaN
    const named = monthNamed(bytes, this.at)
    if (named > 0) this.at += 3
    const second = named > 0 ? named : this.digits(bytes, end, 1, 2)
    if (bytes[this.at++] !== mark) return Number.NaN
    const from = this.at
    const written = this.digits(bytes, end, 2, 4)
    const year = this.at - from === 2 ? written + (written < 70 ? 2000 : 1900) : written
    return named > 0 || dayFirst ? dayNumber(year, second, first) : dayNumber(year, first, second)
  }

  /** Milliseconds of the day less the offset; 0 for a date alone, NaN for what is none. */
  private timeOfDay(bytes: Uint8Array, end: number): number {
    if (this.at === end) return 0
    const mark = bytes[this.at]
    if (mark === 0x54 || mark === 0x74 || mark === 0x20 || mark === 0x2c) this.at++
    while (this.at < end && bytes[this.at] === 0x20) this.at++
    const hour = this.digits(bytes, end, 1, 2)
    let ms = 0
    if (bytes[this.at] === 0x3a) this.at++
    const minute = this.digits(bytes, end, 2, 2)
    let second = 0
    if (this.at < end && (bytes[this.at] === 0x3a || isDigit(bytes[this.at]))) {
      if (bytes[this.at] === 0x3a) this.at++
      second = this.digits(bytes, end, 2, 2)
      if (this.at < end && (bytes[this.at] === 0x2e || bytes[this.at] === 0x2c)) {
        this.at++
        for (let scale = 100; this.at < end && isDigit(bytes[this.at]); scale /= 10)
          ms += scale * ((bytes[this.at++] as number) - 48)
      }
    }
    let hours = hour
    while (this.at < end && bytes[this.at] === 0x20) this.at++
    const letter = this.at < end ? (bytes[this.at] as number) | 0x20 : 0
    if ((letter === 0x61 || letter === 0x70) && ((bytes[this.at + 1] ?? 0) | 0x20) === 0x6d) {
      hours = (hour % 12) + (letter === 0x70 ? 12 : 0)
      this.at += 2
    } else this.zone(bytes, end)
    if (this.at !== end || !(hours <= 24 && minute < 60 && second < 61)) return Number.NaN
    const shift = this.offset === noOffset ? 0 : this.offset * 60_000
    return hours * 3_600_000 + minute * 60_000 + second * 1000 + Math.trunc(ms) - shift
  }

  private zone(bytes: Uint8Array, end: number): void {
    if (this.at >= end) return
    const mark = bytes[this.at]
    if (mark === 0x5a || mark === 0x7a) {
      this.at++
      this.offset = 0
    } else if (mark === 0x2b || mark === 0x2d) {
      this.at++
      const hours = this.digits(bytes, end, 2, 2)
      if (bytes[this.at] === 0x3a && this.at < end) this.at++
      const minutes = this.at < end ? this.digits(bytes, end, 2, 2) : 0
      this.offset = (hours * 60 + minutes) * (mark === 0x2d ? -1 : 1)
    }
  }

  /** NaN where there are fewer digits than `least`. */
  private digits(bytes: Uint8Array, end: number, least: number, most: number): number {
    let value = 0
    let n = 0
    while (n < most && this.at < end && isDigit(bytes[this.at])) {
      value = value * 10 + (bytes[this.at++] as number) - 48
      n++
    }
    return n < least ? Number.NaN : value
  }

  private count(bytes: Uint8Array, end: number): number {
    const text = String.fromCharCode(...bytes.subarray(this.at, Math.min(end, this.at + 24)))
    return /^\d{9,16}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function monthNamed(bytes: Uint8Array, at: number): number {
  if (at + 3 > bytes.length || isDigit(bytes[at])) return 0
  return months.indexOf(String.fromCharCode(...bytes.subarray(at, at + 3)).toLowerCase()) + 1
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Milliseconds at the begin of a day of the proleptic Gregorian calendar (Hinnant's days from civil); NaN where there is no such day. */
function dayNumber(year: number, month: number, day: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0)
  if (!(day >= 1 && day <= days)) return Number.NaN
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468) * 86_400_000
}

/** The form in which most of these texts are times, and how many are; day before month where both fit all. */
export function timeFormOf(texts: readonly string[]): {
  readonly form: TimeForm
  readonly n: number
  readonly ambiguous: boolean
} {
  const reader = new InstantReader()
  const written = texts.filter((text) => text.trim() !== '').map((text) => encoder.encode(text))
  const fits = (form: TimeForm): number =>
    written.filter((bytes) => !Number.isNaN(reader.parse(bytes, 0, bytes.length, form))).length
  const forms: TimeForm[] = ['iso', 'day-first', 'month-first', 'milliseconds', 'seconds']
  const found = forms.map((form) => ({ form, n: fits(form) })).reduce((best, one) => (one.n > best.n ? one : best))
  if (found.form === 'milliseconds' && written.every((bytes) => bytes.length <= 10))
    return { form: 'seconds', n: found.n, ambiguous: false }
  const ambiguous = found.form === 'day-first' && fits('month-first') === found.n && texts.some((text) => !/[a-z]{3}/i.test(text))
  return { ...found, ambiguous }
}

const encoder = new TextEncoder()
