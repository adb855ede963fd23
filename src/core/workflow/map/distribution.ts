/** How long something takes, in seconds: the closed list of distributions, with mean and variation. Sampling is in simulation/. */
import { hazard, tailVariance } from '../numerics/normal-tail.ts'

export type Distribution =
  | { readonly dist: 'constant'; readonly value: number }
  | { readonly dist: 'exponential'; readonly mean: number }
  | { readonly dist: 'erlang'; readonly mean: number; readonly k: number }
  | { readonly dist: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'uniform'; readonly min: number; readonly max: number }
  | { readonly dist: 'triangular'; readonly min: number; readonly mode: number; readonly max: number }
  | { readonly dist: 'truncnormal'; readonly mean: number; readonly sd: number; readonly min: number }
  | { readonly dist: 'empirical'; readonly values: readonly number[]; readonly weights: readonly number[] }

/** The parameters each distribution takes; lists are `values` and `weights`. */
export const distributionParameters: Readonly<Record<Distribution['dist'], readonly string[]>> = {
  constant: ['value'],
  exponential: ['mean'],
  erlang: ['mean', 'k'],
  gamma: ['mean', 'cv'],
  lognormal: ['mean', 'cv'],
  uniform: ['min', 'max'],
  triangular: ['min', 'mode', 'max'],
  truncnormal: ['mean', 'sd', 'min'],
  empirical: ['values', 'weights'],
}

/** Why these numbers make no length of time, as a clause that follows “because”; null where they make one. */
export function flawOf(d: Distribution): string | null {
  for (const [name, given] of Object.entries(d)) {
    const below = [given].flat().find((value) => typeof value === 'number' && !(value >= 0 && Number.isFinite(value)))
    if (below !== undefined)
      return Number.isNaN(below) ? `${name} is no number` : `${name} is ${below}, and no time or spread is below 0 or endless`
  }
  if (d.dist === 'uniform' && d.min > d.max) return `min ${d.min} lies above max ${d.max}`
  if (d.dist === 'triangular' && d.min > d.mode) return `min ${d.min} lies above mode ${d.mode}`
  if (d.dist === 'triangular' && d.mode > d.max) return `mode ${d.mode} lies above max ${d.max}`
  if (d.dist === 'erlang' && d.k < 1) return `k is ${d.k}, and at least one phase is needed`
  if (d.dist === 'empirical' && d.values.length === 0) return 'it has no values'
  if (d.dist === 'empirical' && d.weights.length > 0 && !d.weights.some((weight) => weight > 0))
    return 'no value has a weight above 0'
  return null
}

/** The mean of what is drawn: for truncnormal that of the part above `min`, which is more than its `mean`. */
export function meanOf(d: Distribution): number {
  switch (d.dist) {
    case 'constant':
      return d.value
    case 'uniform':
      return (d.min + d.max) / 2
    case 'triangular':
      return (d.min + d.mode + d.max) / 3
    case 'empirical':
      return weighted(d, (value) => value)
    case 'truncnormal':
      return d.sd === 0 ? Math.max(d.min, d.mean) : d.mean + d.sd * hazard((d.min - d.mean) / d.sd)
    default:
      return d.mean
  }
}

/** Squared coefficient of variation. */
export function variationOf(d: Distribution): number {
  const mean = meanOf(d)
  if (mean === 0) return 0
  switch (d.dist) {
    case 'constant':
      return 0
    case 'exponential':
      return 1
    case 'erlang':
      return 1 / d.k
    case 'gamma':
    case 'lognormal':
      return d.cv * d.cv
    case 'uniform':
      return ((d.max - d.min) * (d.max - d.min)) / 12 / (mean * mean)
    case 'triangular':
      return (
        (d.min * d.min + d.mode * d.mode + d.max * d.max - d.min * d.mode - d.min * d.max - d.mode * d.max) / 18 / (mean * mean)
      )
    case 'truncnormal':
      return d.sd === 0 ? 0 : (d.sd * d.sd * tailVariance((d.min - d.mean) / d.sd)) / (mean * mean)
    case 'empirical':
      return weighted(d, (value) => (value - mean) * (value - mean)) / (mean * mean)
  }
}

function weighted(d: Extract<Distribution, { dist: 'empirical' }>, of: (value: number) => number): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < d.values.length; i++) {
    const weight = d.weights[i] ?? 1
    sum += of(d.values[i] ?? 0) * weight
    total += weight
  }
  return total === 0 ? 0 : sum / total
}
