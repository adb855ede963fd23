/** The plan of a review: claims, strata, sizes; locked before the frame, the frame before the seed. */
import * as v from 'valibot'
import { type Kept, listBy, object } from '../../values/document.ts'
import { type Frame, mustSeeStratum } from '../draw/frame.ts'
import { type Claim, claimSchema, smallestIntolerable } from '../model/claim.ts'
import { type SampledStratum, stratifiedSampleHolds } from '../statistics/bound.ts'
import { correctedBound } from '../statistics/corrected-bound.ts'
import { smallestSample } from '../statistics/hypergeometric.ts'

/** `random`: in the random part; records chosen on purpose were chosen for what the program found. */
export const blindChoices = ['random', 'all', 'none'] as const
export type Blind = (typeof blindChoices)[number]

const planStratum = object({
  id: v.string(),
  /** What puts a record here, in words. */
  rule: v.string(),
  /** N_h, units in the frame. */
  size: v.number(),
  minimum: v.number(),
  /** n_h, units to draw; equal to `size` in a take-all stratum. */
  n: v.number(),
  /** Chosen on purpose, counted exactly, never part of the random sample. */
  takeAll: v.boolean(),
  /** How many of them are booked in the next 30 days; absent where nobody counted. */
  booked: v.exactOptional(v.number()),
  /** How many of them clinicians chose before the migration, and how many are read again because an earlier sample found them wrong. */
  golden: v.exactOptional(v.number()),
  again: v.exactOptional(v.number()),
})
export type PlanStratum = Kept<typeof planStratum>

/** `review/plan.json`. */
export const planDocument = object({
  format: v.literal('carryover-plan/1'),
  /** What is counted; a claim about patients never follows from a sample of entries. */
  unit: v.picklist(['patient record', 'entry']),
  claims: listBy('id', claimSchema),
  /** Sorted by id. */
  strata: listBy('id', planStratum),
  /** c: how many wrong records in the random sample still let every claim hold. */
  errorsAllowed: v.number(),
  /** Share of the sample that a second reader sees without knowing it, parts per million. */
  secondReaderPpm: v.number(),
  /** Seconds the critical block must have been on screen before a verdict counts. */
  lookSeconds: v.number(),
  /** What counts as harmful here, pinned; shown at `?`. */
  criteria: v.string(),
  /** How many seeded defects each reader meets beside the sample; absent or 0 where the sensitivity of readers is not measured. */
  traps: v.exactOptional(v.number()),
  /** How many prepared records open each session of a reader; absent or 0 where none do. */
  calibration: v.exactOptional(v.number()),
  /** Present where reading may stop as soon as the evidence suffices; absent where the whole sample is read. */
  stopping: v.exactOptional(v.literal('early')),
  /** In which records readers judge before they see what the program found; absent in plans of early versions, which hid nothing. */
  blind: v.exactOptional(v.picklist(blindChoices)),
})
export type SamplingPlan = Kept<typeof planDocument>

/** What must be known of a stratum before sizes are planned. */
export interface StratumWish {
  readonly id: string
  readonly rule: string
  readonly size: number
  readonly minimum: number
  readonly booked?: number
  readonly golden?: number
  readonly again?: number
}

/** Units of the frame, N: random strata and take-all together. */
export function populationOf(plan: Pick<SamplingPlan, 'strata'>): number {
  return plan.strata.reduce((sum, stratum) => sum + stratum.size, 0)
}

/** n: units drawn at random. */
export function randomSampleOf(plan: SamplingPlan): number {
  return plan.strata.reduce((sum, stratum) => sum + (stratum.takeAll ? 0 : stratum.n), 0)
}

/** n of the draw by stratum, take-all strata whole. */
export function drawCounts(plan: Pick<SamplingPlan, 'strata'>): ReadonlyMap<string, number> {
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
  /** Claims that not even reading every record would prove, because readers who miss some defects are no census. */
  readonly unprovable: readonly string[]
}

/**
 * Smallest allocation with which every claim holds after at most `errorsAllowed` wrong records in the random sample and none in the
 * take-all stratum. One random stratum gives the exact hypergeometric size; several need a few more (bound.ts says why). With `traps`
 * seeded defects the bound corrected for readers decides, and the sizes are those that it needs where every one of them is caught.
 */
export function planSizes(
  claims: readonly Claim[],
  wishes: readonly StratumWish[],
  errorsAllowed: number,
  traps = 0,
): PlannedSizes {
  const random = wishes.filter((wish) => wish.id !== mustSeeStratum)
  const size = random.reduce((sum, wish) => sum + wish.size, 0)
  const population = wishes.reduce((sum, wish) => sum + wish.size, 0)
  const byClaim = new Map<string, number>()
  const unprovable: string[] = []
  let counts = allocate(0, random)
  let most = 0
  for (const claim of claims) {
    const intolerable = smallestIntolerable(population, claim.tolerablePpm)
    const sampledAt = (n: number): readonly SampledStratum[] => {
      const shares = allocate(n, random)
      return random.map((wish) => ({ size: wish.size, n: shares.get(wish.id) ?? 0 }))
    }
    let n = smallestSample(size, intolerable, errorsAllowed, claim.riskPpm)
    while (n < size && !stratifiedSampleHolds(sampledAt(n), intolerable, errorsAllowed, claim.riskPpm)) n++
    if (traps > 0) {
      const mustSee = { size: population - size, wrong: 0 }
      const seeded = { seeded: traps, caught: traps }
      const holds = (at: number): boolean =>
        correctedBound(seeded, claim.riskPpm, sampledAt(at), mustSee, errorsAllowed).upper < intolerable
      if (holds(size)) n = firstThatHolds(n, size, holds)
      else {
        unprovable.push(claim.id)
        n = size
      }
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
  return { strata, byClaim, n: random.reduce((sum, wish) => sum + (counts.get(wish.id) ?? 0), 0), unprovable }
}

/** A list that may be read to three times the fixed size: 95 of 100 good lots are accepted within it. */
const listTimes = 3
/** Lists of small strata reach at least so far, so that none of them ends the list of all early. */
const shortestList = 50

/** The same plan for reading that may stop early: longer lists, of which mostly the beginning is read; `outside` records stay off them. */
export function listSizes(sizes: PlannedSizes, outside = 0): PlannedSizes {
  const all = sizes.strata.reduce((sum, { takeAll, size }) => sum + (takeAll ? 0 : size), 0)
  const strata = sizes.strata.map((stratum) => {
    if (stratum.takeAll) return stratum
    const most = stratum.size - Math.ceil((outside * stratum.size) / Math.max(1, all))
    return { ...stratum, n: Math.max(stratum.n, Math.min(most, Math.max(stratum.n * listTimes, shortestList))) }
  })
  return { ...sizes, strata, n: strata.reduce((sum, { takeAll, n }) => sum + (takeAll ? 0 : n), 0) }
}

/**
 * Why a list that ends too early can not go on to every record, in words with what to do instead; null where it can. What readers see is
 * measured among the records of the first list alone, and records were kept off it to be altered or to be told about.
 */
export function whyListIsFinal({ traps = 0, calibration = 0 }: Pick<SamplingPlan, 'traps' | 'calibration'>): string | null {
  if (traps > 0)
    return 'The list can not go on to every record: the seeded defects are spent on this list, and copies of records outside it were altered for them. Plan again and draw a new sample.'
  if (calibration > 0)
    return 'The list can not go on to every record: readers were told about prepared records outside it. Plan again and draw a new sample.'
  return null
}

/** By halving; `high` holds. */
function firstThatHolds(from: number, to: number, holds: (n: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return high
}
