/** Calendar days as text, and the ways old systems print them. */

/** `YYYY-MM-DD`. */
export type Day = string

export function addDays(day: Day, days: number): Day {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)) + days))
    .toISOString()
    .slice(0, 10)
}

/** DD/MM/YYYY; a year alone stays a year. */
export function dayFirst(day: Day): string {
  return day.length === 4 ? day : `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** MM/DD/YYYY; a year alone stays a year. */
export function monthFirst(day: Day): string {
  return day.length === 4 ? day : `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}`
}

/** The day that results when day and month change places, or null where that is no other date. */
export function swapped(day: Day): Day | null {
  const month = day.slice(8, 10)
  if (day.length !== 10 || Number(month) > 12 || month === day.slice(5, 7)) return null
  return `${day.slice(0, 4)}-${month}-${day.slice(5, 7)}`
}
