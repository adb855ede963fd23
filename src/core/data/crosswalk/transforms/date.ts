/** Dates in a stated order of parts become FHIR dates; what legacy left out stays out (precision is content). */
<<<<<<< HEAD
import { instantOf, type Zone, zoneNamed } from '../../meaning/zone.ts'
=======
import { timeOf } from '../../meaning/time.ts'
import { instantOf, offsetText, type Zone, zoneNamed } from '../../meaning/zone.ts'
>>>>>>> 0b2f462 (data: assume a zone aloud, follow every way to name a patient)
import type { Apply, Carried, Params, Transform } from '../carried.ts'
import { type DateOrder, dateOrders, isDay, orderWords, readTime, type WrittenTime } from './date-text.ts'

function orderOf(params: Params): DateOrder | null {
  const order = params.get('order') ?? 'year-first'
  return dateOrders.find((one) => one === order) ?? null
}

/** `+02:00` of a clock on the wall; of an hour that is there twice the first. */
function offsetOf({ year, month, day, clock }: WrittenTime, zone: Zone): string {
  const wall = Date.parse(`${year}-${month}-${day}T${(clock ?? '').slice(0, 8).replace(/:60$/, ':59')}Z`) / 1000
  const minutes = zone.offsetAt(instantOf(wall, zone))
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

/** The day on which an instant fell in a zone. */
function dayIn(time: WrittenTime, zone: Zone): string {
  const instant = Date.parse(`${time.year}-${time.month}-${time.day}T${time.clock}${time.offset}`) / 1000
  return new Date((instant + zone.offsetAt(instant) * 60) * 1000).toISOString().slice(0, 10)
}

<<<<<<< HEAD
function bindOrder(order: DateOrder, withTime: boolean, zoneName: string, zone: Zone | null): Apply {
  return (cells): Carried => {
    const text = cells.filter((cell) => cell !== '').join(' ')
    const time = readTime(text, order)
    if (typeof time === 'string') return { kind: 'unmapped', text, why: time }
    const { year, month, day, clock, offset } = time
    if (month === null || day === null) return { kind: 'date', text: month === null ? year : `${year}-${month}`, swapped: null }
    // A count of seconds says no day; its zone does.
    if (!withTime && order.startsWith('epoch') && zone !== null) return { kind: 'date', text: dayIn(time, zone), swapped: null }
    const stated = (): string => (zone === null ? '' : zoneName.includes('/') ? offsetOf(time, zone) : zoneName)
    const end = withTime && clock !== null ? `T${clock}${offset ?? stated()}` : ''
    const other = month === day || !isDay(year, day, month) ? null : `${year}-${day}-${month}`
    return { kind: 'date', text: `${year}-${month}-${day}${end}`, swapped: other === null ? null : other + end }
  }
}

function bound(name: string, params: Params, withTime: boolean): Apply | string {
  const order = orderOf(params)
  if (order === null) return `${name} takes order=${dateOrders.join(', ')}`
  const named = params.get('zone') ?? ''
  const zone = named === '' ? null : zoneNamed(named)
  if (named !== '' && (zone === null || !/^(Z|[+-]\d{2}:\d{2}|.+\/.+)$/.test(named)))
    return `${name} takes zone=Z, zone=+01:00 or a name such as zone=Europe/Berlin, not ${named}`
  return bindOrder(order, withTime, named, zone)
}
=======
/** A time of day (FHIR R4 dateTime: 24:00 is none, a leap second is) and an offset of at most 14 hours. */
function isClock(hour: string, minute = '00', second = '00', zone = 'Z'): boolean {
  const [ahead = '0', minutes = '0'] = zone === 'Z' ? [] : zone.slice(1).split(':')
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60 && Number(ahead) <= 14 && Number(minutes) < 60
}

/** HL7 v2 timestamps, as many digits as are known; they have one order. */
const compact = /^\d{8}(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

function bindOrder(order: Order, withTime: boolean, zone: Zone | null): Apply {
  return ([given = '']): Carried => {
    const text = compact.test(given) && timeOf(given) !== null ? spread(given) : given
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
    const time = hour === undefined ? '' : `T${hour.padStart(2, '0')}:${minute}:${second ?? '00'}`
    const clock = withTime && time !== '' ? `${time}${fraction}${own ?? offsetOf(`${whole}${time}`, zone)}` : ''
    return { kind: 'date', text: whole + clock, swapped: other === null ? null : other + clock }
  }
}

/** `20120826141941+0200` as the parts of an ISO time. */
function spread(text: string): string {
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)?(\d\d)?(\.\d+)?)?(?:(Z)|([+-]\d\d):?(\d\d))?$/.exec(text)
  const [, year, month, date, hour, minute = '00', second, fraction = '', utc, ahead, minutes] = found ?? []
  const zone = utc ?? (ahead === undefined ? '' : `${ahead}:${minutes}`)
  const clock = hour === undefined ? '' : `T${hour}:${minute}${second === undefined ? '' : `:${second}${fraction}`}${zone}`
  return `${year}-${month}-${date}${clock}`
}

/** What the zone is ahead of UTC at that clock time, as FHIR writes it. */
function offsetOf(wall: string, zone: Zone | null): string {
  const time = zone === null ? null : timeOf(wall)
  return zone === null || time === null ? '' : offsetText(zone.offsetAt(instantOf(time.second, zone)))
}

const words: Record<Order, string> = { 'day-first': 'day first', 'month-first': 'month first', 'year-first': 'year first' }
>>>>>>> 0b2f462 (data: assume a zone aloud, follow every way to name a patient)

export const date: Transform = {
  name: 'date',
  words: (params) => `date, ${orderWords(orderOf(params) ?? 'year-first')}`,
  loss: 'possible',
<<<<<<< HEAD
  bind: (params) => bound('date', params, false),
=======
  bind(params) {
    const order = orderOf(params)
    return order === null ? `date takes order=${orders.join(', ')}` : bindOrder(order, false, null)
  },
>>>>>>> 0b2f462 (data: assume a zone aloud, follow every way to name a patient)
}

export const dateTime: Transform = {
  name: 'date-time',
  words: (params) => `date and time, ${orderWords(orderOf(params) ?? 'year-first')}, zone ${params.get('zone') ?? 'not stated'}`,
  loss: 'none',
<<<<<<< HEAD
  bind: (params) => bound('date-time', params, true),
=======
  bind(params) {
    const order = orderOf(params)
    const zone = params.get('zone') ?? ''
    if (order === null) return `date-time takes order=${orders.join(', ')}`
    const named = zone === '' ? null : zoneNamed(zone)
    if (zone !== '' && named === null) return `date-time takes zone=Z, zone=+01:00 or zone=Europe/Berlin, not ${zone}`
    return bindOrder(order, true, named)
  },
>>>>>>> 0b2f462 (data: assume a zone aloud, follow every way to name a patient)
}
