/** Opening hours over a week that begins on Monday 00:00, as sorted intervals of seconds. */
import { type Arrival, alwaysOpen, type Scenario, type Shift, weekdays } from '../map/scenario.ts'

export interface Interval {
  readonly from: number
  readonly to: number
}

const day = 86400
const week = 604800

/** Null means always open, also for a calendar nobody defined (the caller reports it). */
export function calendarOf(scenario: Scenario | null, name: string | null): readonly Interval[] | null {
  const shifts = name === null ? undefined : scenario?.calendars.get(name)
  return shifts ? weekOf(shifts) : null
}

/**
 * Hours in which the cases of a stream come; null means day and night. Where nobody said, they come while somebody is there:
 * a clinic that closes at night has no arrivals at night.
 */
export function hoursOfArrivals(scenario: Scenario, arrival: Arrival): readonly Interval[] | null {
  if (!('perHour' in arrival) || arrival.calendar === alwaysOpen) return null
  if (arrival.calendar !== undefined) return calendarOf(scenario, arrival.calendar)
  return scenario.calendars.size === 0 ? null : weekOf([...scenario.calendars.values()].flat())
}

/** Share of each of the 168 hours of the week that is open, 0 to 1. */
export function openShares(hours: readonly Interval[]): Float64Array {
  const shares = new Float64Array(168)
  for (const { from, to } of hours)
    for (let hour = Math.floor(from / 3600); hour * 3600 < to && hour < 168; hour++)
      shares[hour] = (shares[hour] ?? 0) + (Math.min(to, (hour + 1) * 3600) - Math.max(from, hour * 3600)) / 3600
  return shares
}

/** Shifts that touch or overlap are joined; an end before the begin runs over midnight. */
export function weekOf(shifts: readonly Shift[]): readonly Interval[] {
  const found: Interval[] = []
  for (const shift of shifts)
    for (const index of daysOf(shift.days)) {
      const from = index * day + clock(shift.from)
      const length = clock(shift.to) - clock(shift.from)
      const to = from + (length > 0 ? length : length + day)
      if (to <= week) found.push({ from, to })
      else found.push({ from, to: week }, { from: 0, to: to - week })
    }
  found.sort((a, b) => a.from - b.from || a.to - b.to)
  const joined: Interval[] = []
  for (const next of found) {
    const last = joined[joined.length - 1]
    if (last && next.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    else joined.push(next)
  }
  return joined
}

export function openSecondsPerWeek(calendar: readonly Interval[] | null): number {
  return calendar === null ? week : calendar.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** `mon`, `mon-fri`, `sat-mon` and lists with commas; words that are no weekday count for nothing. */
function daysOf(text: string): readonly number[] {
  const names: readonly string[] = weekdays
  const found = new Set<number>()
  for (const part of text.split(',')) {
    const [first = '', last = first] = part.trim().split('-')
    const from = names.indexOf(first)
    const to = names.indexOf(last)
    if (from < 0 || to < 0) continue
    for (let at = from; ; at = (at + 1) % 7) {
      found.add(at)
      if (at === to) break
    }
  }
  return [...found]
}

function clock(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':')
  return Number(hours) * 3600 + Number(minutes) * 60
}
