/**
 * Agreement of readers (review.md §10): percent, Cohen/Conger, Fleiss, Gwet, Brennan–Prediger and Krippendorff, for any number of readers
 * and with ratings missing. Standard errors are delta-method errors over units; with two readers and nothing missing they are the
 * published closed forms (Fleiss, Cohen and Everitt 1969; Gwet 2008).
 */
import { studentQuantile } from '../../student-quantile.ts'

/** One unit: the category each reader chose, null where the reader did not rate it. Categories are 0 … q − 1, readers in one order. */
export type Ratings = readonly (number | null)[]

export interface Coefficient {
  readonly value: number
  readonly error: number
  /** ± t(n − 1) · error at 95 %, clipped to −1 … 1. */
  readonly interval: readonly [number, number]
}

export interface Agreement {
  /** Units with at least one rating, and those that two or more readers rated. */
  readonly units: number
  readonly shared: number
  readonly percent: Coefficient
  /** Cohen's kappa for two readers, Conger's for more. */
  readonly kappa: Coefficient
  /** Scott's pi for two readers, Fleiss' kappa for more. */
  readonly fleiss: Coefficient
  readonly ac1: Coefficient
  readonly brennanPrediger: Coefficient
  /** Krippendorff's. */
  readonly alpha: Coefficient
}

/** Full credit for the same category only. */
export const nominal = (a: number, b: number): number => (a === b ? 1 : 0)

/** Partial credit that falls with the distance of ordered categories; with it AC1 is AC2 and alpha is ordinal in steps. */
export function weightsOf(kind: 'linear' | 'quadratic', categories: number): (a: number, b: number) => number {
  const widest = Math.max(1, categories - 1)
  return (a, b) => {
    const share = Math.abs(a - b) / widest
    return kind === 'linear' ? 1 - share : 1 - share * share
  }
}

/** Null where no unit was rated twice, or only one category exists: there is nothing to agree on. */
export function agreementOf(
  units: readonly Ratings[],
  categories: number,
  weight: (a: number, b: number) => number = nominal,
): Agreement | null {
  const counted = units.map((ratings) => countsOf(ratings, categories)).filter((unit) => unit.n > 0)
  const twice = counted.filter((unit) => unit.n > 1).length
  if (twice === 0 || categories < 2) return null
  const shares = meanShares(counted, categories)
  const grid = Array.from({ length: categories }, (_, k) => Array.from({ length: categories }, (_, l) => weight(k, l)))
  const weights: Weights = { of: (a, b) => grid[a]?.[b] ?? 0, total: grid.flat().reduce((sum, each) => sum + each, 0) }
  const agreed = counted.map((unit) => agreedIn(unit, weights))
  const percent = agreed.reduce((sum, each) => sum + each, 0) / twice
  const perUnit = counted.map((unit, i) => (unit.n > 1 ? ((agreed[i] ?? 0) - percent) / twice : 0))
  const corrected = (chance: Chance): Coefficient => {
    const value = (percent - chance.value) / (1 - chance.value)
    const effects = perUnit.map((own, i) => (own - (1 - value) * (chance.effects[i] ?? 0)) / (1 - chance.value))
    return coefficient(value, effects, counted.length)
  }
  return {
    units: counted.length,
    shared: twice,
    percent: coefficient(percent, perUnit, counted.length),
    kappa: corrected(pairwiseChance(counted, categories, weights)),
    fleiss: corrected(pooledChance(counted, shares, weights)),
    ac1: corrected(gwetChance(counted, shares, weights)),
    brennanPrediger: corrected({ value: weights.total / categories ** 2, effects: counted.map(() => 0) }),
    alpha: krippendorff(counted, categories, weights),
  }
}

interface Weights {
  readonly of: (a: number, b: number) => number
  readonly total: number
}

interface Unit {
  readonly ratings: Ratings
  /** r_ik. */
  readonly counts: readonly number[]
  /** r_i. */
  readonly n: number
}

/** Agreement expected by chance, and how much each unit moves it. */
interface Chance {
  readonly value: number
  readonly effects: readonly number[]
}

function countsOf(ratings: Ratings, categories: number): Unit {
  const counts = Array.from({ length: categories }, () => 0)
  let n = 0
  for (const rating of ratings) {
    if (rating === null) continue
    counts[rating] = (counts[rating] ?? 0) + 1
    n++
  }
  return { ratings, counts, n }
}

/** π_k: mean over units of the share of their ratings in k. */
function meanShares(units: readonly Unit[], categories: number): readonly number[] {
  return Array.from(
    { length: categories },
    (_, k) => units.reduce((sum, unit) => sum + (unit.counts[k] ?? 0) / unit.n, 0) / units.length,
  )
}

/** Ratings that agree with k, weighted: Σ_l w_kl r_il. */
function credit(unit: Unit, k: number, { of }: Weights): number {
  return unit.counts.reduce((sum, r, l) => sum + of(k, l) * r, 0)
}

function agreedIn(unit: Unit, weights: Weights): number {
  if (unit.n < 2) return 0
  const pairs = unit.counts.reduce((sum, r, k) => (r === 0 ? sum : sum + r * (credit(unit, k, weights) - 1)), 0)
  return pairs / (unit.n * (unit.n - 1))
}

