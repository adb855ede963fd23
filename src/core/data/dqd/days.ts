/** Calendar days as whole numbers, and the closed set of SQL texts in which the definitions write their bounds. */
import { daysIn } from '../../values/calendar.ts'

/** Days since 01-Jan-1970 of the proleptic Gregorian calendar; null where the text starts with no real day. */
export function dayOf(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return parts ? dayFrom(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null
}

/** Null where there is no such day. */
export function dayFrom(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  // Years counted from March put the leap day at the end (Hinnant, "chrono-compatible low-level date algorithms").
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468
}

export type Bound = { readonly kind: 'day'; readonly day: number } | { readonly kind: 'number'; readonly value: number }

/** `'19500101'`, `DATEADD(dd,1,GETDATE())`, `YEAR(GETDATE())+1` and plain numbers; null for any other text. `asOf` stands for today. */
export function boundOf(text: string, asOf: string): Bound | null {
  const literal = /^'(\d{4}-?\d{2}-?\d{2})'$/.exec(text)
  if (literal) return ofDay(dayOf(literal[1] ?? ''))
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: 'number', value: Number(text) }
  const today = dayOf(asOf)
  const later = /^DATEADD\(dd,\s*(-?\d+),\s*GETDATE\(\)\)$/i.exec(text)
  if (later && today !== null) return ofDay(today + Number(later[1]))
  const year = /^YEAR\(GETDATE\(\)\)\s*(?:([+-])\s*(\d+))?$/i.exec(text)
  if (year) return { kind: 'number', value: Number(asOf.slice(0, 4)) + Number(`${year[1] ?? '+'}${year[2] ?? '0'}`) }
  return null
}

function ofDay(day: number | null): Bound | null {
  return day === null ? null : { kind: 'day', day }
}
