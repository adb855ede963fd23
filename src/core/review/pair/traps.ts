/**
 * Traps (review.md §11): copies of records outside the sample whose migrated side is altered before both sides are compared, so that a
 * seeded defect passes through the same comparison and the same screen as a real one. They measure what readers see; they are never in n.
 */

import type { BoundTable } from '../../data/crosswalk/plan/plan.ts'
import { noZones } from '../../data/meaning/compare-times.ts'
import type { Carried } from '../../data/model/carried.ts'
import type { JsonValue } from '../../data/model/record.ts'
import type { Assumed } from '../../data/reconcile/compare/assumed.ts'
import { judge } from '../../data/reconcile/compare/judge.ts'
import type { Group, LegacyItem, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { WholeView } from '../../data/reconcile/entries/whole-records.ts'
import { type Random, seededRandom } from '../../random.ts'
import { withAltered } from '../chart/altered-records.ts'
import { decisionsOf } from '../decision/decision.ts'
import type { Domain, PairItem, RecordPair } from '../model/pair-types.ts'
import { compareEvents, type DifferenceEvent, type ReviewEvent } from '../model/review-event.ts'
import { type Trap, type TrapKind, type TrapSeed, trapKinds } from '../model/trap.ts'
import type { TrapCount } from '../statistics/sensitivity.ts'
import { recordPair } from './pair-record.ts'

/** Share of the sample, and the least number, that traps add. */
const trapShare = 0.05
export const fewestTraps = 10

/** Not every record has something to alter: so many times as many are tried. */
export const spareTraps = 3

export function trapsFor(sample: number): number {
  return Math.max(fewestTraps, Math.ceil(sample * trapShare))
}

/** The copy of a record with one defect, and what it is; null where the record offers nothing to alter. */
export function seededPair(
  group: Group,
  tables: readonly BoundTable[],
  { id, seed }: TrapSeed,
  whole: WholeView,
  assumed: Assumed = noZones,
): { readonly pair: RecordPair; readonly trap: Trap } | null {
  const random = seededRandom(`trap ${seed}`)
  // A stream of its own: how far a value moves does not decide which one.
  const much = extentOf(seededRandom(`extent ${seed}`))
  const before = recordPair(judge(group, tables, assumed), whole)
  if (before.missing !== null) return null
  for (const kind of inOrder(random)) {
    const altered = alter(group, kind, random, much)
    if (!altered) continue
    const pair = named(recordPair(judge(altered, tables, assumed), withAltered(whole, group, altered)), id)
    const found = changedItems(before, pair)
    const [first] = found
    if (kind === 'rule-wrong' && found.some(({ cls }) => cls !== 'same-after-rule')) continue
    if (first) return { pair, trap: { id, kind, domain: first.domain, items: found.map((item) => item.id) } }
  }
  return null
}

function named(pair: RecordPair, key: string): RecordPair {
  return { ...pair, key, chart: { ...pair.chart, key } }
}

/** A third of all traps hide behind a rule; the other kinds in random order, so that none is rare. */
function inOrder(random: Random): readonly TrapKind[] {
  const open = trapKinds.filter((kind) => kind !== 'rule-wrong')
  const start = random.below(open.length)
  const turned = [...open.slice(start), ...open.slice(0, start)]
  return random.below(3) === 0 ? ['rule-wrong', ...turned] : [...turned, 'rule-wrong']
}

/** Entries that are not what they were before the defect. */
function changedItems(before: RecordPair, after: RecordPair): readonly PairItem[] {
  const held = new Map(before.domains.flatMap(({ items }) => items).map((item) => [item.id, JSON.stringify(item)]))
  return after.domains.flatMap(({ items }) => items).filter((item) => held.get(item.id) !== JSON.stringify(item))
}

const lostDomains: readonly Domain[] = ['allergies', 'medicines', 'problems']

/** How far a defect goes: always the same step would be learnt, and found by its look instead of by reading. */
interface Extent {
  /** Months that a date moves, 2 to 10: no reader of a chart takes that for a change of time zone. */
  readonly months: number
  /** Share of a text that is left. */
  readonly kept: number
}

function extentOf(random: Random): Extent {
  return { months: 2 + random.below(9), kept: (40 + random.below(41)) / 100 }
}

function alter(group: Group, kind: TrapKind, random: Random, much: Extent): Group | null {
  if (kind === 'entry-lost') {
    const lost = pickOf(
      group.target.filter(({ table }) => lostDomains.includes(table.domain)),
      random,
    )
    return lost ? { ...group, target: group.target.filter((item) => item !== lost) } : null
  }
  if (kind === 'rule-wrong') return wrongRule(group, random, much)
  const moved = (value: JsonValue): JsonValue | null => movedDate(value, much.months)
  const cut = (value: JsonValue): JsonValue | null => cutText(value, much.kept)
  const change = { 'number-times-ten': timesTen, 'date-moved': moved, 'text-cut': cut }[kind]
  const domains: readonly Domain[] =
    kind === 'number-times-ten' ? ['medicines', 'results'] : kind === 'text-cut' ? ['notes', 'problems'] : lostDomains
  const choices = group.target.flatMap((item) =>
    domains.includes(item.table.domain)
      ? item.values.flatMap((values, field) => {
          const next = values.length === 1 ? change(values[0] ?? null) : null
          return next === null || item.table.fields[field]?.role === 'key' ? [] : [{ item, field, next }]
        })
      : [],
  )
  const chosen = pickOf(choices, random)
  return chosen ? withTarget(group, chosen.item, chosen.field, chosen.next) : null
}

/** The rule and what it wrote are wrong together: both sides agree after the rule, and only the values side by side show it. */
function wrongRule(group: Group, random: Random, { months }: Extent): Group | null {
  const choices = group.target.flatMap((target) =>
    target.values.flatMap((values, field) => {
      const legacy = group.legacy.filter(({ table }) => table === target.table)
      const [only] = legacy
      const carried = only?.carried[field] ?? null
      // Where a table has one entry on each side, the pair is known before it is aligned.
      if (!only || legacy.length > 1 || values.length !== 1 || carried === null || target.table.isPatients) return []
      const wrong = wronglyCarried(carried, months)
      const next = wrong && (timesTen(values[0] ?? null) ?? movedDate(values[0] ?? null, months))
      return wrong && next !== null ? [{ target, legacy: only, field, wrong, next }] : []
    }),
  )
  const chosen = pickOf(choices, random)
  if (!chosen) return null
  const { target, legacy, field, wrong, next } = chosen
  const carried = legacy.carried.map((each, i) => (i === field ? wrong : each))
  const altered = withTarget(group, target, field, next)
  return { ...altered, legacy: altered.legacy.map((each): LegacyItem => (each === legacy ? { ...each, carried } : each)) }
}

function wronglyCarried(carried: Carried, months: number): Carried | null {
  if (carried.kind === 'quantity' && /^\d+(?:\.\d+)?$/.test(carried.value)) return { ...carried, value: tenfold(carried.value) }
  if (carried.kind === 'number' && /^\d+(?:\.\d+)?$/.test(carried.text)) return { ...carried, text: tenfold(carried.text) }
  if (carried.kind !== 'date') return null
  const text = movedDate(carried.text, months)
  return typeof text === 'string' ? { ...carried, text } : null
}

function withTarget(group: Group, item: TargetItem, field: number, next: JsonValue): Group {
  const values = item.values.map((list, i) => (i === field ? [next] : list))
  return { ...group, target: group.target.map((each): TargetItem => (each === item ? { ...each, values } : each)) }
}

/** A number ten times as large, alone, in a text or as the value of a quantity. */
function timesTen(value: JsonValue): JsonValue | null {
  if (typeof value === 'number') return value === 0 ? null : value * 10
  if (typeof value === 'string') {
    if (isDate(value) || !/^\D{0,40}?\d+(?:\.\d+)?(?=\s*[a-zA-Z%])/.test(value)) return null
    return value.replace(/\d+(?:\.\d+)?/, tenfold)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || !('value' in value)) return null
  const next = timesTen(value.value ?? null)
  return typeof next === 'number' ? { ...value, value: next } : null
}

/** The point one place further right, in the digits that are there. */
function tenfold(text: string): string {
  const [whole = '', rest = ''] = text.split('.')
  if (rest === '') return `${whole}0`
  const moved = `${whole}${rest.charAt(0)}`.replace(/^0+(?=\d)/, '')
  return rest.length > 1 ? `${moved}.${rest.slice(1)}` : moved
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text)
}

