/** Sizes for readers who do not see everything: a wrong unit is flagged only with the probability Se. */
import { binomialAtMost, smallestBinomialSample } from './binomial.ts'
import { million } from './claim.ts'
import { scaled } from './scaled.ts'

/** P(X ≤ c) where each wrong unit in the sample is flagged with probability `se`: Σ_h Hyp(h; N, D, n) · Bin(≤ c; h, Se). */
export function flaggedAtMost(c: number, size: number, wrong: number, n: number, se: number): number {
  const right = size - wrong
  const low = Math.max(0, n - right)
  const term = scaled(1)
  // C(right, n)/C(size, n) for low = 0, otherwise C(wrong, low)/C(size, n): as ratios, never as whole coefficients.
  if (low === 0) for (let i = 0; i < Math.min(n, wrong); i++) term.times((size - Math.max(n, wrong) - i) / (size - i))
  else for (let i = 0; i < right; i++) term.times((n - i) / (size - i))
  const sum = scaled(0)
  for (let h = low; h <= Math.min(n, wrong); h++) {
    const seen = binomialAtMost(c, h, se)
    sum.plusProduct(term, seen)
    term.times(((wrong - h) / (h + 1)) * ((n - h) / (right - n + h + 1)))
  }
  return Math.min(1, sum.value())
}

/** Smallest n that still proves the claim with readers of this sensitivity; null where even every unit would not. */
export function smallestSampleFor(size: number, intolerable: number, c: number, riskPpm: number, se: number): number | null {
  const risk = riskPpm / million
  if (flaggedAtMost(c, size, intolerable, size, se) > risk) return null
  let low = c + 1
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (flaggedAtMost(c, size, intolerable, middle, se) <= risk) high = middle
    else low = middle + 1
  }
  return low
}

/** The same for an endless lot: flagged units are binomial with rate Se·τ. */
export function smallestEndlessSampleFor(tolerablePpm: number, c: number, riskPpm: number, se: number): number {
  return smallestBinomialSample((tolerablePpm / million) * se, c, riskPpm / million)
}
