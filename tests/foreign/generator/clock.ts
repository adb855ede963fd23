/** Instants and what a clock on the wall shows: fixed offsets, and zones with summer time by the rules of the EU and the US. */

const minute = 60_000
const hour = 60 * minute
export const day = 24 * hour

export interface Zone {
  /** As a field map states it: `Z`, `+05:30` or a name of the tz database. */
  readonly name: string
  /** Minutes ahead of UTC outside summer time. */
  readonly winter: number
  readonly summer: 'none' | 'eu' | 'us'
}

export const utc: Zone = { name: 'Z', winter: 0, summer: 'none' }
export const zones: readonly Zone[] = [
  { name: 'Europe/Berlin', winter: 60, summer: 'eu' },
  { name: 'Europe/Paris', winter: 60, summer: 'eu' },
  { name: 'Europe/Lisbon', winter: 0, summer: 'eu' },
  { name: 'America/New_York', winter: -300, summer: 'us' },
  { name: 'America/Los_Angeles', winter: -480, summer: 'us' },
  { name: 'Asia/Kolkata', winter: 330, summer: 'none' },
  { name: '+01:00', winter: 60, summer: 'none' },
  { name: '-05:00', winter: -300, summer: 'none' },
]

/** Noon-free Sunday of a month: `nth` from the front, or the last for -1. */
function sunday(year: number, month: number, nth: number): number {
  if (nth < 0) {
    const last = Date.UTC(year, month + 1, 0)
    return last - new Date(last).getUTCDay() * day
  }
  const first = Date.UTC(year, month, 1)
  return first + (((7 - new Date(first).getUTCDay()) % 7) + 7 * (nth - 1)) * day
}

/** Instants at which summer time begins and ends in a year. */
export function summerOf(zone: Zone, year: number): { readonly from: number; readonly to: number } | null {
  if (zone.summer === 'none') return null
  if (zone.summer === 'eu') return { from: sunday(year, 2, -1) + hour, to: sunday(year, 9, -1) + hour }
  const before = -zone.winter * minute
  return { from: sunday(year, 2, 2) + 2 * hour + before, to: sunday(year, 10, 1) + hour + before }
}

/** Minutes ahead of UTC at an instant. */
export function offsetAt(zone: Zone, at: number): number {
  const summer = summerOf(zone, new Date(at + zone.winter * minute).getUTCFullYear())
  return zone.winter + (summer !== null && at >= summer.from && at < summer.to ? 60 : 0)
}

export interface Wall {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
  readonly second: string
  readonly milli: string
  /** `Z` or `+02:00`. */
  readonly offset: string
}

export function wallOf(at: number, zone: Zone): Wall {
  const ahead = offsetAt(zone, at)
  const text = new Date(at + ahead * minute).toISOString()
  const size = Math.abs(ahead)
  const two = (number: number): string => String(number).padStart(2, '0')
  return {
    year: text.slice(0, 4),
    month: text.slice(5, 7),
    day: text.slice(8, 10),
    hour: text.slice(11, 13),
    minute: text.slice(14, 16),
    second: text.slice(17, 19),
    milli: text.slice(20, 23),
    offset: zone.name === 'Z' ? 'Z' : `${ahead < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`,
  }
}

/** The instant at which the wall shows this; of two the earlier. */
export function instantOf(zone: Zone, year: number, month: number, date: number, hours = 0, minutes = 0, seconds = 0): number {
  const bare = Date.UTC(year, month - 1, date, hours, minutes, seconds)
  const summer = bare - (zone.winter + 60) * minute
  return offsetAt(zone, summer) === zone.winter + 60 ? summer : bare - zone.winter * minute
}
