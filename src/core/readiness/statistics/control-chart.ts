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
  // Sums are rounded up, so that the true probability is not above the computed one.
  const perCount = countsPerState(mean)
  const shift = Math.floor(referenceOf(mean, factor) * perCount)
  const far = Math.ceil(mean + 12 * Math.sqrt(mean) + 20)
  const moves = movesOf(mean, far, perCount, Math.ceil)
  const signals = (limit: number): number => 1 - quietChance(moves, shift, Math.max(1, Math.floor(limit * perCount)), periods)
  let [low, high] = [1, far]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (signals(middle) <= most) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Chance that the chart signals within so many periods when the mean has become `now`, by the chain of sums (Brook and Evans 1972); they are
 * rounded down, so that it is not above the true one.
 */
export function chanceOfSignal(now: number, mean: number, factor: number, limit: number, periods: number): number {
  const perCount = countsPerState(mean)
  const shift = Math.ceil(referenceOf(mean, factor) * perCount)
  const moves = movesOf(now, Math.ceil(now + 12 * Math.sqrt(now) + 20), perCount, Math.floor)
  return 1 - quietChance(moves, shift, Math.max(1, Math.ceil(limit * perCount)), periods)
}

interface Move {
  readonly up: number
  readonly chance: number
}

/** Chance that the sum stays below its top in all periods. */
function quietChance(moves: readonly Move[], shift: number, top: number, periods: number): number {
  let states = new Float64Array(top)
  states[0] = 1
  for (let period = 0; period < periods; period++) {
    const next = new Float64Array(top)
    for (let state = 0; state < top; state++) {
      const weight = states[state] ?? 0
      if (weight === 0) continue
      for (const { up, chance } of moves) {
        const to = Math.max(0, state + up - shift)
        if (to >= top) break
        next[to] = (next[to] ?? 0) + weight * chance
      }
    }
    states = next
  }
  return states.reduce((sum, weight) => sum + weight, 0)
}

/** States are tenths of a count, for large means twentieths of a standard deviation. */
function countsPerState(mean: number): number {
  return mean <= 400 ? 10 : 1 / Math.ceil(Math.sqrt(mean) / 20)
}

function referenceOf(mean: number, factor: number): number {
  return (mean * factor - mean) / Math.log(factor)
}

/** Counts of a Poisson law as moves of the sum, fewest first. */
function movesOf(mean: number, far: number, perCount: number, round: (sum: number) => number): readonly Move[] {
  const moves = new Map<number, number>()
  for (const [count, chance] of poissonChances(mean, far).entries()) {
    const up = round(count * perCount)
    if (chance > 0) moves.set(up, (moves.get(up) ?? 0) + chance)
  }
  return [...moves].map(([up, chance]) => ({ up, chance }))
}

/** From the likeliest count outwards, in shares of it: e to the power of minus a large mean is no number any more. */
function poissonChances(mean: number, upTo: number): readonly number[] {
  const mode = Math.floor(mean)
  const shares = new Float64Array(upTo + 1)
  shares[mode] = 1
  for (let count = mode + 1; count <= upTo; count++) shares[count] = ((shares[count - 1] ?? 0) * mean) / count
  for (let count = mode - 1; count >= 0; count--) shares[count] = ((shares[count + 1] ?? 0) * (count + 1)) / mean
  const all = shares.reduce((sum, share) => sum + share, 0)
  return [...shares].map((share) => share / all)
}