function gwetChance(units: readonly Unit[], shares: readonly number[], { total }: Weights): Chance {
  const q = shares.length
  const scale = total / (q * (q - 1))
  const value = scale * shares.reduce((sum, share) => sum + share * (1 - share), 0)
  const effects = units.map(
    (unit) =>
      (scale * shares.reduce((sum, share, k) => sum + (1 - 2 * share) * ((unit.counts[k] ?? 0) / unit.n - share), 0)) /
      units.length,
  )
  return { value, effects }
}

function pooledChance(units: readonly Unit[], shares: readonly number[], { of }: Weights): Chance {
  const against = shares.map((_, k) => shares.reduce((sum, share, l) => sum + of(k, l) * share, 0))
  const value = shares.reduce((sum, share, k) => sum + share * (against[k] ?? 0), 0)
  const effects = units.map(
    (unit) =>
      (2 * shares.reduce((sum, share, k) => sum + (against[k] ?? 0) * ((unit.counts[k] ?? 0) / unit.n - share), 0)) /
      units.length,
  )
  return { value, effects }
}

/** Mean over pairs of readers of what their own habits would give. */
function pairwiseChance(units: readonly Unit[], categories: number, { of }: Weights): Chance {
  const readers = Math.max(0, ...units.map((unit) => unit.ratings.length))
  const habits = Array.from({ length: readers }, (_, reader) => {
    const own = units.flatMap((unit) => unit.ratings[reader] ?? [])
    return { rated: own.length, shares: Array.from({ length: categories }, (_, k) => share(own, k)) }
  }).filter((habit) => habit.rated > 0)
  const present = Array.from({ length: readers }, (_, reader) => reader).filter((reader) =>
    units.some((unit) => typeof unit.ratings[reader] === 'number'),
  )
  const pairs = habits.length * (habits.length - 1)
  if (pairs === 0) return { value: 0, effects: units.map(() => 0) }
  const sums = Array.from({ length: categories }, (_, k) => habits.reduce((sum, { shares }) => sum + (shares[k] ?? 0), 0))
  /** What the other readers give to k, weighted. */
  const others = habits.map(({ shares }) =>
    shares.map((_, k) => sums.reduce((sum, all, l) => sum + of(k, l) * (all - (shares[l] ?? 0)), 0)),
  )
  const means = habits.map(({ shares }, g) => shares.reduce((sum, own, k) => sum + own * (others[g]?.[k] ?? 0), 0))
  const effects = units.map((unit) => {
    let effect = 0
    for (const [g, reader] of present.entries()) {
      const rating = unit.ratings[reader]
      if (typeof rating === 'number') effect += ((others[g]?.[rating] ?? 0) - (means[g] ?? 0)) / (habits[g]?.rated ?? 1)
    }
    return (2 * effect) / pairs
  })
  return { value: means.reduce((sum, each) => sum + each, 0) / pairs, effects }
}

function share(ratings: readonly number[], k: number): number {
  return ratings.filter((rating) => rating === k).length / ratings.length
}

/** 1 − (n − 1) · observed / expected disagreement, over ratings that can be paired. */
function krippendorff(all: readonly Unit[], categories: number, weights: Weights): Coefficient {
  const units = all.filter((unit) => unit.n > 1)
  const n = units.reduce((sum, unit) => sum + unit.n, 0)
  const totals = Array.from({ length: categories }, (_, k) => units.reduce((sum, unit) => sum + (unit.counts[k] ?? 0), 0))
  const against = totals.map((_, k) => totals.reduce((sum, total, l) => sum + (1 - weights.of(k, l)) * total, 0))
  const expected = totals.reduce((sum, total, k) => sum + total * (against[k] ?? 0), 0)
  const apart = units.map((unit) => unit.n * (1 - agreedIn(unit, weights)))
  const observed = apart.reduce((sum, each) => sum + each, 0)
  // Where everybody chose one category there is no disagreement to expect: full agreement.
  if (expected === 0) return coefficient(1, [], all.length)
  const effects = units.map((unit, i) => {
    const grown = 2 * unit.counts.reduce((sum, r, k) => sum + r * (against[k] ?? 0), 0)
    return -(unit.n * observed + (n - 1) * (apart[i] ?? 0)) / expected + ((n - 1) * observed * grown) / (expected * expected)
  })
  const middle = effects.reduce((sum, each) => sum + each, 0) / effects.length
  return coefficient(
    1 - ((n - 1) * observed) / expected,
    effects.map((effect) => effect - middle),
    all.length,
  )
}

function coefficient(value: number, effects: readonly number[], units: number): Coefficient {
  const error = Math.sqrt(effects.reduce((sum, effect) => sum + effect * effect, 0))
  const half = units > 1 ? studentQuantile(units - 1, 0.95) * error : 2
  return { value, error, interval: [Math.max(-1, value - half), Math.min(1, value + half)] }
}

/** Landis and Koch's words for a coefficient; words only, never a gate. */
export function strengthWords(value: number): string {
  if (value < 0) return 'poor'
  if (value <= 0.2) return 'slight'
  if (value <= 0.4) return 'fair'
  if (value <= 0.6) return 'moderate'
  return value <= 0.8 ? 'substantial' : 'almost perfect'
}

/** 2a / (2a + b + c) for the units that two readers call errors: how often one confirms what the other sees. Null where nobody saw one. */
export function specificAgreement(pairs: readonly (readonly [boolean, boolean])[]): number | null {
  const both = pairs.filter(([a, b]) => a && b).length
  const one = pairs.filter(([a, b]) => a !== b).length
  return both + one === 0 ? null : (2 * both) / (2 * both + one)
}
