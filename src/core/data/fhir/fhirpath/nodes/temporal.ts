/** Dates and times of stated precision, compared as FHIRPath asks: decided at the first part that differs (FHIRPath N1 §6.2). */

import { isSureDay, isSureMoment } from '../../definitions/calendar.ts'

export interface Temporal {
  readonly kind: 'date' | 'time'
  /** Year, month, day, hour, minute, second with fraction; or hour, minute, second. As many as are stated. */
  readonly parts: readonly number[]
  /** Minutes east of UTC; null where no zone is stated. */
  readonly zone: number | null
}

const dateForm = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[-+]\d\d:\d\d)?)?)?)?$/
const timeForm = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/

/** Null where the text is neither a date nor a time. */
export function temporalOf(text: string): Temporal | null {
  const date = dateForm.exec(text)
  if (date) return { kind: 'date', parts: stated(date.slice(1, 7)), zone: zoneOf(date[7]) }
  const time = timeForm.exec(text)
  return time ? { kind: 'time', parts: stated(time.slice(1, 4)), zone: null } : null
}

/** Two days, or two moments written alike; null where that does not decide. */
export function compareWritten(a: string, b: string): number | null {
  if (a.length !== b.length) return null
  const areDays = a.length === 10
  if (areDays ? !(isSureDay(a) && isSureDay(b)) : !(isSureMoment(a) && isSureMoment(b))) return null
  if (!areDays && !(a.endsWith('Z') ? b.endsWith('Z') : a.slice(-6) === b.slice(-6)))
    // To the second in two zones, as in summer and winter; fractions finer than milliseconds would be lost.
    return a.charCodeAt(19) === 46 || b.charCodeAt(19) === 46 ? null : Date.parse(a) - Date.parse(b)
  return a < b ? -1 : a > b ? 1 : 0
}

function stated(parts: readonly (string | undefined)[]): number[] {
  return parts.filter((part) => part !== undefined).map(Number)
}

function zoneOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (text === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6))
  return text[0] === '-' ? -minutes : minutes
}

/** Negative, zero or positive; null where the stated parts do not decide, or where only one side has a zone. */
export function compareTemporal(a: Temporal, b: Temporal): number | null {
  if (a.kind !== b.kind) return null
  const [left, right] = a.zone !== null && b.zone !== null ? [inUtc(a), inUtc(b)] : [a, b]
  for (let i = 0; i < Math.min(left.parts.length, right.parts.length); i++) {
    const difference = (left.parts[i] as number) - (right.parts[i] as number)
    // With a zone on one side only, the local day of the other may be a day off.
    if (difference !== 0)
      return (a.zone === null) === (b.zone === null) || i < 2 || a.kind === 'time' ? difference : dayApart(i, difference)
  }
  if (left.parts.length !== right.parts.length) return null
  return (a.zone === null) === (b.zone === null) || left.parts.length <= 3 ? 0 : null
}

/** A difference in days counts when it is larger than any offset between zones; one in hours never does. */
function dayApart(part: number, difference: number): number | null {
  return part === 2 && Math.abs(difference) > 1 ? difference : null
}

function inUtc(temporal: Temporal): Temporal {
  const { parts, zone } = temporal
  if (zone === null || zone === 0 || parts.length < 5) return temporal
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts
  const at = new Date(Date.UTC(2000, month - 1, day, hour, minute - zone))
  at.setUTCFullYear(at.getUTCFullYear() + year - 2000)
  const whole = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()]
  return { ...temporal, parts: [...whole, ...parts.slice(5)], zone: 0 }
}

const steps: ReadonlyMap<string, readonly [part: number, factor: number]> = new Map([
  ['year', [0, 1]],
  ['month', [1, 1]],
  ['week', [2, 7]],
  ['day', [2, 1]],
  ['hour', [3, 1]],
  ['minute', [4, 1]],
  ['second', [5, 1]],
])

/** A date with a calendar duration added, kept at its own precision; null where the unit is none of the calendar. */
export function addDuration(text: string, amount: number, unit: string): string | null {
  const temporal = temporalOf(text)
  const step = steps.get(unit.replace(/s$/, ''))
  if (temporal?.kind !== 'date' || !step || !Number.isFinite(amount)) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = temporal.parts
  const whole = Math.trunc(amount) * step[1]
  const moved = [year, month, day, hour, minute, second].map((part, i) => (i === step[0] ? part + whole : part))
  const [y = 0, m = 1, d = 1, h = 0, n = 0, s = 0] = moved
  const first = new Date(Date.UTC(y, m - 1, 1))
  // The last day of a month stays a last day: 31-Jan plus a month is 28-Feb.
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const at = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), step[0] < 2 ? Math.min(d, last) : d, h, n, Math.floor(s)),
  )
  // Years that four digits can not write.
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 0 || at.getUTCFullYear() > 9999) return null
  const iso = at.toISOString()
  const length = [4, 7, 10, 13, 16, 19][temporal.parts.length - 1] ?? 19
  const zone = /(?:Z|[-+]\d\d:\d\d)$/.exec(text)?.[0] ?? ''
  return iso.slice(0, length) + (temporal.parts.length > 3 ? zone : '')
}
