/** Whole days between dates that were passed in; core has no clock. */

const day = 86_400_000

/** Days from the first date to the second, by calendar day as written; RFC 3339 moments count by their own local date. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / day)
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
}

/** The same day so many months later, or the last day of that month where it has no such day. */
export function addMonths(date: string, months: number): string {
  const [year, month, dayOfMonth] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(dayOfMonth, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** Calendar months from the first date to the second: whole ones from day to same day, and the share of the one that is not whole. */
export function monthsBetween(from: string, to: string): number {
  const apart = 12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  const whole = daysBetween(addMonths(from, apart), to) < 0 ? apart - 1 : apart
  const since = addMonths(from, whole)
  return whole + daysBetween(since, to) / daysBetween(since, addMonths(from, whole + 1))
}

/** RFC 3339 with the offset of the machine, so that its day is that of the people there. */
export function momentText(now: Date): string {
  const offset = -now.getTimezoneOffset()
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, '0')
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19)
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}

/** True for a calendar date `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * `dd-MMM-yyyy` of an ISO day or moment, the same in every locale, so that nobody takes a month for a day (NHS CUI, date display). Partial
 * dates stay partial: `MMM-yyyy`, `yyyy`. Anything else is given back as it is.
 */
export function dayText(date: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date)
  if (!match) return date
  const [, year, month, day] = match
  const name = month === undefined ? undefined : months[Number(month) - 1]
  if (name === undefined) return year ?? date
  return day === undefined ? `${name}-${year}` : `${day}-${name}-${year}`
}
