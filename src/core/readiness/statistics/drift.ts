/** Drift: has a measure moved since its baseline, and what is the smallest move that would have been seen. Baseline: the four periods before. */
import { riskPerLook, riskPerPeriod, smallestSeen } from './alarm-risk.ts'
import { chanceOfSignal, limitFor, poissonCusum } from './control-chart.ts'
import { medianFactorSeen, shareNotAbove } from './median-shift.ts'
import { type Alarms, type SharePeriod, shareAlarms, shareSeen, type Worse } from './share-shift.ts'

const leastTickets = 5

/** Periods in which tickets are older than before: the bootstrap interval of the ratio of medians lies above one. Below five tickets nothing is said. */
export function ageAlarms(baseline: readonly number[], periods: readonly (readonly number[])[]): Alarms {
  return periods.map((ages) =>
    ages.length < leastTickets || baseline.length < leastTickets ? null : shareNotAbove(ages, baseline) <= riskPerPeriod,
  )
}

/** Beyond this multiple the question is no longer asked: nothing would be seen. */
const mostFactor = 20

/** Smallest multiple of the age that would be seen; null where none would. */
export function ageSeen(baseline: readonly number[], periods: readonly (readonly number[])[]): number | null {
  if (baseline.length < leastTickets || periods.some((ages) => ages.length < leastTickets)) return null
  return smallestSeen(1, mostFactor, (factor) => periods.map((ages) => medianFactorSeen(factor, baseline, ages.length)))
}

/** A count that doubles matters. */
const countFactor = 2

interface CountChart {
  readonly mean: number
  readonly upper: number
  readonly limit: number
}

/**
 * The chart of counts. The mean is known only from the baseline, so it is set for the upper end of what it may be: the mean plus one
 * standard error. Null where a period of the baseline does not say.
 */
function countChart(before: readonly (number | null)[], periods: number): CountChart | null {
  const baseline = before.filter((count) => count !== null)
  if (baseline.length < before.length || baseline.length === 0) return null
  const mean = baseline.reduce((sum, count) => sum + count, 0) / baseline.length
  const upper = mean + Math.sqrt(Math.max(mean, 1) / baseline.length)
  return { mean, upper, limit: limitFor(upper, countFactor, periods, riskPerLook) }
}

/** Periods in which the cumulative sum of counts has reached its limit. */
export function countAlarms(before: readonly (number | null)[], now: readonly (number | null)[]): Alarms {
  const counts = now.filter((count) => count !== null)
  const chart = counts.length < now.length ? null : countChart(before, counts.length)
  if (chart === null) return now.map(() => null)
  return poissonCusum(counts, chart.upper, countFactor, chart.limit).sums.map((sum) => sum >= chart.limit)
}

/** Smallest count a period that would be seen, as a multiple of the mean before: exact power of the chart over the periods. Null where none would; where there was none before, so many a period. */
export function countSeen(before: readonly (number | null)[], periods: number): number | null {
  const chart = countChart(before, periods)
  if (chart === null) return null
  const mean = chart.mean === 0 ? 1 : chart.mean
  return smallestSeen(1, mostFactor, (factor) => [chanceOfSignal(factor * mean, chart.upper, countFactor, chart.limit, periods)])
}

/** What is counted in one period; ages in days, each cut at the end of its own period, so that periods can be compared. */
export interface DriftPeriod {
  readonly asDrawn: SharePeriod
  /** Null where nothing in the period says what was done. */
  readonly exports: number | null
  readonly ages: readonly number[]
  readonly outOfScope: SharePeriod
  readonly afterHours: SharePeriod
  readonly doubleEntry: SharePeriod
}

export const driftIndices = ['workflow conformance', 'reporting', 'support friction', 'burden of staff'] as const
export type DriftIndex = (typeof driftIndices)[number]

export interface DriftMeasure {
  readonly index: DriftIndex
  readonly name: string
  readonly source: 'events' | 'tickets'
  /** Null where the baseline, or a compared period while no other alarms, holds nothing to compare. */
  readonly alarms: readonly boolean[] | null
  /** Smallest shift that these numbers show within the compared periods about eight times of ten, the wandering of the periods before counted in; null where they show none. */
  readonly seen: () => number | null
  /** Unit of `seen`: points of a hundred fewer or more, or the multiple of what was. */
  readonly unit: 'points fewer' | 'points more' | 'times'
}

/** The six measures behind the four indices, each against the periods before. */
export function driftMeasures(baseline: readonly DriftPeriod[], periods: readonly DriftPeriod[]): readonly DriftMeasure[] {
  const share = (of: (period: DriftPeriod) => SharePeriod, worse: Worse): Pick<DriftMeasure, 'alarms' | 'seen' | 'unit'> => ({
    alarms: judged(shareAlarms(baseline.map(of), periods.map(of), worse)),
    seen: () => shareSeen(baseline.map(of), periods.map(of), worse),
    unit: worse === 'lower' ? 'points fewer' : 'points more',
  })
  const [agesBefore, ages] = [baseline.flatMap((period) => period.ages), periods.map((period) => period.ages)]
  const [countsBefore, counts] = [baseline.map((period) => period.exports), periods.map((period) => period.exports)]
  return [
    { index: 'workflow conformance', name: 'cases as drawn', source: 'events', ...share((p) => p.asDrawn, 'lower') },
    {
      index: 'reporting',
      name: 'exports and prints',
      source: 'events',
      alarms: judged(countAlarms(countsBefore, counts)),
      seen: () => countSeen(countsBefore, counts.length),
      unit: 'times',
    },
    {
      index: 'support friction',
      name: 'age of tickets',
      source: 'tickets',
      alarms: judged(ageAlarms(agesBefore, ages)),
      seen: () => ageSeen(agesBefore, ages),
      unit: 'times',
    },
    { index: 'support friction', name: 'tickets out of scope', source: 'tickets', ...share((p) => p.outOfScope, 'higher') },
    { index: 'burden of staff', name: 'cases after hours', source: 'events', ...share((p) => p.afterHours, 'higher') },
    { index: 'burden of staff', name: 'double entry', source: 'events', ...share((p) => p.doubleEntry, 'higher') },
  ]
}

/** A period of which nothing is known may hide what moved; where another one alarms, something has. */
function judged(alarms: Alarms): DriftMeasure['alarms'] {
  return alarms.includes(true) || !alarms.includes(null) ? alarms.map((alarm) => alarm === true) : null
}
