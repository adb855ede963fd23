/** The plan of a review: claims, strata, sizes; locked before the frame, the frame before the seed. */
import { stratifiedSampleHolds } from './bound.ts'
import { type Claim, smallestIntolerable } from './claim.ts'
import { type Frame, mustSeeStratum } from './frame.ts'
import { smallestSample } from './hypergeometric.ts'

export interface PlanStratum {
  readonly id: string
  /** What puts a record here, in words. */
  readonly rule: string
  /** N_h, units in the frame. */
  readonly size: number
  readonly minimum: number
  /** n_h, units to draw; equal to `size` in a take-all stratum. */
  readonly n: number
  /** Chosen on purpose, counted exactly, never part of the random sample. */
  readonly takeAll: boolean
  /** How many of them are booked in the next 30 days; absent where nobody counted. */
  readonly booked?: number
}

/** `review/plan.json`. */
export interface SamplingPlan {
  readonly format: 'carryover-plan/1'
  /** What is counted; a claim about patients never follows from a sample of entries. */
  readonly unit: 'patient record' | 'entry'
  readonly claims: readonly Claim[]
  /** Sorted by id. */
  readonly strata: readonly PlanStratum[]
  /** c: how many wrong records in the random sample still let every claim hold. */
  readonly errorsAllowed: number
  /** Share of the sample that a second reader sees without knowing it, parts per million. */
  readonly secondReaderPpm: number
  /** Seconds the critical block must have been on screen before a verdict counts. */
  readonly lookSeconds: number
  /** What counts as harmful here, pinned; shown at `?`. */
  readonly criteria: string
}

/** What must be known of a stratum before sizes are planned. */
export interface StratumWish {
  readonly id: string
  readonly rule: string
  readonly size: number
  readonly minimum: number
  readonly booked?: number
}

/** Units of the frame, N: random strata and take-all together. */
export function populationOf(plan: SamplingPlan): number {
  return plan.strata.reduce((sum, stratum) => sum + stratum.size, 0)
}

/** n: units drawn at random. */
export function randomSampleOf(plan: SamplingPlan): number {
  return plan.strata.reduce((sum, stratum) => sum + (stratum.takeAll ? 0 : stratum.n), 0)
}

/** n of the draw by stratum, take-all strata whole. */
export function drawCounts(plan: SamplingPlan): ReadonlyMap<string, number> {
  return new Map(plan.strata.map((stratum) => [stratum.id, stratum.n]))
}

/** Sizes of a frame's strata with their rules, as the planner wants them. */
export function strataOf(
  frame: Frame,
  rules: ReadonlyMap<string, { readonly rule: string; readonly minimum: number }>,
): StratumWish[] {
  return frame.strata.map(({ id, records }) => ({
    id,
    rule: rules.get(id)?.rule ?? id,
    size: records.length,
    minimum: rules.get(id)?.minimum ?? 0,
  }))
}

/**
 * Shares `total` among strata in proportion to their sizes by largest remainder (ties by name), never under a minimum nor over a size.
 * Minimums come first and are part of `total`; where they exceed it, they stand.
 */
export function allocate(total: number, strata: readonly Pick<StratumWish, 'id' | 'size' | 'minimum'>[]): Map<string, number> {
  const counts = new Map(strata.map((stratum) => [stratum.id, Math.min(stratum.minimum, stratum.size)]))
  const wanted = Math.min(
    total,
    strata.reduce((sum, stratum) => sum + stratum.size, 0),
  )
  for (;;) {
    // Strata already above their share keep their minimum; the rest is shared among the others until nobody is above.
    const open = strata.filter((stratum) => (counts.get(stratum.id) ?? 0) < stratum.size)
    const fixed = [...counts.values()].reduce((sum, n) => sum + n, 0)
    const missing = wanted - fixed
    if (missing <= 0 || open.length === 0) return counts
    shareOut(missing, open, counts)
  }
}

function shareOut(missing: number, open: readonly Pick<StratumWish, 'id' | 'size'>[], counts: Map<string, number>): void {
  const held = (id: string): number => counts.get(id) ?? 0
  let group = open
  for (;;) {
    const size = group.reduce((sum, stratum) => sum + stratum.size, 0)
    const budget = missing + group.reduce((sum, stratum) => sum + held(stratum.id), 0)
    const over = group.filter((stratum) => held(stratum.id) * size > budget * stratum.size)
    if (over.length === 0) {
      giveByLargestRemainder(budget, size, group, counts)
      return
    }
    group = group.filter((stratum) => !over.includes(stratum))
  }
}

function giveByLargestRemainder(
  budget: number,
  size: number,
  group: readonly Pick<StratumWish, 'id' | 'size'>[],
  counts: Map<string, number>,
): void {
  const shares = group.map((stratum) => {
    const product = budget * stratum.size
    return { id: stratum.id, whole: Math.floor(product / size), rest: product % size }
  })
  let left = budget - shares.reduce((sum, share) => sum + share.whole, 0)
  for (const share of shares.toSorted((a, b) => b.rest - a.rest || (a.id < b.id ? -1 : 1))) {
    counts.set(share.id, share.whole + (left > 0 ? 1 : 0))
    if (left > 0) left--
  }
}

export interface PlannedSizes {
  readonly strata: readonly PlanStratum[]
  /** Smallest random sample for each claim alone, by claim id, and what all of them need together. */
  readonly byClaim: ReadonlyMap<string, number>
  readonly n: number
}

/**
 * Smallest allocation with which every claim holds after at most `errorsAllowed` wrong records in the random sample and none in the
 * take-all stratum. One random stratum gives the exact hypergeometric size; several need a few more (bound.ts says why).
 */
export function planSizes(claims: readonly Claim[], wishes: readonly StratumWish[], errorsAllowed: number): PlannedSizes {
  const random = wishes.filter((wish) => wish.id !== mustSeeStratum)
  const size = random.reduce((sum, wish) => sum + wish.size, 0)
  const population = wishes.reduce((sum, wish) => sum + wish.size, 0)
  const byClaim = new Map<string, number>()
  let counts = allocate(0, random)
  let most = 0
  for (const claim of claims) {
    const intolerable = smallestIntolerable(population, claim.tolerablePpm)
    let n = smallestSample(size, intolerable, errorsAllowed, claim.riskPpm)
    for (; n < size; n++) {
      const shares = allocate(n, random)
      const sampled = random.map((wish) => ({ size: wish.size, n: shares.get(wish.id) ?? 0 }))
      if (stratifiedSampleHolds(sampled, intolerable, errorsAllowed, claim.riskPpm)) break
    }
    byClaim.set(claim.id, n)
    most = Math.max(most, n)
  }
  counts = allocate(most, random)
  const strata = wishes
    .map((wish) => {
      const takeAll = wish.id === mustSeeStratum
      return { ...wish, takeAll, n: takeAll ? wish.size : (counts.get(wish.id) ?? 0) }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return { strata, byClaim, n: random.reduce((sum, wish) => sum + (counts.get(wish.id) ?? 0), 0) }
}
