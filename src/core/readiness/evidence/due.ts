/** From which day each criterion counts, by the day of go-live: nothing is proven before it can be. */

import { addDays, dayText } from '../../values/day.ts'
import { type InputKind, inputFiles } from '../input-files/files.ts'
import type { InputFile } from '../input-files/input-file.ts'
import type { Given, Kind } from '../model/artifact.ts'
import type { Criterion } from '../model/criterion.ts'
import type { PhaseId } from '../model/phase.ts'

/** Days from go-live to the first day on which the criteria of a phase count: two years of planning, a year of configuration. */
const opens: Readonly<Record<PhaseId, number>> = {
  discovery: -730,
  configuration: -548,
  training: -180,
  'pre-launch': -180,
  // Who answers, who stands at the elbow and how much is booked is settled in the last two weeks.
  'go-live': -14,
  'after-go-live': 1,
}

/** Criteria whose time is another one than that of their phase. */
const own: Readonly<Record<string, number>> = {
  'readiness/first-open': -30,
  'readiness/first-openings': -30,
  'readiness/downtime-kit': -14,
  'readiness/dress-rehearsal': -60,
  'readiness/mock-go-live': -60,
  'readiness/mock-attendance': -60,
  'readiness/mock-incidents': -60,
  'readiness/rollback-plan': -60,
  'readiness/peak-load': -90,
  'readiness/same-shift-triage': 1,
  'readiness/collapse-signs': 7,
  'readiness/failure-chain': 7,
  'readiness/complaint-classes': 14,
  'readiness/retraining': 28,
  'readiness/checkpoints': 30,
  'readiness/daily-burden': 30,
  'readiness/hand-over': 28,
  'readiness/configuration-owner': 28,
  'readiness/configuration-continues': 60,
  'readiness/stewardship': 60,
  'readiness/quality-trend': 62,
  'readiness/refresher': 91,
  'readiness/shadow-systems': 92,
  'readiness/chart-audit': 182,
  // Four periods to compare with and two that are compared, of 28 days each.
  'readiness/drift-watch': 168,
}

/** Days from go-live to the first day on which a criterion counts. */
export function dueAfter({ code, phase }: Pick<Criterion, 'code' | 'phase'>): number {
  return own[code] ?? opens[phase]
}

export interface Due {
  /** First day on which it counts, YYYY-MM-DD; null where go-live has no day. */
  readonly from: string | null
  readonly isDue: boolean
}

/** Without a day of go-live what belongs to go-live and after is not due; the phases before are. */
export function dueOn(rule: Pick<Criterion, 'code' | 'phase'>, goLive: string | null, asOf: string): Due {
  if (goLive === null) return { from: null, isDue: rule.phase !== 'go-live' && rule.phase !== 'after-go-live' }
  const from = addDays(goLive, dueAfter(rule))
  return { from, isDue: asOf >= from }
}

/** "Counts from 30-Nov-2026". */
export function dueWords({ from }: Due): string {
  return from === null ? 'Counts from go-live, which has no day yet' : `Counts from ${dayText(from)}`
}

/** Files that go on with time and tell of the work itself: for what is measured after go-live only their rows since then count, of months the whole ones. */
const ofTheWork: ReadonlySet<InputKind> = new Set(['tickets', 'events', 'quality', 'burden'])

/** The evidence as a criterion sees it that measures the work after go-live; the same where it measures nothing of it. */
export function sinceGoLive<K extends Kind>(rule: Criterion, given: Given<K>, goLive: string | null): Given<K> {
  if (goLive === null || dueAfter(rule) < 1) return given
  return {
    value(kind) {
      const held = given.value(kind)
      if (!isWork(kind) || !('rows' in held)) return held
      const { happened = [] }: InputFile = inputFiles[kind]
      const [column] = happened
      if (column === undefined) return held
      const rows = held.rows.filter((row: object) => dayIn(row, column) >= goLive)
      if (rows.length === 0)
        throw new BeforeGoLive(`${inputFiles[kind].title}: every row is older than go-live on ${dayText(goLive)}`)
      return { ...held, rows }
    },
  }
}

/** A file that tells of the time before go-live alone: for what is measured after it, as if it were not there. */
export class BeforeGoLive extends Error {}

function isWork(kind: Kind): kind is InputKind & Kind {
  return ofTheWork.has(kind as InputKind)
}

/** Day of a row as text; a row that says none counts as old. */
function dayIn(row: object, column: string): string {
  const cell: unknown = column in row ? row[column as keyof typeof row] : null
  if (typeof cell === 'string') return cell
  const text: unknown = typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text : null
  return typeof text === 'string' ? text : ''
}
