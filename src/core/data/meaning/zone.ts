/** The zone of a side whose times do not say theirs: a fixed offset, or a name of the IANA time zone database with its summer times. */

/** Minutes ahead of UTC at an instant, given in seconds since 1970. */
export interface Zone {
  readonly name: string
  offsetAt(second: number): number
}

const fixed = /^(?:UTC)?([+-])(\d{1,2})(?::?(\d\d))?$/

/** `Z`, `UTC`, `+01:00` or a name such as `Europe/Berlin`; null where there is no such zone. */
export function zoneNamed(name: string): Zone | null {
  if (name === 'Z' || name === 'UTC') return { name: 'UTC', offsetAt: () => 0 }
  const found = fixed.exec(name)
  if (found) {
    const minutes = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0))
    return Math.abs(minutes) > 14 * 60 ? null : { name, offsetAt: () => minutes }
  }
  return /^[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(name) ? rulesOf(name) : null
}

const known = new Map<string, Zone | null>()

function rulesOf(name: string): Zone | null {
  const held = known.get(name)
  if (held !== undefined) return held
  const zone = madeOf(name)
  known.set(name, zone)
  return zone
}

/** Offsets are asked for once per six hours: zones change on a full hour of few nights, and asking is slow. */
function madeOf(name: string): Zone | null {
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  } catch {
    return null
  }
  const asked = (second: number): number => {
    const parts = new Map(clock.formatToParts(second * 1000).map(({ type, value }) => [type, Number(value)]))
    const of = (part: Intl.DateTimeFormatPartTypes): number => parts.get(part) ?? 0
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / 60_000 - Math.floor(second / 60)
  }
  const byStretch = new Map<number, number | null>()
  return {
    name,
    offsetAt(second) {
      const stretch = Math.floor(second / 21_600)
      const held = byStretch.get(stretch)
      if (typeof held === 'number') return held
      if (held === null) return asked(second)
      const [first, last] = [asked(stretch * 21_600), asked(stretch * 21_600 + 21_599)]
      if (byStretch.size > 20_000) byStretch.clear()
      byStretch.set(stretch, first === last ? first : null)
      return first === last ? first : asked(second)
    },
  }
}

/** The instant of a clock on the wall in a zone; of an hour that happens twice the first. */
export function instantOf(wall: number, zone: Zone): number {
  const guess = wall - zone.offsetAt(wall) * 60
  const better = wall - zone.offsetAt(guess) * 60
  const earlier = wall - zone.offsetAt(better - 3600) * 60
  return earlier < better && earlier + zone.offsetAt(earlier) * 60 === wall ? earlier : better
}

/** An offset as FHIR writes it: `Z`, `+05:30`. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return 'Z'
  const size = Math.abs(minutes)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