/** Another month of the same year. */
function movedDate(value: JsonValue, months: number): JsonValue | null {
  if (typeof value !== 'string' || !isDate(value)) return null
  const month = ((Number(value.slice(5, 7)) + months - 1) % 12) + 1
  const day = Math.min(28, Number(value.slice(8, 10)))
  return `${value.slice(0, 5)}${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}${value.slice(10)}`
}

function cutText(value: JsonValue, kept: number): JsonValue | null {
  if (typeof value !== 'string' || value.length < 40 || !/\s/.test(value)) return null
  return value.slice(0, Math.floor(value.length * kept))
}

function pickOf<T>(list: readonly T[], random: Random): T | null {
  return list.length === 0 ? null : random.pick(list)
}

export type TrapResult = TrapCount & {
  /** By reader, sorted by name; shown to the owner of the review, never as a ranking. */
  readonly readers: readonly (TrapCount & { readonly reader: string })[]
  /** How often one was told because a reader was about to act on it; absent where that never happened. */
  readonly told?: number
}

/** Seeded defects that were told to a reader, by reader. */
export type ToldTraps = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The traps a reader is shown: `wanted` that were not told to this reader, in the order of their names, and those told among them. The
 * rest are spares for those told.
 */
export function trapsShownTo(traps: readonly Trap[], told: ReadonlySet<string>, wanted: number | null): readonly Trap[] {
  const order = traps.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  let open = wanted ?? order.length
  return order.filter(({ id }) => told.has(id) || open-- > 0)
}

