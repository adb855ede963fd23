/** Turns counter-based uniforms into durations. A draw depends on who asks, never on what happened before. */
import { furtherKey, keyedUniform } from '../../../random.ts'
import type { Distribution } from '../../map/distribution.ts'
import { quantilesAbove } from '../../numerics/normal-tail.ts'
import { exp, ln, normalQuantile } from '../../numerics/numbers.ts'

/** Who asks: the key of seed, stream and purpose (`drawKey`), and which case and visit. Gives seconds. */
export type Sampler = (key: number, counter: number) => number

export function samplerOf(d: Distribution): Sampler {
  switch (d.dist) {
    case 'constant':
      return () => d.value
    case 'exponential':
      return (key, counter) => -d.mean * ln(keyedUniform(key, counter))
    case 'uniform':
      return (key, counter) => d.min + (d.max - d.min) * keyedUniform(key, counter)
    case 'triangular':
      return (key, counter) => triangular(d, keyedUniform(key, counter))
    case 'lognormal': {
      const variance = ln(1 + d.cv * d.cv)
      const sigma = Math.sqrt(variance)
      if (d.mean === 0) return () => 0
      const mu = ln(d.mean) - variance / 2
      return (key, counter) => exp(mu + sigma * normalQuantile(keyedUniform(key, counter)))
    }
    case 'truncnormal': {
      if (d.sd === 0) return () => Math.max(d.min, d.mean)
      const quantile = quantilesAbove((d.min - d.mean) / d.sd)
      return (key, counter) => Math.max(d.min, d.mean + d.sd * quantile(keyedUniform(key, counter)))
    }
    case 'erlang': {
      const k = Math.max(1, Math.round(d.k))
      return (key, counter) => {
        let sum = 0
        for (let i = 0; i < k; i++) sum -= ln(keyedUniform(furtherKey(key, i << 8), counter))
        return (sum * d.mean) / k
      }
    }
    case 'gamma':
      return gamma(d.mean, d.cv)
    case 'empirical':
      return empirical(d.values, d.weights)
  }
}

function triangular(d: Extract<Distribution, { dist: 'triangular' }>, u: number): number {
  const width = d.max - d.min
  if (width <= 0) return d.min
  const cut = (d.mode - d.min) / width
  return u < cut ? d.min + Math.sqrt(u * width * (d.mode - d.min)) : d.max - Math.sqrt((1 - u) * width * (d.max - d.mode))
}

/** Marsaglia and Tsang 2000; shapes below 1 by their boost. Each attempt draws from its own counter. */
function gamma(mean: number, cv: number): Sampler {
  if (cv === 0 || mean === 0) return () => mean
  const shape = 1 / (cv * cv)
  const boosted = shape < 1 ? shape + 1 : shape
  const d = boosted - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  return (key, counter) => {
    let value = d
    for (let attempt = 0; attempt < 64; attempt++) {
      const x = normalQuantile(keyedUniform(furtherKey(key, attempt << 8), counter))
      const v = 1 + c * x
      if (v <= 0) continue
      const cube = v * v * v
      const u = keyedUniform(furtherKey(key, (attempt << 8) + 128), counter)
      if (ln(u) < (x * x) / 2 + d - d * cube + d * ln(cube)) {
        value = d * cube
        break
      }
    }
    const boost = shape < 1 ? exp(ln(keyedUniform(furtherKey(key, 100 << 8), counter)) / shape) : 1
    return (value * boost * mean) / shape
  }
}

function empirical(values: readonly number[], weights: readonly number[]): Sampler {
  const sums: number[] = []
  let total = 0
  for (let i = 0; i < values.length; i++) {
    total += weights[i] ?? 1
    sums.push(total)
  }
  return (key, counter) => {
    const at = keyedUniform(key, counter) * total
    for (let i = 0; i < sums.length; i++) if (at < (sums[i] ?? 0)) return values[i] ?? 0
    return values[values.length - 1] ?? 0
  }
}
