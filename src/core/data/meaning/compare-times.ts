/** Two times beside each other: instants as instants, a day by the local day, each no finer than the coarser side states. */
import type { EqualRule } from './rules.ts'
import { hasClock, precisions, type Time, timeOf } from './time.ts'
import { instantOf, type Zone } from './zone.ts'

/** Zones in which times of a side are read that do not say theirs; null where nothing is assumed. */
export interface SideZones {
  readonly legacy: Zone | null
  readonly target: Zone | null
}

export const noZones: SideZones = { legacy: null, target: null }

export type TimeRelation =
  | { readonly kind: 'equal'; readonly by: EqualRule }
  /** The target states less; `lost` says what. */
  | { readonly kind: 'coarser'; readonly lost: string }
  /** Seconds from legacy to target, on one scale; whole days where one side has no time of day. */
  | { readonly kind: 'apart'; readonly seconds: number }

/** Null where one of the two is no time. */
export function compareTimes(legacy: string, target: string, zones: SideZones): TimeRelation | null {
  const was = timeOf(legacy)
  const is = was === null ? null : timeOf(target)
  return was === null || is === null ? null : relationOf(was, is, zones)
}

export function relationOf(was: Time, is: Time, zones: SideZones): TimeRelation {
  if (hasClock(was) && hasClock(is)) return clocks(was, is, zones)
  const [from, to, zoned] = sameCalendar(was, is, zones)
  const level = Math.min(precisions.indexOf(was.precision), precisions.indexOf(is.precision))
  if (periodOf(from, level) !== periodOf(to, level)) return { kind: 'apart', seconds: dayOf(to) - dayOf(from) }
  if (is.precision === was.precision) return { kind: 'equal', by: 'same-instant' }
  if (precisions.indexOf(is.precision) > precisions.indexOf(was.precision))
    return { kind: 'equal', by: level < 2 ? 'same-period' : zoned ? 'same-day-in-zone' : 'same-day' }
  return { kind: 'coarser', lost: level < 2 ? 'part of the date' : 'the time of day' }
}

/** Seconds on the wall where the coarser side was written: an instant beside a day is read in the zone that is assumed for the day. */
function sameCalendar(was: Time, is: Time, zones: SideZones): readonly [from: number, to: number, zoned: boolean] {
  const at = (time: Time, zone: Zone | null): number =>
    zone === null || time.zone === null ? time.second : wallIn(time.second - time.zone * 60, zone)
  if (hasClock(is)) return [was.second, at(is, zones.legacy), zones.legacy !== null && is.zone !== null]
  if (hasClock(was)) return [at(was, zones.target), is.second, zones.target !== null && was.zone !== null]
  return [was.second, is.second, false]
}

function wallIn(instant: number, zone: Zone): number {
  return instant + zone.offsetAt(instant) * 60
}

const day = 86_400

function dayOf(second: number): number {
  return Math.floor(second / day) * day
}

function periodOf(second: number, level: number): number {
  if (level >= 2) return Math.floor(second / day)
  const date = new Date(second * 1000)
  return level === 0 ? date.getUTCFullYear() : date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function clocks(was: Time, is: Time, zones: SideZones): TimeRelation {
  const [from, to] = [instantIn(was, zones.legacy), instantIn(is, zones.target)]
  const oneScale = from !== null && to !== null
  const [a, b] = oneScale ? [from, to] : [was.second, is.second]
  const level = Math.min(precisions.indexOf(was.precision), precisions.indexOf(is.precision))
  if (!agree(a, was.fraction, b, is.fraction, level)) return { kind: 'apart', seconds: b - a }
  // A format may ask for seconds that nobody measured: a minute and the same minute with “:00” are one.
  const [before, after] = [exactness(was), exactness(is)]
  if (after < before)
    return { kind: 'coarser', lost: level === 3 ? 'its minutes' : level === 4 ? 'its seconds' : 'the fraction of its second' }
  if (was.zone !== null && is.zone === null && zones.target === null) return { kind: 'coarser', lost: 'its time zone' }
  if (after > before) return { kind: 'equal', by: 'finer-time' }
  return { kind: 'equal', by: oneScale ? 'same-instant' : was.zone === is.zone ? 'same-clock' : 'finer-time' }
}

/** Null where neither the time nor its side says the zone. */
export function instantIn({ second, zone }: Time, assumed: Zone | null): number | null {
  if (zone !== null) return second - zone * 60
  return assumed === null ? null : instantOf(second, assumed)
}

/** Zeros at the end state nothing: 10:00:00 is as exact as 10:00 says it is. */
function exactness({ second, fraction }: Time): number {
  return fraction !== '' ? 3 : second % 60 !== 0 ? 2 : second % 3600 !== 0 ? 1 : 0
}

/** Cut or rounded to the coarser of the two. */
function agree(a: number, fractionA: string, b: number, fractionB: string, level: number): boolean {
  if (level >= 6)
    return a === b && (fractionA.startsWith(fractionB) || fractionB.startsWith(fractionA) || isRounded(fractionA, fractionB))
  if (level === 5) return a === b || (a === b + 1 && fractionB >= '5') || (b === a + 1 && fractionA >= '5')
  const unit = level === 4 ? 60 : 3600
  const [cutA, cutB] = [Math.floor(a / unit), Math.floor(b / unit)]
  return cutA === cutB || Math.round(a / unit) === cutB || cutA === Math.round(b / unit)
}

function isRounded(a: string, b: string): boolean {
  const digits = Math.min(a.length, b.length)
  return Number(`0.${a}`).toFixed(digits) === Number(`0.${b}`).toFixed(digits)
}
