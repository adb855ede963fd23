/** How often a watch over drift may cry out for nothing, and how surely it must find what it says it finds. */
import { normalQuantile } from '../../workflow/numerics/numbers.ts'

/** Years of months in which nothing moved and yet something alarms: the promise is 0.05, and this is what the limits are set for. */
const quietYears = 0.03
/** Six measures share it alike; each is looked at twelve times a year, two periods each time (Bonferroni's bound: no look is free). */
const looks = 12
export const riskPerLook = quietYears / 6 / looks
export const riskPerPeriod = riskPerLook / 2
/** One-sided: only what gets worse alarms. That all measures keep the promise together is simulated in the tests. */
export const periodZ = normalQuantile(1 - riskPerPeriod)

/** A shift counts as one that would be seen where it is found so often within the compared periods. */
const power = 0.9

/**
 * The smallest shift, to a thousandth of the range, that at least one of the periods finds with the power asked; null where even `most` is not.
 * Power of independent periods: 1 − Π(1 − πᵢ); the baseline is taken as it was counted.
 * @param found chance π by period, growing with the shift
 */
export function smallestSeen(least: number, most: number, found: (shift: number) => readonly number[]): number | null {
  const enough = (shift: number): boolean => found(shift).reduce((missed, chance) => missed * (1 - chance), 1) <= 1 - power
  if (!enough(most)) return null
  let [low, high] = [least, most]
  while (high - low > (most - least) / 1000) {
    const middle = (low + high) / 2
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
