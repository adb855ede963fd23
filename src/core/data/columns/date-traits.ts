/** The dates of a column: which formats can read each cell, in which order their parts stand, and how many fall on each day. */
import { compareMoments, dateParser, daysIn, type Moment } from '../../values/calendar.ts'
import type { CellRun } from './cell-run.ts'
import { dayNumber, writtenDay } from './day-number.ts'
import { Extremes } from './extremes.ts'
import { Histogram } from './histogram.ts'
import type { RecordStretch } from './live-place.ts'
import { textOf } from './number-traits.ts'
import { areEightDigits, isoDay, isoSeconds } from './written-moment.ts'
import { dateShape } from './written-shapes.ts'

export const dateCandidates: readonly { readonly type: 'date' | 'datetime'; readonly format: string }[] = [
  { type: 'date', format: 'default' },
  { type: 'datetime', format: 'default' },
  { type: 'date', format: '%d/%m/%Y' },
  { type: 'date', format: '%m/%d/%Y' },
  { type: 'date', format: '%d.%m.%Y' },
  { type: 'date', format: '%Y/%m/%d' },
  { type: 'date', format: '%Y%m%d' },
  { type: 'datetime', format: '%d/%m/%Y %H:%M' },
  { type: 'datetime', format: '%m/%d/%Y %H:%M' },
  { type: 'datetime', format: '%Y-%m-%d %H:%M' },
]
const parsers = dateCandidates.map(({ type, format }) => dateParser(type, format))
const isoDate = 0
const isoDatetime = 1
const plainDigits = 6
const hyphen = 45

/** Per candidate. */
export class DateTraits {
  readonly votes = new Float64Array(dateCandidates.length)
  readonly order = { dayFirst: 0, monthFirst: 0, either: 0 }
  readonly days: Histogram[] = dateCandidates.map(() => new Histogram())
  readonly extremes: Extremes[] = dateCandidates.map((_, candidate) => new Extremes(momentOrder(candidate)))
  /** Of the cells seen here: what lies between them is no extreme. */
  private readonly lowest = new Float64Array(dateCandidates.length).fill(Number.POSITIVE_INFINITY)
  private readonly highest = new Float64Array(dateCandidates.length).fill(Number.NEGATIVE_INFINITY)
  private readonly once = { dayFirst: 0, monthFirst: 0, either: 0 }

  /** `isDigits` where every byte is a digit. */
  see(bytes: Uint8Array, start: number, end: number, weight: number, isDigits: boolean, at: RecordStretch): void {
    const length = end - start
    if (length < 8 || length > 32) return
    if (isDigits) {
      if (length === 8) this.digits(bytes, start, end, weight, at)
      return
    }
    if (!isDigit(bytes[start] as number) || !separates(bytes, start)) return
    this.countOrder(bytes, start, end, weight)
    if ((length === 10 || length === 19 || length === 20) && this.iso(bytes, start, end, weight, at)) return
    const text = textOf(bytes, start, end)
    parsers.forEach((parse, candidate) => {
      const moment = parse?.(text)
      if (moment) this.count(candidate, moment, bytes, start, end, weight, at)
    })
  }

