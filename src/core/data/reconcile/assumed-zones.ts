/** In which zone a side wrote days and times that do not say theirs: concluded from entries that can only be one another, and told as an assumption. */

import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { hash32 } from '../../random.ts'
import { noZones, type SideZones } from '../meaning/compare-times.ts'
import { hasClock, type Time } from '../meaning/time.ts'
import { offsetText, type Zone, zoneNamed } from '../meaning/zone.ts'
import type { Side } from '../source.ts'
import { bareOf, identityOf } from './identity.ts'
import { placeOfPatient } from './item-log.ts'
import type { LegacyItem, TargetItem } from './items.ts'

/** What a run takes for granted, with how far the data bear it out. */
export interface Assumption {
  readonly side: Side
  readonly zone: string
  readonly agree: number
  readonly of: number
  readonly words: string
}

export interface AssumedZones {
  readonly zones: SideZones
  readonly assumptions: readonly Assumption[]
}

/** Patients whose entries are looked at: those that stand first in the order of patients, whatever the order of the files. */
const mostPatients = 60
const mostEntries = 1200
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

interface Entry {
  readonly side: Side
  /** Table and code: only entries that agree in both can be one another. */
  readonly name: string
  readonly time: Time
}

/** The entries of some codes of a patient, all of each: which codes does not depend on the order in which they come. */
class SomeEntries {
  private readonly byCode = new Map<number, Entry[]>()
  private count = 0
  private limit = Number.POSITIVE_INFINITY

  add(entry: Entry): void {
    const place = hash32(entry.name, 0x7a6f)
    if (place >= this.limit) return
    const held = this.byCode.get(place) ?? []
    this.byCode.set(place, held)
    held.push(entry)
    this.count++
    while (this.count > mostEntries && this.byCode.size > 1) {
      const last = Math.max(...this.byCode.keys())
      this.count -= this.byCode.get(last)?.length ?? 0
      this.byCode.delete(last)
      this.limit = last
    }
  }

  list(): readonly Entry[] {
    return [...this.byCode.values()].flat()
  }
}

/** The patients whose entries are looked at, of those given. */
export function evidencePatients(patients: Iterable<string>): readonly string[] {
  const first: { readonly patient: string; readonly place: number }[] = []
  for (const patient of new Set(patients)) {
    const place = placeOfPatient(patient)
    if (first.length === mostPatients && place > (first.at(-1)?.place ?? 0)) continue
    first.push({ patient, place })
    first.sort((a, b) => a.place - b.place || compareText(a.patient, b.patient))
    first.length = Math.min(first.length, mostPatients)
  }
  return first.map(({ patient }) => patient)
}

/** Collects entries of a few patients while both sides are read. */
export class ZoneEvidence {
  private readonly patients = new Map<string, SomeEntries>()
  private readonly places = new Map<string, number>()
  private limit = Number.POSITIVE_INFINITY
  private last = ''
  private lastWanted = false

  /** Whether the entries of the patient are looked at; to be asked for every patient that is met. */
  wants(patient: string): boolean {
    if (patient === this.last) return this.lastWanted
    this.last = patient
    this.lastWanted = patient !== '' && this.isAmongFirst(patient)
    return this.lastWanted
  }