/**
 * What readers made of the traps when they first closed them; null where nobody closed one. Caught: harmful or wrong on what was altered. One
 * that was told before its reader had closed it says nothing, as long as a spare took its place; without a spare it is missed.
 */
export function trapResult(
  traps: readonly Trap[],
  events: readonly ReviewEvent[],
  { told = new Map(), wanted = 0 }: { readonly told?: ToldTraps; readonly wanted?: number } = {},
): TrapResult | null {
  const names = new Set(traps.map(({ id }) => id))
  const about = events.filter((event) => names.has(event.record))
  const readers = [...new Set(about.map(({ by }) => by))].sort().flatMap((reader) => {
    const own = decisionsOf(untilClosed(about.filter(({ by }) => by === reader)))
    const read = traps.filter(({ id }) => own.get(id)?.state === 'judged')
    const caught = read.filter(({ id, items }) => items.some((item) => isFlagged(own.get(id)?.differences.get(item)))).length
    const unread = traps.filter(({ id }) => own.get(id)?.state !== 'judged')
    const lost = unread.filter(({ id }) => told.get(reader)?.has(id) === true).length
    // What can still be shown fills up what the plan asks for; only what is short of it counts as missed.
    const missed = Math.min(lost, Math.max(0, wanted - (traps.length - lost)))
    return read.length === 0 ? [] : [{ reader, seeded: read.length + missed, caught }]
  })
  if (readers.length === 0) return null
  const sum = (of: (one: TrapCount) => number): number => readers.reduce((total, one) => total + of(one), 0)
  const all = [...told.values()].reduce((total, own) => total + own.size, 0)
  const counts = { seeded: sum(({ seeded }) => seeded), caught: sum(({ caught }) => caught), readers }
  return all === 0 ? counts : { ...counts, told: all }
}

/** What one reader said of each record until closing it for the first time: later somebody may have told, or the record came up again. */
function untilClosed(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  const closed = new Set<string>()
  return events.toSorted(compareEvents).filter(({ kind, record }) => {
    if (closed.has(record)) return false
    if (kind === 'record') closed.add(record)
    return true
  })
}

function isFlagged(event: DifferenceEvent | undefined): boolean {
  return event?.verdict === 'harmful' || event?.verdict === 'wrong'
}
