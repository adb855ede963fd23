/**
 * The age of each row that decides: one new line makes nothing else current. Where a criterion proves something of every cell, person, step or
 * interface, it has to hold without the rows that are older than it allows; what old rows say against it counts all the same.
 */

import { addDays, daysBetween } from '../../values/day.ts'
import type { EvidenceOf, Given, Kind } from '../model/artifact.ts'
import type { Criterion, Measure, Thresholds } from '../model/criterion.ts'

interface Ageing {
  /** Column that says how old a row is. */
  readonly column: string
  /** True where an old row stays and only that column counts as empty. */
  readonly emptied?: boolean
  /** True where it ages up to go-live alone: from then on the daily work keeps it. */
  readonly upToGoLive?: boolean
  /** Rows that do not age. */
  readonly kept?: (row: object) => boolean
}

type AgedKind =
  | 'tests'
  | 'competency'
  | 'rehearsals'
  | 'observations'
  | 'messages'
  | 'burden'
  | 'trial-loads'
  | 'lms'
  | 'rollback'
  | 'mock-scenarios'
  | 'first-openings'

const ageing: Readonly<Record<AgedKind, Ageing>> = {
  tests: { column: 'run_at' },
  competency: { column: 'taken_at' },
  rehearsals: { column: 'started_at' },
  // What the old system took can not be measured again after go-live.
  observations: { column: 'started_at', kept: (row) => 'system' in row && row.system === 'old' },
  messages: { column: 'sent_at' },
  burden: { column: 'month' },
  'trial-loads': { column: 'loaded_on' },
  lms: { column: 'start', upToGoLive: true },
  rollback: { column: 'rehearsed_on', emptied: true },
  'mock-scenarios': { column: 'started_at' },
  'first-openings': { column: 'opened_on' },
}

/** Criteria by code, with the files whose rows prove them one by one. */
const judgedByRow: Readonly<Record<string, readonly AgedKind[]>> = {
  'readiness/test-matrix': ['tests'],
  'readiness/peak-load': ['tests'],
  'readiness/mock-go-live': ['mock-scenarios'],
  'readiness/first-openings': ['first-openings'],
  'readiness/dress-rehearsal': ['rehearsals'],
  'readiness/simulated-shift': ['rehearsals'],
  'readiness/competency': ['competency'],
  'readiness/role-practice': ['lms'],
  'readiness/training-sessions': ['lms'],
  'readiness/timed-walkthroughs': ['observations'],
  'readiness/interface-messages': ['messages'],
  'readiness/daily-burden': ['burden'],
  'readiness/trial-loads': ['trial-loads'],
  'readiness/rollback-plan': ['rollback'],
}

/** Until when a criterion that is proven of all rows holds by those that are not too old. */
export interface RowAge {
  /** Why it does not hold by them on the day of the board, in words; null where it does. */
  readonly stale: string | null
  /** Last day on which it holds; null where no row of it ages. */
  readonly until: string | null
}

const ageless: RowAge = { stale: null, until: null }

export interface Days {
  readonly asOf: string
  /** The day on which the newest evidence is too old itself. */
  readonly last: string | null
  readonly goLive: string | null
}

export function rowAge(rule: Criterion, given: Given<Kind>, thresholds: Thresholds, { asOf, last, goLive }: Days): RowAge {
  const aged = judgedByRow[rule.code]
  if (!aged) return ageless
  const fresh = (day: string): Given<Kind> => ({
    value: (kind) => {
      const own = aged.find((each) => each === kind)
      const held = given.value(kind)
      if (!own) return held
      const end = ageing[own].upToGoLive && goLive !== null && goLive < day ? goLive : day
      return youngerThan(held, ageing[own], addDays(end, -rule.maxAgeDays))
    },
  })
  const on = (day: string): Measure | null => {
    try {
      return rule.compute(fresh(day), thresholds, asOf)
    } catch {
      return null
    }
  }
  const now = on(asOf)
  if (now?.state !== 'proven')
    return {
      stale: `without what is more than ${rule.maxAgeDays} days old it does not hold${now ? `: ${now.words}` : ''}`,
      until: null,
    }
  let [holds, over] = [asOf, last !== null && last > asOf ? last : addDays(asOf, rule.maxAgeDays)]
  if (on(over)?.state === 'proven') return { stale: null, until: over }
  // Rows only leave with time, so the days on which it holds are in one piece.
  while (daysBetween(holds, over) > 1) {
    const middle = addDays(holds, Math.floor(daysBetween(holds, over) / 2))
    if (on(middle)?.state === 'proven') holds = middle
    else over = middle
  }
  return { stale: null, until: holds }
}

function youngerThan<T extends EvidenceOf[Kind]>(held: T, { column, emptied, kept }: Ageing, first: string): T {
  if (!('rows' in held)) return held
  const rows = held.rows.flatMap((row: object): readonly object[] => {
    const day = dayOf(column in row ? row[column as keyof typeof row] : null)
    if (day === null || day >= first || kept?.(row)) return [row]
    return emptied ? [{ ...row, [column]: null }] : []
  })
  if (rows.length === 0) throw new Error('no row is young enough')
  return { ...held, rows }
}

function dayOf(cell: unknown): string | null {
  if (typeof cell === 'string') return cell.slice(0, 10)
  const text: unknown = typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text : null
  return typeof text === 'string' ? text.slice(0, 10) : null
}
