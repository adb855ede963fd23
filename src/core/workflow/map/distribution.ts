/** How long something takes, in seconds: the closed list of distributions, with mean and variation. Sampling is in simulation/. */
import * as v from 'valibot'
import { type Kept, object, takenAsItIs, variant } from '../../values/document.ts'
import { hazard, tailVariance } from '../numerics/normal-tail.ts'

const number = v.number()
const numbers = v.array(number)
/** Members that no distribution has are kept where they stand. */
export const distribution = takenAsItIs(
  variant('dist', [
    object({ dist: v.literal('constant'), value: number }),
    object({ dist: v.literal('exponential'), mean: number }),
    object({ dist: v.literal('erlang'), mean: number, k: number }),
    object({ dist: v.literal('gamma'), mean: number, cv: number }),
    object({ dist: v.literal('lognormal'), mean: number, cv: number }),
    object({ dist: v.literal('uniform'), min: number, max: number }),
    object({ dist: v.literal('triangular'), min: number, mode: number, max: number }),
    object({ dist: v.literal('truncnormal'), mean: number, sd: number, min: number }),
    object({ dist: v.literal('empirical'), values: numbers, weights: numbers }),
  ]),
)
export type Distribution = Kept<typeof distribution>

export const distributionNames: readonly Distribution['dist'][] = distribution.options.map(({ entries }) => entries.dist.literal)

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
