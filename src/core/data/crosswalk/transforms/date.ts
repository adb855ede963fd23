/** Dates in a stated order of parts become FHIR dates; what legacy left out stays out (precision is content). */
import type { Apply, Carried, Params, Transform } from '../carried.ts'

const orders = ['day-first', 'month-first', 'year-first'] as const
type Order = (typeof orders)[number]

const pattern = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/

function orderOf(params: Params): Order | null {
  const order = params.get('order') ?? 'year-first'
  return orders.find((one) => one === order) ?? null
}

/** A calendar date of the Gregorian calendar, or null. */
function day(year: string, month: string, date: string): string | null {
  const m = Number(month)
  const d = Number(date)
  if (year.length !== 4 || m < 1 || m > 12 || d < 1 || d > daysIn(Number(year), m)) return null
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** A time of day (FHIR R4 dateTime: 24:00 is none, a leap second is) and an offset of at most 14 hours. */
function isClock(hour: string, minute = '00', second = '00', zone = 'Z'): boolean {
  const [ahead = '0', minutes = '0'] = zone === 'Z' ? [] : zone.slice(1).split(':')
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60 && Number(ahead) <= 14 && Number(minutes) < 60
}

function bindOrder(order: Order, withTime: boolean, zone: string): Apply {
  return ([text = '']): Carried => {
    if (/^\d{4}$/.test(text)) return { kind: 'date', text, swapped: null }
    const found = pattern.exec(text)
    if (!found) return { kind: 'unmapped', text, why: `it is no date with the ${words[order]}` }
    const [, a = '', b = '', c = '', hour, minute, second, fraction = '', own] = found
    const yearFirst = a.length === 4
    const [year, first, last] = yearFirst ? [a, b, c] : [c, a, b]
    const [month, date] = yearFirst || order === 'month-first' ? [first, last] : [last, first]
    const whole = day(year, month, date)
    if (whole === null) return { kind: 'unmapped', text, why: `it is no date with the ${words[order]}` }
    if (hour !== undefined && !isClock(hour, minute, second, own))
      return { kind: 'unmapped', text, why: 'its time is none of a day: hours go to 23, minutes and seconds to 59' }
    const other = month === date ? null : day(year, date, month)
    const clock =
      withTime && hour !== undefined ? `T${hour.padStart(2, '0')}:${minute}:${second ?? '00'}${fraction}${own ?? zone}` : ''
    return { kind: 'date', text: whole + clock, swapped: other === null ? null : other + clock }
  }
}

const words: Record<Order, string> = { 'day-first': 'day first', 'month-first': 'month first', 'year-first': 'year first' }

export const date: Transform = {
  name: 'date',
  words: (params) => `date, ${words[orderOf(params) ?? 'year-first']}`,
  loss: 'possible',
  bind(params) {
    const order = orderOf(params)
    return order === null ? `date takes order=${orders.join(', ')}` : bindOrder(order, false, '')
  },
}

export const dateTime: Transform = {
  name: 'date-time',
  words: (params) => `date and time, ${words[orderOf(params) ?? 'year-first']}, zone ${params.get('zone') ?? 'not stated'}`,
  loss: 'none',
  bind(params) {
    const order = orderOf(params)
    const zone = params.get('zone') ?? ''
    if (order === null) return `date-time takes order=${orders.join(', ')}`
    if (zone !== '' && !/^(Z|[+-]\d{2}:\d{2})$/.test(zone)) return `date-time takes zone=Z or zone=+01:00, not ${zone}`
    return bindOrder(order, true, zone)
  },
}