  private isAmongFirst(patient: string): boolean {
    if (this.places.has(patient)) return true
    const place = placeOfPatient(patient)
    if (place >= this.limit) return false
    this.places.set(patient, place)
    if (this.places.size > mostPatients) {
      const [farthest = ''] = [...this.places].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a))
      this.limit = this.places.get(farthest) ?? this.limit
      this.places.delete(farthest)
      this.patients.delete(farthest)
    }
    return this.places.has(patient)
  }

  add(patient: string, item: LegacyItem | TargetItem): void {
    if (item.table.isPatients || item.table.positions.onset.length === 0 || !this.wants(patient)) return
    const { tokens, time } = identityOf(item, noZones)
    if (time === null || time.precision === 'year' || time.precision === 'month') return
    // A clock without a zone is neither a day nor an instant.
    if (hasClock(time) && time.zone === null) return
    const held = this.patients.get(patient) ?? new SomeEntries()
    this.patients.set(patient, held)
    const [token = ''] = tokens
    held.add({ side: 'values' in item ? 'target' : 'legacy', name: `${item.table.index}\n${bareOf(token)}`, time })
  }

  settle(): AssumedZones {
    const [legacy, target] = (['legacy', 'target'] as const).map((side) => this.zoneOf(side))
    return {
      zones: legacy || target ? { legacy: legacy?.zone ?? null, target: target?.zone ?? null } : noZones,
      assumptions: [legacy, target].flatMap((one) => (one ? [one.assumption] : [])),
    }
  }

  /** Null where what is written agrees by itself, or too little is known. */
  private zoneOf(side: Side): { readonly zone: Zone; readonly assumption: Assumption } | null {
    const pairs = [...this.patients].sort(([a], [b]) => compareText(a, b)).flatMap(([, entries]) => pairsOf(entries.list(), side))
    if (pairs.length < fewest) return null
    const written = pairs.filter(({ written: own, zoned }) => agrees(own, zoned.second)).length
    if (written === pairs.length) return null
    const best = bestZone(pairs)
    if (best === null || best.agree <= written || best.agree < 0.9 * pairs.length) return null
    // A small gain may be chance, unless nothing is left that disagrees.
    if (best.agree < written + 0.05 * pairs.length && best.agree < pairs.length) return null
    const words = `Days and times of ${side === 'legacy' ? 'legacy' : 'the target'} that name no zone are read as ${best.zone.name}: ${best.agree} of ${counted(pairs.length, 'pair')} looked at agree. State zone=… or target-zone=… on the line to fix it.`
    return { zone: best.zone, assumption: { side, zone: best.zone.name, agree: best.agree, of: pairs.length, words } }
  }
}

interface TimePair {
  readonly written: Time
  readonly zoned: Time
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

/** Days beside the one entry of the other side, of the same code, that lies within a day and a half. A clock that is hours off is told as a shift: whether it is one nobody but a person knows. */
function pairsOf(entries: readonly Entry[], side: Side): TimePair[] {
  const others = new Map<string, Time[]>()
  for (const { side: from, name, time } of entries)
    if (from !== side && hasClock(time) && time.zone !== null) others.set(name, [...(others.get(name) ?? []), time])
  return entries.flatMap(({ side: from, name, time }) => {
    if (from !== side || hasClock(time)) return []
    const middle = time.second + day / 2
    const near = (others.get(name) ?? []).filter((one) => Math.abs(instant(one) - middle) <= 1.6 * day)
    const [zoned] = near
    return zoned !== undefined && near.length === 1 ? [{ written: time, zoned }] : []
  })
}

function instant({ second, zone }: Time): number {
  return second - (zone ?? 0) * 60
}

/** Whether a clock that shows `wall` shows the day that is written. */
function agrees(written: Time, wall: number): boolean {
  return Math.floor(wall / day) === Math.floor(written.second / day)
}

/** The zone that most pairs agree with; a fixed offset before one with summer times, of several equal offsets the middle one. */
function bestZone(pairs: readonly TimePair[]): { readonly zone: Zone; readonly agree: number } | null {
  const count = (zone: Zone): number => pairs.filter((pair) => agreesIn(zone, pair)).length
  const offsets = Array.from({ length: 53 }, (_, i) => (i - 24) * 30).flatMap((minutes) => zoneNamed(offsetText(minutes)) ?? [])
  const fixed = offsets.map((zone) => ({ zone, agree: count(zone) }))
  const most = Math.max(...fixed.map(({ agree }) => agree))
  const equal = fixed.filter(({ agree }) => agree === most)
  // Zones of half hours are few.
  const whole = equal.filter(({ zone }) => zone.offsetAt(0) % 60 === 0)
  const middle = whole[whole.length >> 1] ?? equal[equal.length >> 1] ?? null
  if (most === pairs.length) return middle
  const moving = named.flatMap((name) => zoneNamed(name) ?? []).map((zone) => ({ zone, agree: count(zone) }))
  const better = moving.reduce<{ readonly zone: Zone; readonly agree: number } | null>(
    (best, one) => (one.agree > (best?.agree ?? most) ? one : best),
    null,
  )
  return better ?? middle
}
