/** Calendar days as text, and the ways old systems print them. */

/** `YYYY-MM-DD`. */
export type Day = string

/** Proleptic Gregorian calendar by counting days of a year that begins in March; a Date per day would cost more than the rest of a patient. */
export function addDays(day: Day, days: number): Day {
  return dayOf(numberOf(day) + days)
}

const daysIn400Years = 146097

/** Days since 1 March of the year 0. */
function numberOf(day: Day): number {
  const month = (digits(day, 5, 7) + 9) % 12
  const year = digits(day, 0, 4) - (month > 9 ? 1 : 0)
  return firstOf(year) + beforeMonth(month) + digits(day, 8, 10) - 1
}

function dayOf(number: number): Day {
  let year = Math.floor((number * 400) / daysIn400Years) + 1
  while (firstOf(year) > number) year--
  const inYear = number - firstOf(year)
  let month = 11
  while (beforeMonth(month) > inYear) month--
  const calendar = ((month + 2) % 12) + 1
  return `${String(month > 9 ? year + 1 : year).padStart(4, '0')}-${twoDigits(calendar)}-${twoDigits(inYear - beforeMonth(month) + 1)}`
}

function firstOf(year: number): number {
  return year * 365 + (year >> 2) - Math.floor(year / 100) + Math.floor(year / 400)
}

/** Days before a month of a year that begins in March. */
function beforeMonth(month: number): number {
  return Math.floor((153 * month + 2) / 5)
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
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
