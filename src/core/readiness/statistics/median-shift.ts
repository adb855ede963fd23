/** Whether the median of some values lies above that of others, by the bootstrap, worked out instead of drawn. */
import { periodZ } from './alarm-risk.ts'

/**
 * The share of all bootstrap resamples in which the median of `now` is not above that of `before`: their ratio lies above one at the
 * level 1 − α exactly where this share is at most α (Efron 1979; percentile interval). Nothing is drawn, so nothing depends on a seed.
 * Of nothing, 1.
 */
export function shareNotAbove(now: readonly number[], before: readonly number[]): number {
  if (now.length === 0 || before.length === 0) return 1
  const [first, second] = [sortedCopy(now), sortedCopy(before)]
  let share = 0
  let below = 0
  let last = 0
  for (const [rank, value] of first.entries()) {
    while (below < second.length && (second[below] ?? 0) < value) below++
    const upTo = rankAtMost(rank, first.length)
    share += (upTo - last) * (1 - (below === 0 ? 0 : rankAtMost(below - 1, second.length)))
    last = upTo
  }
  return share
}

/** An age below a minute is one of a minute: a multiple of nothing is nothing. */
const leastAge = 1 / 1440

/**
 * Chance that ages of so many tickets, this many times as old as the ones before, lie above them at the level of the watch. Distances of the
 * median from its bounds are those of its order statistics (Conover, Practical Nonparametric Statistics §3.2), on the scale of logarithms,
 * and add by squares (MOVER: Zou and Donner 2008). 0 where so few can show nothing, and where the median before is no time at all.
 */
export function medianFactorSeen(factor: number, before: readonly number[], n: number): number {
  const sorted = sortedCopy(before)
  const [ours, theirs] = [periodZ / (2 * Math.sqrt(n)), periodZ / (2 * Math.sqrt(before.length))]
  if (Math.max(ours, theirs) >= 0.5 || (sorted[Math.ceil(sorted.length / 2) - 1] ?? 0) <= 0) return 0
  const at = (share: number): number => Math.log(Math.max(leastAge, sorted[Math.ceil(share * sorted.length) - 1] ?? leastAge))
  const apart = Math.hypot(at(0.5) - at(0.5 - ours), at(0.5 + theirs) - at(0.5))
  return apart === 0 ? Number(factor > 1) : normalBelow((Math.log(factor) / apart - 1) * periodZ)
}

function sortedCopy(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort()
}

/** Beyond this many values the law of a rank is its normal limit. */
const exactRanks = 120

/** Chance that the median of a resample of n values is at most the value of this rank (from 0): half of the draws fall on the first r + 1. */
function rankAtMost(rank: number, n: number): number {
  if (rank >= n - 1) return 1
  const [half, p] = [Math.ceil(n / 2), (rank + 1) / n]
  return n > exactRanks ? normalBelow((n * p - half + 0.5) / Math.sqrt(n * p * (1 - p))) : atLeast(half, n, p)
}

/** Chance of so many or more successes in n tries. */
function atLeast(least: number, n: number, p: number): number {
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

/** Φ(z) by the rational approximation of its tail (Hastings 1955, Abramowitz and Stegun 26.2.17); absolute error below 7.5e-8. */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
  return z > 0 ? 1 - tail : tail
}
