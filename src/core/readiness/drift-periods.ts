/** Use of the system and tickets, counted by period of equal length up to the day of the board. */
import type { EvidenceOf } from './artifact.ts'
import type { CaseVerdict } from './conformance-trend.ts'
import type { DriftPeriod } from './drift.ts'
import type { SharePeriod } from './share-shift.ts'

type EventRow = EvidenceOf['events']['rows'][number]
type TicketRow = EvidenceOf['tickets']['rows'][number]

const day = 86_400_000

/** `used` tells whether anything at all is logged in the period. */
export type CountedPeriod = DriftPeriod & { readonly used: boolean }

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
    /** Whether any event says what was done. */
    told: false,
    ages: [] as number[],
    outOfScope: [] as boolean[],
    /** By case: touched after hours. */
    late: new Map<string, boolean>(),
    /** By case and element: how often it was entered. */
    entries: new Map<string, number>(),
  }))
  for (const { case_id, timestamp, action, element, lifecycle } of events) {
    const period = periods[periodOf(timestamp.at) ?? -1]
    if (!period) continue
    if (action !== null) period.told = true
    if (action === 'export' || action === 'print') period.exports++
    period.late.set(case_id, (period.late.get(case_id) ?? false) || isAfterHours(timestamp.text))
    if (action !== 'enter' || element === null || lifecycle === 'start') continue
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
    if (out_of_scope !== null) period.outOfScope.push(out_of_scope)
  }
  return periods.map(({ asDrawn, exports, told, ages, outOfScope, late, entries }) => ({
    used: late.size > 0,
    asDrawn: shareOf(asDrawn),
    exports: told ? exports : null,
    ages,
    outOfScope: shareOf(outOfScope),
    afterHours: shareOf([...late.values()]),
    doubleEntry: shareOf([...entries.values()].map((times) => times > 1)),
  }))
}

function shareOf(hits: readonly boolean[]): SharePeriod {
  return { met: hits.filter((hit) => hit).length, of: hits.length }
}

/** Outside 7:00 to 19:00 by the clock of the place, as written. */
function isAfterHours(text: string): boolean {
  const hour = Number(text.slice(11, 13))
  return hour < 7 || hour >= 19
}
