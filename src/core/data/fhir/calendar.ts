/** Dates and times as FHIR R4 writes them (§2.24.0.1 Primitive Types), held against the real calendar. */

export type LexicalTrouble = { readonly code: 'data/fhir-lexical' | 'data/fhir-calendar'; readonly expected: string }

const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const dateTime = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?$/
const time = /^(\d{2}):(\d{2}):(\d{2})(\.\d+)?$/

const dateForm = 'a date: YYYY, YYYY-MM or YYYY-MM-DD'
const dateTimeForm = 'a date, or a time with seconds and zone: YYYY-MM-DDThh:mm:ss+zz:zz'
const instantForm = 'a full time with seconds and zone: YYYY-MM-DDThh:mm:ss+zz:zz'
const timeForm = 'a time of day without zone: hh:mm:ss'

/** `date`: year, month or day precision. */
export function dateTrouble(text: string): LexicalTrouble | null {
  const parts = date.exec(text)
  return parts === null ? lexical(dateForm) : calendarTrouble(parts)
}

/** `dateTime`: partial dates, or a time that must have seconds and zone. */
export function dateTimeTrouble(text: string): LexicalTrouble | null {
  const parts = dateTime.exec(text)
  return parts === null ? lexical(dateTimeForm) : (calendarTrouble(parts) ?? clockTrouble(parts, 4))
}

/** `instant`: never partial. */
export function instantTrouble(text: string): LexicalTrouble | null {
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
