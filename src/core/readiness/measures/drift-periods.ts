/** Use of the system and tickets, counted by period of equal length up to the day of the board. */
import type { EvidenceOf } from '../model/artifact.ts'
import type { DriftPeriod } from '../statistics/drift.ts'
import type { SharePeriod } from '../statistics/share-shift.ts'
import type { CaseVerdict } from './conformance-trend.ts'

type EventRow = EvidenceOf['events']['rows'][number]
type TicketRow = EvidenceOf['tickets']['rows'][number]

const day = 86_400_000

/** Columns that a measure rests on and that may be left blank. */
type Optional = 'action' | 'element' | 'out_of_scope'

/** `used` tells whether anything at all is logged in the period, `filled` how many rows that could carry a column do. */
export type CountedPeriod = DriftPeriod & { readonly used: boolean; readonly filled: Readonly<Record<Optional, SharePeriod>> }

/** Rows of a period that have to carry a column: what a smaller part of them says may not be what the others would. */
const leastFilled = 0.5

export interface PeriodsAsked {
  /** Milliseconds since 1970; the last period ends there. */
  readonly end: number
  readonly length: number
  readonly count: number
}

/** Oldest first. A case counts once in each period in which it was touched: its events are not independent of each other. */
export function driftPeriods(
  events: readonly EventRow[],
  tickets: readonly TicketRow[],
  cases: readonly CaseVerdict[],
  { end, length, count }: PeriodsAsked,
): readonly CountedPeriod[] {
  const periodOf = (at: number): number | null => {
    const index = count - 1 - Math.floor((end - 1 - at) / length)
    return index < 0 || at >= end ? null : index
  }
  const periods = Array.from({ length: count }, () => ({
    asDrawn: [] as boolean[],
    exports: 0,
    /** Whether each event says what was done. */
    told: [] as boolean[],
    /** Whether each entry says what was entered. */
    named: [] as boolean[],
    ages: [] as number[],
    scoped: [] as boolean[],
    outOfScope: [] as boolean[],
    /** By case: touched after hours. */
    late: new Map<string, boolean>(),
    /** By case and element: how often it was entered. */
    entries: new Map<string, number>(),
  }))
  for (const { case_id, timestamp, action, element, lifecycle } of events) {
    const period = periods[periodOf(timestamp.at) ?? -1]
    if (!period) continue
    period.told.push(action !== null)
    if (action === 'export' || action === 'print') period.exports++
    period.late.set(case_id, (period.late.get(case_id) ?? false) || isAfterHours(timestamp.text))
    if (action !== 'enter' || lifecycle === 'start') continue
    period.named.push(element !== null)
    if (element === null) continue
    const key = JSON.stringify([case_id, element])
    period.entries.set(key, (period.entries.get(key) ?? 0) + 1)
  }
  for (const { at, fits } of cases) if (fits !== null) periods[periodOf(at) ?? -1]?.asDrawn.push(fits)
  for (const { opened_at, closed_at, out_of_scope } of tickets) {
    const index = periodOf(opened_at.at)
    const period = periods[index ?? -1]
    if (index === null || !period) continue
    const until = end - (count - 1 - index) * length
    period.ages.push((Math.min(closed_at?.at ?? until, until) - opened_at.at) / day)
    period.scoped.push(out_of_scope !== null)
    if (out_of_scope !== null) period.outOfScope.push(out_of_scope)
  }
  return periods.map(({ asDrawn, exports, told, named, ages, scoped, outOfScope, late, entries }) => {
    const filled = { action: shareOf(told), element: shareOf(named), out_of_scope: shareOf(scoped) }
    return {
      used: late.size > 0,
      filled,
      asDrawn: shareOf(asDrawn),
      exports: isFilled(filled.action) ? exports : null,
      ages,
      outOfScope: isFilled(filled.out_of_scope) ? shareOf(outOfScope) : nothing,
      afterHours: shareOf([...late.values()]),
      doubleEntry:
        isFilled(filled.action) && isFilled(filled.element) ? shareOf([...entries.values()].map((times) => times > 1)) : nothing,
    }
  })
}

const nothing: SharePeriod = { met: 0, of: 0 }

function isFilled({ met, of }: SharePeriod): boolean {
  return met > 0 && met >= leastFilled * of
}

/** How many rows carry the columns that the measures rest on, in words; null where all do. */
export function filledWords(periods: readonly CountedPeriod[]): string | null {
  const columns = (['action', 'element', 'out_of_scope'] as const).flatMap((name) => {
    const [met, of] = (['met', 'of'] as const).map((part) => periods.reduce((sum, { filled }) => sum + filled[name][part], 0))
    return met === of ? [] : [`“${name}” stands in ${met} of ${of} rows that could say it`]
  })
  return columns.length === 0 ? null : columns.join(', ')
}

function shareOf(hits: readonly boolean[]): SharePeriod {
  return { met: hits.filter((hit) => hit).length, of: hits.length }
}

/** Outside 7:00 to 19:00 by the clock of the place, as written. */
function isAfterHours(text: string): boolean {
  const hour = Number(text.slice(11, 13))
  return hour < 7 || hour >= 19
}
