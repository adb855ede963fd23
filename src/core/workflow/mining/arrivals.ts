/** When cases begin: per hour of the week, as people saw it on the clock. */
import type { Instances } from '../log/instances.ts'
import { noOffset } from '../log/instants.ts'
import { type Arrival, weekdays } from '../map/scenario.ts'
import { rounded } from './fit.ts'

const hour = 3_600_000
/** 1970-01-05 was a Monday. */
const monday = 4 * 24 * hour

/** Hour of the week, 0 to 167 from Monday 00:00, of an event as written. */
export function hourOfWeek(time: number, offset: number | undefined): number {
  return (((hourOf(time, offset) % 168) + 168) % 168) | 0
}

/** Whole hours since a Monday 00:00, on the clock that the event was written by. */
function hourOf(time: number, offset: number | undefined): number {
  const shown = time + (offset === undefined || offset === noOffset ? 0 : offset * 60_000)
  return Math.floor((shown - monday) / hour)
}

/** How often each hour of the week came by between two hours, both included: a rate per hour is cases over these, not over weeks. */
function occurrences(first: number, last: number): Float64Array {
  const span = last - first + 1
  const begin = ((first % 168) + 168) % 168
  return Float64Array.from({ length: 168 }, (_, at) => Math.floor(span / 168) + ((at - begin + 168) % 168 < span % 168 ? 1 : 0))
}

export interface Arrivals {
  readonly hourly: Extract<Arrival, { hourly: unknown }>['hourly']
  readonly cases: number
  /** Weeks that the log spans. */
  readonly weeks: number
  /** Cases that begin at the very moment of another one: bookings in batches, which a Poisson stream does not make. */
  readonly together: number
}

/** Null where no case has a time. */
export function arrivalsOf(instances: Instances): Arrivals | null {
  const { caseStart, begin, end, event, log } = instances
  const firsts: { time: number; offset: number | undefined }[] = []
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const i = caseStart[c] as number
    if (i === caseStart[c + 1]) continue
    const time = Number.isNaN(begin[i] as number) ? (end[i] as number) : (begin[i] as number)
    if (!Number.isNaN(time)) firsts.push({ time, offset: log.offset?.[event[i] as number] })
  }
  if (firsts.length === 0) return null
  firsts.sort((a, b) => a.time - b.time)
  const counts = new Float64Array(168)
  for (const { time, offset } of firsts) {
    const at = hourOfWeek(time, offset)
    counts[at] = (counts[at] as number) + 1
  }
  const [first, last] = [firsts[0]?.time ?? 0, firsts[firsts.length - 1]?.time ?? 0]
  const weeks = Math.max((last - first) / (168 * hour), 1 / 168)
  const times = occurrences(hourOf(first, firsts[0]?.offset), hourOf(last, firsts[firsts.length - 1]?.offset))
  const of = (day: number): number[] =>
    Array.from({ length: 24 }, (_, at) =>
      rounded((counts[day * 24 + at] as number) / Math.max(1, times[day * 24 + at] as number)),
    )
  return {
    hourly: Object.fromEntries(weekdays.map((day, index) => [day, of(index)])),
    cases: firsts.length,
    weeks,
    together: firsts.filter(({ time }, index) => index > 0 && firsts[index - 1]?.time === time).length,
  }
}
