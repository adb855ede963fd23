/** Dates and times as FHIR R4 writes them (§2.24.0.1 Primitive Types), held against the real calendar. */

export type LexicalTrouble = { readonly code: 'data/fhir-lexical' | 'data/fhir-calendar'; readonly expected: string }

const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const dateTime = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?$/
const time = /^(\d{2}):(\d{2}):(\d{2})(\.\d+)?$/

const dateForm = 'a date: YYYY, YYYY-MM or YYYY-MM-DD'
const dateTimeForm = 'a date, or a time with seconds and zone: YYYY-MM-DDThh:mm:ss+zz:zz'
const instantForm = 'a full time with seconds and zone: YYYY-MM-DDThh:mm:ss+zz:zz'
const timeForm = 'a time of day without zone: hh:mm:ss'

/** Two digits as a number; something below zero where they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** True for a day that surely exists, as nearly all do; what is not sure is asked in full. */
export function isSureDay(text: string): boolean {
  const month = pair(text, 5)
  const day = pair(text, 8)
  return (
    pair(text, 0) > 0 &&
    pair(text, 2) >= 0 &&
    text.charCodeAt(4) === 45 &&
    month >= 1 &&
    month <= 12 &&
    text.charCodeAt(7) === 45 &&
    day >= 1 &&
    (day <= 28 || (day <= 30 && month !== 2))
  )
}

/** The same for a day with a time to the second, any fraction and a zone. */
export function isSureMoment(text: string): boolean {
  if (text.length < 20 || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return false
  const hour = pair(text, 11)
  const minute = pair(text, 14)
  const second = pair(text, 17)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false
  let at = 19
  if (text.charCodeAt(at) === 46) {
    const from = ++at
    while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
    if (at === from) return false
  }
  const sign = text.charCodeAt(at)
  if (sign === 90) return at + 1 === text.length && isSureDay(text)
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return false
  const hours = pair(text, at + 1)
  const minutes = pair(text, at + 4)
  return hours >= 0 && hours <= 13 && minutes >= 0 && minutes <= 59 && isSureDay(text)
}

/** `date`: year, month or day precision. */
export function dateTrouble(text: string): LexicalTrouble | null {
  if (text.length === 10 && isSureDay(text)) return null
  const parts = date.exec(text)
  return parts === null ? lexical(dateForm) : calendarTrouble(parts)
}

/** `dateTime`: partial dates, or a time that must have seconds and zone. */
export function dateTimeTrouble(text: string): LexicalTrouble | null {
  if (text.length === 10 ? isSureDay(text) : isSureMoment(text)) return null
  const parts = dateTime.exec(text)
  return parts === null ? lexical(dateTimeForm) : (calendarTrouble(parts) ?? clockTrouble(parts, 4))
}

/** `instant`: never partial. */
export function instantTrouble(text: string): LexicalTrouble | null {
  if (isSureMoment(text)) return null
  const parts = dateTime.exec(text)
  if (parts === null || parts[4] === undefined) return lexical(instantForm)
  return calendarTrouble(parts) ?? clockTrouble(parts, 4)
}

/** `time`: no zone, 24:00 does not exist. */
export function timeTrouble(text: string): LexicalTrouble | null {
  const parts = time.exec(text)
  return parts === null ? lexical(timeForm) : clockTrouble(parts, 1)
}

function lexical(expected: string): LexicalTrouble {
  return { code: 'data/fhir-lexical', expected }
}

function calendarTrouble(parts: RegExpExecArray): LexicalTrouble | null {
  const year = Number(parts[1])
  const month = Number(parts[2] ?? '1')
  const day = Number(parts[3] ?? '1')
  if (year === 0) return { code: 'data/fhir-calendar', expected: 'a year from 0001' }
  if (month < 1 || month > 12) return { code: 'data/fhir-calendar', expected: 'a month from 01 to 12' }
  const days = daysIn(year, month)
  return day < 1 || day > days
    ? { code: 'data/fhir-calendar', expected: `a day from 01 to ${days}, as the month has ${days} days` }
    : null
}

/** Second 60 is a leap second and allowed; the zone reaches 14:00 (XML Schema dateTime). */
function clockTrouble(parts: RegExpExecArray, from: number): LexicalTrouble | null {
  if (parts[from] === undefined) return null
  const fits = Number(parts[from]) < 24 && Number(parts[from + 1]) < 60 && Number(parts[from + 2]) <= 60
  if (!fits) return { code: 'data/fhir-calendar', expected: 'a time from 00:00:00 to 23:59:59' }
  const zone = parts[from + 4]
  if (zone === undefined || zone === 'Z') return null
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return minutes > 840 || Number(zone.slice(4)) > 59
    ? { code: 'data/fhir-calendar', expected: 'a zone from -14:00 to +14:00' }
    : null
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
