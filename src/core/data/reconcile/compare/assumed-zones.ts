/** In which zone a side wrote days and times that do not say theirs: concluded from entries that can only be one another, and told as an assumption. */

import { counted } from '../../../counted.ts'
import { noZones, type SideZones } from '../../meaning/compare-times.ts'
import { hasClock, type Time } from '../../meaning/time.ts'
import { instantOf, offsetText, type Zone, zoneNamed } from '../../meaning/zone.ts'
import type { Side } from '../../model/source.ts'
import { instant, pairsOf, type TimeEntry, type TimePair } from './time-entries.ts'

/** What a run takes for granted, with how far the data bear it out. */
export interface Assumption {
  readonly side: Side
  /** A name of the IANA database or an offset; “as written” where clocks are compared as they show. */
  readonly zone: string
  readonly agree: number
  readonly of: number
  readonly words: string
}

export interface AssumedZones {
  readonly zones: SideZones
  readonly assumptions: readonly Assumption[]
}

const fewest = 10
const day = 86_400

/** Zones with summer times, one for each rule in use today (IANA time zone database). */
const named: readonly string[] = [
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'Asia/Jerusalem',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Halifax',
  'America/St_Johns',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Nuuk',
  'Atlantic/Azores',
  'Australia/Sydney',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
]

/** @param patients the entries of each patient that is looked at, in an order that does not depend on that of the files */
export function assumedZones(patients: readonly (readonly TimeEntry[])[]): AssumedZones {
  const [legacy, target] = (['legacy', 'target'] as const).map((side) => zoneOf(side, patients))
  const asWritten = [legacy ? null : asWrittenOn('legacy', patients), target ? null : asWrittenOn('target', patients)]
  return {
    zones: legacy || target ? { legacy: legacy?.zone ?? null, target: target?.zone ?? null } : noZones,
    assumptions: [legacy?.assumption, target?.assumption, ...asWritten].flatMap((one) => (one ? [one] : [])),
  }
}

/** Clocks without a zone beside clocks with one that show the same: that they mean the same moment is taken for granted. Null where there are none. */
function asWrittenOn(side: Side, patients: readonly (readonly TimeEntry[])[]): Assumption | null {
  let [agree, of] = [0, 0]
  for (const entries of patients) {
    const walls = new Set<string>()
    const beside = new Set<string>()
    for (const { side: from, name, times } of entries)
      for (const { field, time } of times) {
        if (from === side || !hasClock(time) || time.zone === null) continue
        walls.add(`${name}\n${field}\n${time.second}`)
        beside.add(`${name}\n${field}`)
      }
    for (const { side: from, name, times } of entries)
      for (const { field, time } of times) {
        if (from !== side || !hasClock(time) || time.zone !== null || !beside.has(`${name}\n${field}`)) continue
        of++
        if (walls.has(`${name}\n${field}\n${time.second}`)) agree++
      }
  }
  if (agree === 0) return null
  const who = side === 'legacy' ? 'legacy' : 'the target'
  const words = `Times of ${who} that name no zone are compared as the clock shows them with those of the other side that name one: ${agree} of ${counted(of, 'time')} looked at show the same. State zone=… or target-zone=… on the line to fix it.`
  return { side, zone: 'as written', agree, of, words }
}

/** Null where what is written agrees by itself, or too little is known. */
function zoneOf(
  side: Side,
  patients: readonly (readonly TimeEntry[])[],
): { readonly zone: Zone; readonly assumption: Assumption } | null {
  const pairs = patients.flatMap((entries) => pairsOf(entries, side))
  if (pairs.length < fewest) return null
  const written = pairs.filter(({ written: own, zoned }) => agrees(own, zoned.second)).length
  if (written === pairs.length) return null
  const best = bestZone(pairs)
  if (best === null || best.agree <= written || best.agree < 0.9 * pairs.length) return null
  // A small gain may be chance, unless nothing is left that disagrees.
  if (best.agree < written + 0.05 * pairs.length && best.agree < pairs.length) return null
  if (!isShownBy(pairs, best.zone)) return null
  if (patients.reduce((sum, entries) => sum + shownAsWritten(entries, side, best.zone), 0) > 0) return null
  const words = `Days and times of ${side === 'legacy' ? 'legacy' : 'the target'} that name no zone are read as ${best.zone.name}: ${best.agree} of ${counted(pairs.length, 'pair')} looked at agree, and ${written} as they are written. State zone=… or target-zone=… on the line to fix it.`
  return { zone: best.zone, assumption: { side, zone: best.zone.name, agree: best.agree, of: pairs.length, words } }
}

/** Midnight by its own offset is a day that was given a clock: a day beside another is no sign of a zone. */
function isMidnight({ second, fraction }: Time): boolean {
  return second % day === 0 && fraction === ''
}

