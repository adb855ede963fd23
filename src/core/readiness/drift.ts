/** Drift: has a measure moved since its baseline, and by how much, with an interval or a limit kept by quiet years. Baseline: the four periods before. */
import { seededRandom } from '../random.ts'
import { normalQuantile } from '../workflow/simulation/numbers.ts'
import { limitFor, poissonCusum } from './control-chart.ts'

export interface Shift {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * Six measures are looked at twelve times in a year of months, two periods each time. For a quiet year to stay below 5 %, a comparison of
 * shares may be wrong once in 5,000 (the normal quantile of that); those of ages and counts are cautious by themselves and may use one
 * in 1,000. That the six together keep the promise is simulated in the tests, year by year.
 */
const shareZ = 3.54
const riskOfOthers = 0.001

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

/**
 * Ratio of the medians with its percentile bootstrap interval at the level that keeps quiet years quiet; seeded, so the same input gives
 * the same interval. The level lies far out, so it takes thousands of draws.
 */
export function medianRatio(now: readonly number[], before: readonly number[], seed: string, draws = 4000): Shift {
  const random = seededRandom(seed)
  const first = resampledMedian(now.toSorted((a, b) => a - b))
  const second = resampledMedian(before.toSorted((a, b) => a - b))
  const ratios = Float64Array.from({ length: draws }, () => first.at(random.next()) / second.at(random.next())).sort()
  const at = (share: number): number => ratios[Math.min(draws - 1, Math.max(0, Math.floor(share * draws)))] ?? 1
  return { estimate: first.median / second.median, low: at(riskOfOthers), high: at(1 - riskOfOthers) }
}

/** Beyond this many values the rank of a resampled median is drawn from its normal limit. */
const exactRanks = 120

/**
 * The median of a resample is one of the values; its rank is at most r when half of the draws fall on the first r + 1 (Efron 1979, §3).
 * Drawing the rank from that law spares drawing and sorting the resample.
 */
function resampledMedian(sorted: readonly number[]): { readonly median: number; readonly at: (u: number) => number } {
  const n = sorted.length
  const median = medianOfSorted(sorted)
  const half = Math.ceil(n / 2)
  const valueAt = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank))] ?? median
  if (n > exactRanks) return { median, at: (u) => valueAt(Math.round(half - 1 + (normalQuantile(u) * Math.sqrt(n)) / 2)) }
  const law = Float64Array.from(sorted, (_, rank) => atLeast(half, n, (rank + 1) / n))
  return { median, at: (u) => valueAt(firstAtLeast(law, u)) }
}

function firstAtLeast(rising: Float64Array, wanted: number): number {
  let [low, high] = [0, rising.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 1) >= wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** Chance of so many or more successes in n tries. */
function atLeast(least: number, n: number, p: number): number {
  if (p >= 1) return 1
  let log = least * Math.log(p) + (n - least) * Math.log(1 - p)
  for (let j = 1; j <= least; j++) log += Math.log((n - least + j) / j)
  let chance = Math.exp(log)
  let sum = 0
  for (let j = least; j <= n; j++) {
    sum += chance
    chance *= ((n - j) / (j + 1)) * (p / (1 - p))
  }
  return Math.min(1, sum)
}

function medianOfSorted(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

export interface SharePeriod {
  readonly met: number
  readonly of: number
}

/** Periods in which a share lies below (or above) that of the four periods before the comparison began, counted from its begin. */
export function shareAlarms(
  baseline: readonly SharePeriod[],
  periods: readonly SharePeriod[],
  worse: 'lower' | 'higher',
): readonly boolean[] {
  const met = baseline.reduce((sum, each) => sum + each.met, 0)
  const of = baseline.reduce((sum, each) => sum + each.of, 0)
  return periods.map((period) => {
    if (of === 0 || period.of === 0) return false
    const { low, high } = differenceOfShares(period.met, period.of, met, of, shareZ)
    return worse === 'lower' ? high < 0 : low > 0
  })
}

const leastTickets = 5

/** Periods in which open tickets are older than before: the interval of the ratio lies above one. Below five tickets nothing is said. */
export function ageAlarms(
  baseline: readonly number[],
  periods: readonly (readonly number[])[],
  seed: string,
): readonly boolean[] {
  return periods.map((ages, index) =>
    ages.length < leastTickets || baseline.length < leastTickets
      ? false
      : medianRatio(ages, baseline, `${seed} ${index}`).low > 1,
  )
}

/**
 * Periods in which the cumulative sum of counts has reached its limit. The mean is known only from the baseline, so the chart is set for
 * the upper end of what it may be: the mean plus one standard error.
 */
export function countAlarms(baseline: readonly number[], counts: readonly number[], factor = 2): readonly boolean[] {
  if (baseline.length === 0) return counts.map(() => false)
  const mean = baseline.reduce((sum, count) => sum + count, 0) / baseline.length
  const upper = mean + Math.sqrt(Math.max(mean, 1) / baseline.length)
  const limit = limitFor(upper, factor, counts.length, riskOfOthers * counts.length)
  return poissonCusum(counts, upper, factor, limit).sums.map((sum) => sum >= limit)
}

/** What is counted in one period; ages in days, each cut at the end of its own period, so that periods can be compared. */
export interface DriftPeriod {
  readonly asDrawn: SharePeriod
  readonly exports: number
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
  /** By compared period; null where the baseline holds nothing to compare with. */
  readonly alarms: readonly boolean[] | null
}

/** The six measures behind the four indices, each against the periods before. */
export function driftMeasures(
  baseline: readonly DriftPeriod[],
  periods: readonly DriftPeriod[],
  seed: string,
): readonly DriftMeasure[] {
  const share = (of: (period: DriftPeriod) => SharePeriod, worse: 'lower' | 'higher'): readonly boolean[] | null =>
    baseline.some((each) => of(each).of > 0) ? shareAlarms(baseline.map(of), periods.map(of), worse) : null
  const ages = baseline.flatMap((period) => period.ages)
  return [
    { index: 'workflow conformance', name: 'cases as drawn', source: 'events', alarms: share((p) => p.asDrawn, 'lower') },
    {
      index: 'reporting',
      name: 'exports and prints',
      source: 'events',
      alarms: countAlarms(
        baseline.map((period) => period.exports),
        periods.map((period) => period.exports),
      ),
    },
    {
      index: 'support friction',
      name: 'age of tickets',
      source: 'tickets',
      alarms:
        ages.length < leastTickets
          ? null
          : ageAlarms(
              ages,
              periods.map((period) => period.ages),
              seed,
            ),
    },
    { index: 'support friction', name: 'tickets out of scope', source: 'tickets', alarms: share((p) => p.outOfScope, 'higher') },
    { index: 'burden of staff', name: 'cases after hours', source: 'events', alarms: share((p) => p.afterHours, 'higher') },
    { index: 'burden of staff', name: 'double entry', source: 'events', alarms: share((p) => p.doubleEntry, 'higher') },
  ]
}
