/** Whether the share of a period lies below (or above) that of the periods before, beyond chance and beyond what a quiet share wanders by. */
import { binomialAtMost } from '../../review/statistics/binomial.ts'
import { periodZ, smallestSeen } from './alarm-risk.ts'
import { normalBelow } from './median-shift.ts'

export interface Shift {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

export interface SharePeriod {
  readonly met: number
  readonly of: number
}

/** By compared period; null where it holds nothing, or too little, to compare. */
export type Alarms = readonly (boolean | null)[]

export type Worse = 'lower' | 'higher'

/**
 * Newcombe's interval (1998, method 10) of the difference of two shares: first minus second; z = 1.96 for 95 %.
 * Shares of nothing are a mistake of the caller.
 * @param spread standard error that comes on top of both samples; its reach is added by squares (MOVER: Zou and Donner 2008)
 */
export function differenceOfShares(x1: number, n1: number, x2: number, n2: number, z = 1.959964, spread = 0): Shift {
  const first = wilson(x1, n1, z)
  const second = wilson(x2, n2, z)
  const [p1, p2] = [x1 / n1, x2 / n2]
  const estimate = p1 - p2
  return {
    estimate,
    low: estimate - Math.hypot(p1 - first.low, second.high - p2, z * spread),
    high: estimate + Math.hypot(first.high - p1, p2 - second.low, z * spread),
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
 * Quiet shares differ from period to period by more than samples do. Between periods their variance is ρ·p(1 − p) (beta-binomial; Williams
 * 1982): with this ρ about ±2 points around nine of ten.
 */
const usualWander = 0.001
/** Four periods say little about their own variance: what is usual weighs as much as so many more would. */
const usualWeight = 6

/** The periods before as one share, and the standard error by which a period and they wander apart. */
interface Level extends SharePeriod {
  readonly spread: number
}

/** Null where they hold nothing. Overdispersion as in Laney's p′-chart (2002): what the periods show above it counts, less than usual never does. */
function levelOf(baseline: readonly SharePeriod[]): Level | null {
  const held = baseline.filter(({ of }) => of > 0)
  const met = held.reduce((sum, each) => sum + each.met, 0)
  const of = held.reduce((sum, each) => sum + each.of, 0)
  if (of === 0) return null
  // Two more of each kind (Agresti and Coull 1998): a share of all or nothing would never wander.
  const p = (met + 2) / (of + 4)
  const variance = p * (1 - p)
  const usual = (n: number): number => 1 + (n - 1) * usualWander
  const shown = held.reduce((sum, { met: x, of: n }) => sum + (x - n * p) ** 2 / (n * variance), 0)
  const expected = held.reduce((sum, { of: n }) => sum + (1 - n / of) * usual(n), 0)
  const degrees = held.length - 1
  const ratio = degrees === 0 ? 1 : (usualWeight + (degrees * shown) / expected) / (usualWeight + degrees)
  const mean = of / held.length
  const wander = mean > 1 ? Math.max(usualWander, (ratio * usual(mean) - 1) / (mean - 1)) : usualWander
  const unequal = held.reduce((sum, { of: n }) => sum + (n / of) ** 2, 0)
  return { met, of, spread: Math.sqrt(wander * variance * (1 + unequal)) }
}

function isWorse(level: Level, met: number, of: number, worse: Worse): boolean {
  const { low, high } = differenceOfShares(met, of, level.met, level.of, periodZ, level.spread)
  return worse === 'lower' ? high < 0 : low > 0
}

/** Periods in which a share lies below (or above) that of the four periods before the comparison began, counted from its begin. */
export function shareAlarms(baseline: readonly SharePeriod[], periods: readonly SharePeriod[], worse: Worse): Alarms {
  const level = levelOf(baseline)
  return periods.map(({ met, of }) => (level === null || of === 0 ? null : isWorse(level, met, of, worse)))
}

/**
 * Smallest change of the share, in points of a hundred, that would be seen: exact binomial power of the alarm at the numbers of these periods
 * (critical count of each, Casella and Berger §8.3). Null where none would.
 */
export function shareSeen(baseline: readonly SharePeriod[], periods: readonly SharePeriod[], worse: Worse): number | null {
  const level = levelOf(baseline)
  if (level === null) return null
  const p = level.met / level.of
  // Counted from the bad end, so that both directions read alike: an alarm at so many met, or fewer.
  const least = periods.map(({ of }) => criticalCount(of, (met) => isWorse(level, worse === 'lower' ? met : of - met, of, worse)))
  const good = worse === 'lower' ? p : 1 - p
  const seen = smallestSeen(0, good, (shift) => periods.map(({ of }, n) => atMost(least[n] ?? -1, of, Math.max(0, good - shift))))
  return seen === null ? null : seen * 100
}

/** The largest count that alarms; −1 where none does. */
function criticalCount(of: number, alarms: (count: number) => boolean): number {
  let [low, high] = [-1, of]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (alarms(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** Beyond it the normal limit is as good. */
const exactUpTo = 2000

function atMost(count: number, of: number, p: number): number {
  if (count < 0) return 0
  if (of <= exactUpTo || p <= 0) return binomialAtMost(count, of, p)
  return normalBelow((count + 0.5 - of * p) / Math.sqrt(of * p * (1 - p)))
}