/** Whether the day that is written is that of the moment, on a clock of the zone. */
function agreesIn(zone: Zone, { written, zoned }: TimePair): boolean {
  const moment = instant(zoned)
  return agrees(written, isMidnight(zoned) ? zoned.second : moment + zone.offsetAt(moment) * 60)
}

/** Days of one column that may all have moved by chance. */
const fewestOfColumn = 5

/**
 * False where most of what only the zone explains is days that were loaded a day off, for all that anybody knows:
 * a shift moves every day of a column, a zone those alone whose moments lie beyond midnight, or all of a column that was given the midnight of the zone.
 */
function isShownBy(pairs: readonly TimePair[], zone: Zone): boolean {
  const columns = new Map<string, { stayed: number; moved: number; atMidnight: number }>()
  for (const pair of pairs) {
    if (!agreesIn(zone, pair)) continue
    const column = columns.get(pair.column) ?? { stayed: 0, moved: 0, atMidnight: 0 }
    columns.set(pair.column, column)
    if (agrees(pair.written, pair.zoned.second)) column.stayed++
    else {
      column.moved++
      if (isMidnightIn(zone, pair.zoned)) column.atMidnight++
    }
  }
  let [all, doubtful] = [0, 0]
  for (const { stayed, moved, atMidnight } of columns.values()) {
    all += moved
    if (moved >= fewestOfColumn && stayed * 10 < moved) doubtful += moved - atMidnight
  }
  return doubtful * 2 <= all
}

/** The first hour counts, because a fixed offset is an hour off for half of the year; noon is written for days without a clock. */
function isMidnightIn(zone: Zone, zoned: Time): boolean {
  const moment = instant(zoned)
  const wall = moment + zone.offsetAt(moment) * 60
  return zoned.second % day !== day / 2 && wall % 3600 === 0 && wall - Math.floor(wall / day) * day <= 3600
}

/** How many more clocks without a zone show what the zoned ones of the other side show on the wall than what the zone would make of them. */
function shownAsWritten(entries: readonly TimeEntry[], side: Side, zone: Zone): number {
  const walls = new Set<string>()
  const instants = new Set<string>()
  for (const { side: from, name, time } of entries) {
    if (from === side || time === null || !hasClock(time) || time.zone === null) continue
    walls.add(`${name}\n${time.second}`)
    instants.add(`${name}\n${instant(time)}`)
  }
  let asWritten = 0
  let inZone = 0
  for (const { side: from, name, time } of entries) {
    if (from !== side || time === null || !hasClock(time) || time.zone !== null) continue
    if (walls.has(`${name}\n${time.second}`)) asWritten++
    if (instants.has(`${name}\n${instantOf(time.second, zone)}`)) inZone++
  }
  return asWritten - inZone
}

/** Whether a clock that shows `wall` shows the day that is written. */
function agrees(written: Time, wall: number): boolean {
  return Math.floor(wall / day) === Math.floor(written.second / day)
}

interface Explained {
  readonly zone: Zone
  /** Pairs that agree in it. */
  readonly agree: number
}

/** The offset that most pairs agree with; where none explains all of them, a zone with summer times that explains more. */
function bestZone(pairs: readonly TimePair[]): Explained | null {
  const explained = (name: string): Explained[] => {
    const zone = zoneNamed(name)
    return zone === null ? [] : [{ zone, agree: pairs.filter((pair) => agreesIn(zone, pair)).length }]
  }
  const fixed = offsets.flatMap((minutes) => explained(offsetText(minutes)))
  const most = Math.max(...fixed.map(({ agree }) => agree))
  const usual = usualOffset(pairs)
  const [nearest = null] = fixed
    .filter(({ agree }) => agree === most)
    .toSorted((a, b) => unlikeliness(a.zone, usual) - unlikeliness(b.zone, usual))
  if (most === pairs.length) return nearest
  return named.flatMap(explained).reduce((best, one) => (one.agree > (best?.agree ?? most) ? one : best), nearest)
}

/** Minutes ahead of UTC: every quarter of an hour from -12:00 to +14:00. */
const offsets = Array.from({ length: 105 }, (_, i) => (i - 48) * 15)

/** The offset that moments are most often written with; of several the one nearest to UTC, whatever the order of the files. */
function usualOffset(pairs: readonly TimePair[]): number {
  const counts = new Map<number, number>()
  for (const { zoned } of pairs) counts.set(zoned.zone ?? 0, (counts.get(zoned.zone ?? 0) ?? 0) + 1)
  const [[usual] = [0]] = [...counts].toSorted(([a, m], [b, n]) => n - m || Math.abs(a) - Math.abs(b) || a - b)
  return usual
}

/** Of offsets that explain as much: the one that is written, then full hours before half and quarter hours, then the nearest to it. */
function unlikeliness(zone: Zone, usual: number): number {
  const offset = zone.offsetAt(0)
  if (offset === usual) return 0
  const part = offset % 60 === 0 ? 0 : offset % 30 === 0 ? 1 : 2
  return part * 10_000 + Math.abs(offset - usual)
}
