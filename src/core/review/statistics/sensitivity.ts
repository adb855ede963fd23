/** Sizes for readers who do not see everything: a wrong unit is flagged only with the probability Se. */

import { million } from '../model/claim.ts'
import { binomialAtMost, clopperPearson, smallestBinomialSample } from './binomial.ts'
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
  // P(Bin(h, Se) ≤ c) falls by Se · P(Bin(h, Se) = c) from one h to the next.
  let seen = binomialAtMost(c, low, se)
  let edge = low < c ? 0 : seen - binomialAtMost(c - 1, low, se)
  for (let h = low; h <= Math.min(n, wrong); h++) {
    if (h === c) edge = se ** c
    sum.plusProduct(term, Math.max(0, seen))
    seen -= se * edge
    edge *= ((h + 1) / (h + 1 - c)) * (1 - se)
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

/** Largest number of wrong units that `x` flagged among `n` read do not refute, with readers of this sensitivity. */
export function upperBoundFor(size: number, n: number, x: number, riskPpm: number, se: number): number {
  let low = x
  let high = size
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (flaggedAtMost(x, size, middle, n, se) <= riskPpm / million) high = middle - 1
    else low = middle
  }
  return low
}

/**
 * D0*: so many flagged units readers of this sensitivity find at least, in a full review, where `intolerable` are wrong; fewer happen with
 * a chance of at most this risk. A sequential audit of flags is held against it, because a full review by imperfect readers is no census.
 */
export function correctedIntolerable(intolerable: number, se: number, riskPpm: number): number {
  const key = `${intolerable} ${se} ${riskPpm}`
  const held = corrected.get(key)
  if (held !== undefined) return held
  if (corrected.size >= 200) corrected.clear()
  const found = searchIntolerable(intolerable, se, riskPpm)
  corrected.set(key, found)
  return found
}

/** A screen asks for the same few with every verdict, and each sums some ten thousand terms. */
const corrected = new Map<string, number>()

function searchIntolerable(intolerable: number, se: number, riskPpm: number): number {
  let low = 0
  let high = intolerable
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (binomialAtMost(middle - 1, intolerable, se) <= riskPpm / million) low = middle
    else high = middle - 1
  }
  return low
}

/** Seeded defects and how many of them readers flagged. */
export type TrapCount = {
  readonly seeded: number
  readonly caught: number
}

/** How a risk limit is spent where the sensitivity is an estimate: on the test, on errors nobody sees, and on the estimate. */
export function splitRisk(riskPpm: number): { readonly test: number; readonly unseen: number; readonly readers: number } {
  const unseen = Math.floor(riskPpm / 5)
  const readers = Math.floor(riskPpm / 10)
  return { test: riskPpm - unseen - readers, unseen, readers }
}

/** The least sensitivity that so many seeded defects caught do not refute, one-sided. */
export function leastSensitivity(caught: number, seeded: number, riskPpm: number): number {
  return seeded === 0 ? 0 : clopperPearson(caught, seeded, 1 - riskPpm / million, 'lower').lower
}