  /** As `see`, for many cells; notes the shapes of plain ones in the run. */
  seeRun(run: CellRun): void {
    const { bytes, words, starts, ends, weights, shapes, count } = run
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      const length = end - start
      shapes[cell] = 0
      if (length < 8 || length > 32) continue
      const first = bytes[start] as number
      if (first > 57 || first < 48) continue
      let candidate = plainDigits
      let seconds = 0
      let day = -1
      if (length === 8 && areEightDigits(words, start)) {
        day = writtenDay(bytes, start, start + 4, start + 6)
        if (day < 0) continue
      } else if (length === 10 || length === 19 || length === 20) {
        candidate = length === 10 ? isoDate : isoDatetime
        if (length > 10) seconds = isoSeconds(words, start, end)
        if (seconds >= 0) day = isoDay(words, start)
        if (day >= 0) shapes[cell] = dateShape(length)
      }
      if (day < 0) {
        if (hasTwoSigns(bytes, start, end)) this.see(bytes, start, end, weights[cell] as number, false, run.stretchOf(cell))
        continue
      }
      const weight = weights[cell] as number
      this.votes[candidate] = (this.votes[candidate] as number) + weight
      ;(this.days[candidate] as Histogram).add(day, weight)
      const key = day * 86400 + seconds
      if (key <= (this.lowest[candidate] as number) || key >= (this.highest[candidate] as number))
        this.seeEnd(candidate, key, bytes, start, end, run.stretchOf(cell))
    }
  }

  /** Further cells of a day in the usual form, of which one was seen. */
  addDay(day: number, cells: number): void {
    this.votes[isoDate] = (this.votes[isoDate] as number) + cells
    this.days[isoDate]?.add(day, cells)
  }

  private digits(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): void {
    const day = writtenDay(bytes, start, start + 4, start + 6)
    if (day >= 0) this.record(plainDigits, day, 0, bytes, start, end, weight, at)
  }

  private iso(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): boolean {
    if (bytes[start + 4] !== hyphen || bytes[start + 7] !== hyphen) return false
    const seconds = end - start === 10 ? 0 : writtenSeconds(bytes, start, end)
    const day = seconds < 0 ? -1 : writtenDay(bytes, start, start + 5, start + 8)
    if (day >= 0) this.record(end - start === 10 ? isoDate : isoDatetime, day, seconds, bytes, start, end, weight, at)
    return day >= 0
  }

  private count(
    candidate: number,
    { year, month, day, seconds }: Moment,
    bytes: Uint8Array,
    start: number,
    end: number,
    weight: number,
    at: RecordStretch,
  ): void {
    this.record(candidate, dayNumber(year, month, day), seconds, bytes, start, end, weight, at)
  }

  private record(
    candidate: number,
    day: number,
    seconds: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    weight: number,
    at: RecordStretch,
  ): void {
    this.votes[candidate] = (this.votes[candidate] as number) + weight
    this.days[candidate]?.add(day, weight)
    const key = day * 86400 + seconds
    if (key <= (this.lowest[candidate] as number) || key >= (this.highest[candidate] as number))
      this.seeEnd(candidate, key, bytes, start, end, at)
  }

  private seeEnd(candidate: number, key: number, bytes: Uint8Array, start: number, end: number, at: RecordStretch): void {
    this.extremes[candidate]?.see(key, bytes, start, end, at)
    this.lowest[candidate] = Math.min(key, this.lowest[candidate] as number)
    this.highest[candidate] = Math.max(key, this.highest[candidate] as number)
  }

  /** Dates such as 03/04/1990: which part must be the day. */
  private countOrder(bytes: Uint8Array, start: number, end: number, weight: number): void {
    const { once } = this
    once.dayFirst = once.monthFirst = once.either = 0
    countSlashDate(bytes, start, end, once)
    this.order.dayFirst += once.dayFirst * weight
    this.order.monthFirst += once.monthFirst * weight
    this.order.either += once.either * weight
  }

  merge(other: DateTraits): void {
    other.votes.forEach((count, i) => {
      this.votes[i] = (this.votes[i] ?? 0) + count
    })
    this.order.dayFirst += other.order.dayFirst
    this.order.monthFirst += other.order.monthFirst
    this.order.either += other.order.either
    this.days.forEach((days, i) => {
      days.merge(other.days[i] as Histogram)
    })
    this.extremes.forEach((extremes, i) => {
      extremes.merge(other.extremes[i] as Extremes)
    })
  }

  /** The candidate that reads most cells; of equals the first, which is how ambiguous dates stay day-first in this list only. */
  get best(): number {
    let best = 0
    this.votes.forEach((votes, candidate) => {
      if (votes > (this.votes[best] as number)) best = candidate
    })
    return best
  }
}

function momentOrder(candidate: number): (a: string, b: string) => number {
  const parse = parsers[candidate]
  return (a, b) => {
    const [one, other] = [parse?.(a), parse?.(b)]
    return one && other ? compareMoments(one, other) : 0
  }
}

/** True where two or more bytes are no digits, as in every date but `YYYYMMDD`. */
function hasTwoSigns(bytes: Uint8Array, start: number, end: number): boolean {
  let signs = 0
  for (let i = start; i < end && signs < 2; i++) if (!isDigit(bytes[i] as number)) signs++
  return signs === 2
}

/** A date that reads d/d/yyyy with slashes, dots or hyphens, as day or month first. */
function countSlashDate(bytes: Uint8Array, start: number, end: number, counts: DateTraits['order']): void {
  const firstEnd = isDigit(bytes[start + 1] as number) ? start + 2 : start + 1
  const mark = bytes[firstEnd]
  if (mark !== 47 && mark !== 46 && mark !== 45) return
  const second = firstEnd + 1
  const secondEnd = isDigit(bytes[second + 1] as number) ? second + 2 : second + 1
  if (bytes[secondEnd] !== mark || secondEnd + 5 > end) return
  const a = number(bytes, start, firstEnd - start)
  const b = number(bytes, second, secondEnd - second)
  const year = number(bytes, secondEnd + 1, 4)
  const after = secondEnd + 5 < end ? bytes[secondEnd + 5] : 32
  if (a < 1 || b < 1 || year < 1000 || (after !== 32 && after !== 84) || a === b) return
  const isDay = b <= 12 && a <= daysIn(year, b)
  const isMonth = a <= 12 && b <= daysIn(year, a)
  if (isDay && isMonth) counts.either++
  else if (isDay) counts.dayFirst++
  else if (isMonth) counts.monthFirst++
}

/** Seconds of the day in `YYYY-MM-DDTHH:MM:SS` with or without Z; -1 for everything else, which is left to the parsers. */
function writtenSeconds(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 20 && bytes[end - 1] !== 90) return -1
  if (bytes[start + 10] !== 84 || bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return -1
  const hour = number(bytes, start + 11, 2)
  const minute = number(bytes, start + 14, 2)
  const second = number(bytes, start + 17, 2)
  return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ? -1 : hour * 3600 + minute * 60 + second
}

function separates(bytes: Uint8Array, start: number): boolean {
  for (let i = start + 1; i <= start + 4; i++) {
    const byte = bytes[i]
    if (byte === 45 || byte === 46 || byte === 47) return true
  }
  // Years of more than four digits are dates of the calendar, too.
  return bytes[start + 5] === 45
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

function number(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
