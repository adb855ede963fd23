/** Days as whole numbers in the proleptic Gregorian calendar, so that days can be counted and compared. */
import { daysIn } from '../../values/calendar.ts'

/** Days since 1 March of the year 0. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const m = month <= 2 ? month + 9 : month - 3
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
}

/** Days before the first of March of the year before each year, and before each month counted from March: sums of both are day numbers. */
const yearDays = Int32Array.from({ length: 10_001 }, (_, year) => dayNumber(year - 1, 3, 1))
const monthDays = Int32Array.from({ length: 13 }, (_, month) =>
  month === 0 ? 0 : dayNumber(1, month, 1) - dayNumber(month <= 2 ? 0 : 1, 3, 1) - 1,
)

/** Calendar year of a day number. */
export function yearOf(day: number): number {
  let year = Math.floor((day + 306) / 365.2425)
  while (dayNumber(year + 1, 1, 1) <= day) year++
  while (dayNumber(year, 1, 1) > day) year--
  return year
}

/** Number of the day written in digits: year at `start`, month and day of two digits each at their places; -1 where there is no such day. */
export function writtenDay(bytes: Uint8Array, start: number, monthAt: number, dayAt: number): number {
  const a = (bytes[start] as number) - 48
  const b = (bytes[start + 1] as number) - 48
  const c = (bytes[start + 2] as number) - 48
  const d = (bytes[start + 3] as number) - 48
  const m = (bytes[monthAt] as number) - 48
  const n = (bytes[monthAt + 1] as number) - 48
  const x = (bytes[dayAt] as number) - 48
  const y = (bytes[dayAt + 1] as number) - 48
  // Digits are judged together: one that is none makes the sum negative.
  const bad = a | (9 - a) | b | (9 - b) | c | (9 - c) | d | (9 - d) | m | (9 - m) | n | (9 - n) | x | (9 - x) | y | (9 - y)
  return bad < 0 ? -1 : dayOf(a * 1000 + b * 100 + c * 10 + d, m * 10 + n, x * 10 + y)
}

/** Number of a day of the years 0 to 9999; -1 where the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysIn(year, month))) return -1
  return (yearDays[month <= 2 ? year : year + 1] as number) + (monthDays[month] as number) + day
}
