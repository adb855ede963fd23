/** Sampling from an endless or unknown lot: binomial tails and sizes, and the exact interval of Clopper and Pearson (1934). */
import { scaled } from './scaled.ts'

/** P(X ≤ c) for X ~ Bin(n, rate). */
export function binomialAtMost(c: number, n: number, rate: number): number {
  return tail(c, n, rate, 1 - rate)
}

/** Both the rate and its complement come in, so that neither is the rounded difference of the other. */
function tail(c: number, n: number, rate: number, complement: number): number {
  if (c < 0) return 0
  if (c >= n || rate <= 0) return 1
  if (complement <= 0) return 0
  const term = scaled(1)
  for (let i = 0; i < n; i++) term.times(complement)
  const sum = scaled(0)
  const odds = rate / complement
  for (let k = 0; ; k++) {
    sum.plus(term)
    if (k === c) break
    term.times((n - k) / (k + 1))
    term.times(odds)
  }
  return Math.min(1, sum.value())
}

/** Smallest n with P(X ≤ c) ≤ risk at the tolerable rate. */
export function smallestBinomialSample(rate: number, c: number, risk: number): number {
  let high = c + 1
  while (binomialAtMost(c, high, rate) > risk) high *= 2
  let low = Math.max(c + 1, Math.floor(high / 2))
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (binomialAtMost(c, middle, rate) <= risk) high = middle
    else low = middle + 1
  }
  return low
}

export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** Exact interval for x of n; a one-sided interval puts all risk on its side and leaves the other end at 0 or 1. */
export function clopperPearson(x: number, n: number, confidence: number, side: 'two' | 'upper' | 'lower'): Interval {
  const risk = side === 'two' ? (1 - confidence) / 2 : 1 - confidence
  // Upper end: P(X ≤ x) falls to the risk. Lower end: P(X ≥ x), which is P(right ≤ n − x), rises to it.
  const upper = side === 'lower' || x === n ? 1 : crossing((rate) => tail(x, n, rate, 1 - rate) > risk)
  const lower = side === 'upper' || x === 0 ? 0 : crossing((rate) => tail(n - x, n, 1 - rate, rate) <= risk)
  return { lower, upper }
}

/** Where a condition that holds near 0 stops holding; halves until no number lies between, so small rates keep their digits. */
function crossing(holds: (rate: number) => boolean): number {
  let low = 0
  let high = 1
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return middle
    if (holds(middle)) low = middle
    else high = middle
  }
}
