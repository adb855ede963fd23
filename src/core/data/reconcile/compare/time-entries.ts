/** Times of some patients on both sides, and days beside the moments that they can only be: what shows the zone in which a side wrote its days. */

import { hash32 } from '../../../random.ts'
import { noZones } from '../../meaning/compare-times.ts'
import { hasClock, type Time, timeOf } from '../../meaning/time.ts'
import type { Side } from '../../model/source.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import { bareOf, identityOf } from './identity.ts'

/** Entries of a patient that are looked at. */
const mostEntries = 1200
const day = 86_400

export interface TimeEntry {
  readonly side: Side
  /** Table and code: only entries that agree in both can be one another. */
  readonly name: string
  /** Since when it is; null for the patient, who is nobody else. */
  readonly time: Time | null
  /** Its times, start included, with their position in `table.fields`; none whose line states a zone. */
  readonly times: readonly FieldTime[]
}

interface FieldTime {
  readonly field: number
  readonly time: Time
}

/** The entries of some codes of a patient, all of each: which codes does not depend on the order in which they come. */
export class SomeEntries {
  private readonly byCode = new Map<number, TimeEntry[]>()
  private count = 0
  private limit = Number.POSITIVE_INFINITY

  add(entry: TimeEntry): void {
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

  list(): readonly TimeEntry[] {
    return [...this.byCode.values()].flat()
  }
}

/** Null where the item says nothing of zones. */
export function timeEntryOf(item: LegacyItem | TargetItem): TimeEntry | null {
  const { table } = item
  const side = 'values' in item ? 'target' : 'legacy'
  if (table.isPatients) return { side, name: `${table.index}`, time: null, times: timesOf(item) }
  if (table.positions.onset.length === 0) return null
  const { tokens, time } = identityOf(item, noZones)
  if (time === null || time.precision === 'year' || time.precision === 'month') return null
  const [token = ''] = tokens
  return { side, name: `${table.index}\n${bareOf(token)}`, time, times: timesOf(item) }
}

/** The start of an entry places it, whatever its line states. Of rows that make one record only the start is the record's own. */
function timesOf(item: LegacyItem | TargetItem): FieldTime[] {
  const { fields, positions } = item.table
  const isOneOfSeveral = !('values' in item) && item.joins !== undefined
  return fields.flatMap(({ tuning }, field) => {
    const isStated = tuning.legacyZone !== null || tuning.targetZone !== null
    if ((isStated || isOneOfSeveral) && !positions.onset.includes(field)) return []
    const text = textAt(item, field)
    // Eight characters make the shortest day.
    const time = text.length < 8 ? null : timeOf(text)
    return time === null ? [] : [{ field, time }]
  })
}

function textAt(item: LegacyItem | TargetItem, i: number): string {
  if ('values' in item) {
    const [value, another] = item.values[i] ?? []
    return typeof value === 'string' && another === undefined ? value : ''
  }
  const carried = item.carried[i]
  return carried?.kind === 'date' || carried?.kind === 'text' ? carried.text : ''
}

/** A day or a moment, and on the other side a moment with its offset. */
export interface TimePair {
  /** Table and field, the same for all pairs of one column. */
  readonly column: string
  readonly written: Time
  readonly zoned: Time
}

/**
 * Days of a side beside the moments of the other: all times of an entry and of the one entry of the same code that lies within a day and a half.
 * A clock that is hours off is told as a shift: whether it is one nobody but a person knows.
 */
export function pairsOf(entries: readonly TimeEntry[], side: Side): TimePair[] {
  const others = new Map<string, TimeEntry[]>()
  for (const entry of entries) {
    if (entry.side === side) continue
    const held = others.get(entry.name) ?? []
    others.set(entry.name, held)
    held.push(entry)
  }
  return entries.flatMap((entry) => {
    if (entry.side !== side || !entry.times.some(({ time }) => isDay(time))) return []
    const near = (others.get(entry.name) ?? []).filter(({ time }) => isNear(entry.time, time))
    const [other] = near
    return other !== undefined && near.length === 1 ? daysBeside(entry, other) : []
  })
}

function daysBeside({ name, times }: TimeEntry, other: TimeEntry): TimePair[] {
  const [table = ''] = name.split('\n', 1)
  return times.flatMap(({ field, time: written }) => {
    const zoned = other.times.find((one) => one.field === field)?.time
    if (zoned === undefined || zoned.zone === null || !hasClock(zoned) || !isDay(written) || !isNear(written, zoned)) return []
    return [{ column: `${table}\n${field}`, written, zoned }]
  })
}

function isDay({ precision }: Time): boolean {
  return precision === 'day'
}

function isNear(one: Time | null, other: Time | null): boolean {
  return one === other || (one !== null && other !== null && Math.abs(middleOf(one) - middleOf(other)) <= 1.6 * day)
}

function middleOf(time: Time): number {
  return isDay(time) ? time.second + day / 2 : instant(time)
}

/** Seconds since 1970; by the clock on the wall where no zone is written. */
export function instant({ second, zone }: Time): number {
  return second - (zone ?? 0) * 60
}
