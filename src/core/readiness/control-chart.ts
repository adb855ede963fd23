/** Cumulative sums of counts (Poisson CUSUM), and the limit that keeps quiet years quiet. */

/** The sum after each count, and the first period at which it reaches the limit; null where it never does. */
export interface CumulativeSum {
  readonly sums: readonly number[]
  readonly signal: number | null
  readonly limit: number
}

/**
 * Upper Poisson CUSUM (Lucas 1985): S = max(0, S + count − k) with k = (μ₁ − μ₀) / (ln μ₁ − ln μ₀), signal at S ≥ h.
 * @param mean expected count per period while nothing changed
 * @param factor smallest multiple of it that matters
 * @param limit h; see `limitFor`
 */
export function poissonCusum(counts: readonly number[], mean: number, factor: number, limit: number): CumulativeSum {
  const step = referenceOf(mean, factor)
  let sum = 0
  const sums = counts.map((count) => {
    sum = Math.max(0, sum + count - step)
    return sum
  })
  const at = sums.findIndex((each) => each >= limit)
  return { sums, signal: at < 0 ? null : at, limit }
}

/** The lowest whole limit at which a chart over so many quiet periods signals with at most this probability, by the exact Markov chain of rounded sums. */
export function limitFor(mean: number, factor: number, periods: number, most: number): number {
  const step = referenceOf(mean, factor)
  // States are tenths of a count: the sum is rounded up, so the true probability is not above the computed one.
  const grid = 10
  const shift = Math.floor(step * grid)
  const far = Math.ceil(mean + 12 * Math.sqrt(mean) + 20)
  const chance = poissonChances(mean, far)
  for (let limit = 1; limit <= far; limit++) {
    const top = limit * grid
    let states = new Float64Array(top)
    states[0] = 1
    for (let period = 0; period < periods; period++) {
      const next = new Float64Array(top)
      for (let state = 0; state < top; state++) {
        const weight = states[state] ?? 0
        if (weight === 0) continue
        for (let count = 0; count < chance.length; count++) {
          const to = Math.max(0, state + count * grid - shift)
          if (to >= top) break
          next[to] = (next[to] ?? 0) + weight * (chance[count] ?? 0)
        }
      }
      states = next
    }
    const quiet = states.reduce((sum, weight) => sum + weight, 0)
    if (1 - quiet <= most) return limit
  }
  return far
}

function referenceOf(mean: number, factor: number): number {
  return (mean * factor - mean) / Math.log(factor)
}

function poissonChances(mean: number, upTo: number): readonly number[] {
  let chance = Math.exp(-mean)
  return Array.from({ length: upTo + 1 }, (_, count) => {
    if (count > 0) chance *= mean / count
    return chance
  })
}
