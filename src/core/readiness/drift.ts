/** Drift: has a measure moved since its baseline, and by how much, with an interval or a limit kept by quiet years. Baseline: the four periods before. */
import { normalQuantile } from '../workflow/simulation/numbers.ts'
import { limitFor, poissonCusum } from './control-chart.ts'
import { shareNotAbove } from './median-shift.ts'

export interface Shift {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Years of months in which nothing moved and yet something alarms: the promise is 0.05, and this is what the limits are set for. */
const quietYears = 0.03
/** Six measures share it alike; each is looked at twelve times a year, two periods each time (Bonferroni's bound: no look is free). */
const looks = 12
const riskPerLook = quietYears / 6 / looks
const riskPerPeriod = riskPerLook / 2
/** So far out Newcombe's interval is wrong about twice as often as it says, for shares near one in ten. That all keep the promise together is simulated in the tests. */
const shareZ = normalQuantile(1 - riskPerPeriod / 2)

/**
 * Newcombe's interval (1998, method 10) of the difference of two shares: first minus second; z = 1.96 for 95 %.
 * Shares of nothing are a mistake of the caller.
 */
export function differenceOfShares(x1: number, n1: number, x2: number, n2: number, z = 1.959964): Shift {
  const first = wilson(x1, n1, z)
  const second = wilson(x2, n2, z)
  const [p1, p2] = [x1 / n1, x2 / n2]
  const estimate = p1 - p2
  return {
    estimate,
    low: estimate - Math.hypot(p1 - first.low, second.high - p2),
    high: estimate + Math.hypot(first.high - p1, p2 - second.low),
  }
}

function wilson(x: number, n: number, z: number): { readonly low: number; readonly high: number } {
  const p = x / n
  const middle = p + (z * z) / (2 * n)
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) }
}

export interface SharePeriod {
  readonly met: number
  readonly of: number
}

/** By compared period; null where it holds nothing, or too little, to compare. */
export type Alarms = readonly (boolean | null)[]

/** Periods in which a share lies below (or above) that of the four periods before the comparison began, counted from its begin. */
export function shareAlarms(
  baseline: readonly SharePeriod[],
  periods: readonly SharePeriod[],
  worse: 'lower' | 'higher',
): Alarms {
  const met = baseline.reduce((sum, each) => sum + each.met, 0)
  const of = baseline.reduce((sum, each) => sum + each.of, 0)
  return periods.map((period) => {
    if (of === 0 || period.of === 0) return null
    const { low, high } = differenceOfShares(period.met, period.of, met, of, shareZ)
    return worse === 'lower' ? high < 0 : low > 0
  })
}

const leastTickets = 5

/** Periods in which tickets are older than before: the bootstrap interval of the ratio of medians lies above one. Below five tickets nothing is said. */
export function ageAlarms(baseline: readonly number[], periods: readonly (readonly number[])[]): Alarms {
  return periods.map((ages) =>
    ages.length < leastTickets || baseline.length < leastTickets ? null : shareNotAbove(ages, baseline) <= riskPerPeriod,
  )
}

/**
 * Periods in which the cumulative sum of counts has reached its limit. The mean is known only from the baseline, so the chart is set for
 * the upper end of what it may be: the mean plus one standard error.
 */
export function countAlarms(before: readonly (number | null)[], now: readonly (number | null)[], factor = 2): Alarms {
  const baseline = before.filter((count) => count !== null)
  const counts = now.filter((count) => count !== null)
  if (baseline.length < before.length || baseline.length === 0 || counts.length < now.length) return now.map(() => null)
  const mean = baseline.reduce((sum, count) => sum + count, 0) / baseline.length
  const upper = mean + Math.sqrt(Math.max(mean, 1) / baseline.length)
  const limit = limitFor(upper, factor, counts.length, riskPerLook)
  return poissonCusum(counts, upper, factor, limit).sums.map((sum) => sum >= limit)
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
}

/** The six measures behind the four indices, each against the periods before. */
export function driftMeasures(baseline: readonly DriftPeriod[], periods: readonly DriftPeriod[]): readonly DriftMeasure[] {
  const share = (of: (period: DriftPeriod) => SharePeriod, worse: 'lower' | 'higher'): DriftMeasure['alarms'] =>
    judged(shareAlarms(baseline.map(of), periods.map(of), worse))
  const ages = baseline.flatMap((period) => period.ages)
  return [
    { index: 'workflow conformance', name: 'cases as drawn', source: 'events', alarms: share((p) => p.asDrawn, 'lower') },
    {
      index: 'reporting',
      name: 'exports and prints',
      source: 'events',
      alarms: judged(
        countAlarms(
          baseline.map((period) => period.exports),
          periods.map((period) => period.exports),
        ),
      ),
    },
    {
      index: 'support friction',
      name: 'age of tickets',
      source: 'tickets',
      alarms: judged(
        ageAlarms(
          ages,
          periods.map((period) => period.ages),
        ),
      ),
    },
    { index: 'support friction', name: 'tickets out of scope', source: 'tickets', alarms: share((p) => p.outOfScope, 'higher') },
    { index: 'burden of staff', name: 'cases after hours', source: 'events', alarms: share((p) => p.afterHours, 'higher') },
    { index: 'burden of staff', name: 'double entry', source: 'events', alarms: share((p) => p.doubleEntry, 'higher') },
  ]
}

/** A period of which nothing is known may hide what moved; where another one alarms, something has. */
function judged(alarms: Alarms): DriftMeasure['alarms'] {
  return alarms.includes(true) || !alarms.includes(null) ? alarms.map((alarm) => alarm === true) : null
}
