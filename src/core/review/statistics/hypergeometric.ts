/** Exact sampling without replacement from a finite lot: tail probability, sample size and upper bound, decided in integers where it is close. */
import { million } from '../model/claim.ts'
import { scaled } from './scaled.ts'

/** Below this relative distance from the limit the floating-point answer is not trusted and integers decide. */
const closeCall = 1e-9

/** P(X ≤ c), X the wrong units among n drawn from `size` of which `wrong` are wrong. */
export function hypergeometricAtMost(c: number, size: number, wrong: number, n: number): number {
  const low = Math.max(0, n - (size - wrong))
  if (c < low) return 0
  if (c >= Math.min(n, wrong)) return 1
  // Start at the lowest possible count with a product of ratios, then walk up; scaling keeps tiny starts from vanishing.
  const start = scaled(1)
  if (low === 0) {
    const steps = Math.min(n, wrong)
    const other = Math.max(n, wrong)
    for (let i = 0; i < steps; i++) start.times((size - other - i) / (size - i))
  } else {
    // low = n − (size − wrong): all right units are drawn; the chance is C(wrong, low) / C(size, n).
    const right = size - wrong
    for (let i = 0; i < right; i++) start.times((n - i) / (size - i))
  }
  const term = start
  const sum = scaled(0)
  for (let k = low; ; k++) {
    sum.plus(term)
    if (k === c) break
    term.times(((wrong - k) / (k + 1)) * ((n - k) / (size - wrong - n + k + 1)))
  }
  return Math.min(1, sum.value())
}

/** True when P(X ≤ c) ≤ risk; exact. */
export function tailWithin(c: number, size: number, wrong: number, n: number, riskPpm: number): boolean {
  const risk = riskPpm / million
  const p = hypergeometricAtMost(c, size, wrong, n)
  if (Math.abs(p - risk) > closeCall * risk) return p <= risk
  return exactTailWithin(c, size, wrong, n, riskPpm)
}

/** Σ C(wrong,k)·C(size−wrong,n−k) · 10⁶ ≤ riskPpm · C(size,n), in whole numbers. */
function exactTailWithin(c: number, size: number, wrong: number, n: number, riskPpm: number): boolean {
  const right = size - wrong
  const low = Math.max(0, n - right)
  let term = choose(wrong, low) * choose(right, n - low)
  let sum = 0n
  for (let k = low; k <= Math.min(c, n, wrong); k++) {
    sum += term
    if (k === Math.min(n, wrong)) break
    term = (term * BigInt(wrong - k) * BigInt(n - k)) / (BigInt(k + 1) * BigInt(right - n + k + 1))
  }
  return sum * BigInt(million) <= BigInt(riskPpm) * choose(size, n)
}

function choose(n: number, k: number): bigint {
  const steps = Math.min(k, n - k)
  let result = 1n
  for (let i = 1; i <= steps; i++) result = (result * BigInt(n - steps + i)) / BigInt(i)
  return result
}

/** Smallest n with P(X ≤ c) ≤ risk when `intolerable` units are wrong; the whole lot where nothing smaller proves it. */
export function smallestSample(size: number, intolerable: number, c: number, riskPpm: number): number {
  if (intolerable > size) return 0
  if (c >= intolerable) return size
  let low = c + 1
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (tailWithin(c, size, intolerable, middle, riskPpm)) high = middle
    else low = middle + 1
  }
  return low
}

/** Largest number of wrong units that `x` wrong among `n` drawn does not refute at this risk (one-sided). */
export function upperBound(size: number, n: number, x: number, riskPpm: number): number {
  let low = x
  let high = size - (n - x)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (tailWithin(x, size, middle, n, riskPpm)) high = middle - 1
    else low = middle
  }
  return low
}

/** Smallest number of wrong units compatible with `x` wrong among `n` drawn: P(X ≥ x) > risk. */
export function lowerBound(size: number, n: number, x: number, riskPpm: number): number {
  // X wrong of n is n − X right of n: the same bound from the other side.
  return size - upperBound(size, n, n - x, riskPpm)
}
