/** Two times beside each other (FHIR R4 dateTime, or date and time of a table): the same moment, or what one of them states that the other does not. */

/** `zone-made-up` and `more-exact`: the target states what legacy does not; `zone-lost` and `less-exact`: the other way round. */
export type MomentRelation = 'same' | 'zone-made-up' | 'zone-lost' | 'more-exact' | 'less-exact'

interface Moment {
  /** Minutes since 1970 of the clock on the wall. */
  readonly minute: number
  /** Null where only hours and minutes are stated. */
  readonly second: number | null
  /** Fraction of a second without trailing zeros; empty where none is stated. */
  readonly fraction: string
  /** Minutes ahead of UTC; null where no zone is stated. */
  readonly zone: number | null
}

const pattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?$/

function momentOf(text: string): Moment | null {
  const found = pattern.exec(text)
  if (!found) return null
  const [, day = '', hours = '', minutes = '', second, fraction = '', utc, sign, zoneHours, zoneMinutes] = found
  const days = Date.parse(`${day}T00:00:00Z`) / 60_000
  if (Number.isNaN(days)) return null
  const ahead = (sign === '-' ? -1 : 1) * (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0))
  return {
    minute: days + Number(hours) * 60 + Number(minutes),
    second: second === undefined ? null : Number(second),
    fraction: fraction.replace(/0+$/, ''),
    zone: utc === undefined && sign === undefined ? null : ahead,
  }
}

/** How the target time stands to the expected one; null where they are different moments, or no times at all. */
export function momentRelation(expected: string, found: string): MomentRelation | null {
  if (expected === found) return 'same'
  const [was, is] = [momentOf(expected), momentOf(found)]
  if (!was || !is) return null
  const bothZoned = was.zone !== null && is.zone !== null
  const apart = is.minute - was.minute - (bothZoned ? (is.zone ?? 0) - (was.zone ?? 0) : 0)
  if (apart !== 0) return null
  const exactness = secondsRelation(was, is)
  if (exactness === null || was.zone === is.zone || bothZoned) return exactness
  return was.zone === null ? 'zone-made-up' : 'zone-lost'
}

/** A minute without seconds and the same minute with `:00` are one: a format may ask for seconds that nobody measured. */
function secondsRelation(was: Moment, is: Moment): 'same' | 'more-exact' | 'less-exact' | null {
  const [from, to] = [was.second ?? 0, is.second ?? 0]
  if (from === to && was.fraction === is.fraction) return 'same'
  if (from === to && was.fraction === '') return 'more-exact'
  if (from === to && is.fraction === '') return 'less-exact'
  if (was.second === null) return 'more-exact'
  return is.second === null ? 'less-exact' : null
}

/** The day of a date or of a moment, the latter in UTC, so that one moment has one day whatever its zone. */
export function utcDay(text: string): string {
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : null
  return at !== null && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : text.slice(0, 10)
}
