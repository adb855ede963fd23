/**
 * What a sample over several strata proves about the whole. One stratum: the exact hypergeometric bound. Several: each count of wrong
 * units in a stratum is a sum of independent yes-or-no trials, so is their total, and Hoeffding (1956, theorem 5) bounds its lower tail
 * by Bin(D, f) with f the smallest sampling fraction, wherever x ≤ D·f − 1. Wrong records may sit in any stratum: the bound holds for all.
 */

import { million } from '../model/claim.ts'
import { binomialAtMost } from './binomial.ts'
import { tailWithin, upperBound } from './hypergeometric.ts'
import { flaggedAtMost, upperBoundFor } from './sensitivity.ts'

export interface SampledStratum {
  /** Units in the stratum. */
  readonly size: number
  /** Units drawn from it. */
  readonly n: number
}

/**
 * True when `x` wrong units in the sample refute that `intolerable` or more are wrong, at this risk. Readers of a sensitivity below 1 flag
 * fewer than are there; flags are yes-or-no trials as well, with a chance smaller by that factor, so the same bound holds.
 */
export function stratifiedSampleHolds(
  strata: readonly SampledStratum[],
  intolerable: number,
  x: number,
  riskPpm: number,
  se = 1,
): boolean {
  const size = strata.reduce((sum, stratum) => sum + stratum.size, 0)
  const n = strata.reduce((sum, stratum) => sum + stratum.n, 0)
  if (intolerable > size - (se === 1 ? n - x : 0)) return true
  const partly = strata.filter((stratum) => stratum.size > 0 && stratum.n < stratum.size)
  if (strata.filter((stratum) => stratum.size > 0).length <= 1)
    return se === 1
      ? tailWithin(x, size, intolerable, n, riskPpm)
      : flaggedAtMost(x, size, intolerable, n, se) <= riskPpm / million
  if (partly.length === 0 && se === 1) return x < intolerable
  const fraction = smallestFraction(partly) * se
  return x <= intolerable * fraction - 1 && binomialAtMost(x, intolerable, fraction) <= riskPpm / million
}

/** Largest number of wrong units that `x` wrong ones in the sample do not refute at this risk. */
export function stratifiedUpperBound(strata: readonly SampledStratum[], x: number, riskPpm: number, se = 1): number {
  const size = strata.reduce((sum, stratum) => sum + stratum.size, 0)
  const n = strata.reduce((sum, stratum) => sum + stratum.n, 0)
  if (strata.filter((stratum) => stratum.size > 0).length <= 1)
    return se === 1 ? upperBound(size, n, x, riskPpm) : upperBoundFor(size, n, x, riskPpm, se)
  let low = x
  let high = size - (se === 1 ? n - x : 0)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (stratifiedSampleHolds(strata, middle, x, riskPpm, se)) high = middle - 1
    else low = middle
  }
  return low
}

function smallestFraction(strata: readonly SampledStratum[]): number {
  return strata.reduce((smallest, stratum) => Math.min(smallest, stratum.n / stratum.size), 1)
}
