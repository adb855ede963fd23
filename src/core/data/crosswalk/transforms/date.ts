/** Dates in a stated order of parts become FHIR dates; what legacy left out stays out (precision is content). */
import { instantOf, type Zone, zoneNamed } from '../../meaning/zone.ts'
import type { Apply, Carried, Params, Transform } from '../../model/carried.ts'
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

export const date: Transform = {
  name: 'date',
  words: (params) => `date, ${orderWords(orderOf(params) ?? 'year-first')}`,
  loss: 'possible',
  bind: (params) => bound('date', params, false),
}

export const dateTime: Transform = {
  name: 'date-time',
  words: (params) => `date and time, ${orderWords(orderOf(params) ?? 'year-first')}, zone ${params.get('zone') ?? 'not stated'}`,
  loss: 'none',
  bind: (params) => bound('date-time', params, true),
}
