/** The normal distribution above a bound: share above it, mean and spread of what lies there; out of + − × ÷ √ alone. */
import { exp, ln, normalQuantile } from './numbers.ts'

const density = (x: number): number => exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** Share of the standard normal above `a`; relative error below 1e-14. */
export function normalTail(a: number): number {
  if (a < 0) return 1 - normalTail(-a)
  if (a >= far) return density(a) / hazard(a)
  // Φ(a) − ½ as a series in a (Abramowitz and Stegun 26.2.11).
  let term = a
  let sum = a
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (a * a) / k
    sum += term
  }
  return 0.5 - density(a) * sum
}

/** From here on the continued fraction is short, and nothing is lost by subtracting. */
const far = 2

/** Mean of the standard normal above `a`: density over share. */
export function hazard(a: number): number {
  if (a < far) return density(a) / normalTail(a)
  // Continued fraction of Laplace (26.2.14), from the inside out.
  let value = a
  for (let k = 160; k >= 1; k--) value = a + k / value
  return value
}

/** Variance of the standard normal above `a`. */
export function tailVariance(a: number): number {
  // Far out what lies above is exponential, and the difference below would be rounding alone.
  if (a > 100) return 1 / (a * a)
  const mean = hazard(a)
  return Math.max(0, 1 + mean * (a - mean))
}

/** Quantiles of what lies above `a`, by the share 0 < u < 1 of it that a value exceeds. */
export function quantilesAbove(a: number): (u: number) => number {
  // Shares below 1e-195 leave the range of the quantile; there the excess is exponential up to 1/a².
  if (a > 30) return (u) => a - ln(1 - u) / a
  const share = normalTail(a)
  return (u) => Math.max(a, -normalQuantile((1 - u) * share))
}
