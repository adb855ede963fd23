/** How many defects to seed: more of them prove more about the readers, so that fewer records must be read; the least reading wins. */
import type { Claim } from '../model/claim.ts'
import { trapsFor } from '../pair/traps.ts'
import { type PlannedSizes, planSizes, type StratumWish } from './sampling-plan.ts'

/** Numbers tried. All caught, they prove a sensitivity of at least .59, .70, .77, .84, .88, .90 and .92 at half a percent. */
const tried = [10, 15, 20, 30, 40, 50, 60]

export interface PlannedTraps {
  readonly sizes: PlannedSizes
  readonly traps: number
}

/** Sizes and number of seeded defects with the fewest records to read in all, those seeded included. */
export function planWithTraps(claims: readonly Claim[], wishes: readonly StratumWish[], errorsAllowed: number): PlannedTraps {
  const all = wishes.reduce((sum, { size }) => sum + size, 0)
  const plans = tried.map((traps) => {
    const sizes = planSizes(claims, wishes, errorsAllowed, traps)
    const read = sizes.strata.reduce((sum, { n }) => sum + n, 0)
    // Never fewer than the share of the sample that every plan seeds: more of them prove more.
    const seeded = Math.max(traps, trapsFor(read))
    // Copies are made of records outside the sample.
    return { sizes, traps: seeded, read, room: all - read >= seeded ? 0 : 1 }
  })
  const [best] = plans.toSorted(
    (a, b) =>
      a.room - b.room ||
      a.sizes.unprovable.length - b.sizes.unprovable.length ||
      a.read + a.traps - b.read - b.traps ||
      a.traps - b.traps,
  )
  return best ?? { sizes: planSizes(claims, wishes, errorsAllowed), traps: 0 }
}
