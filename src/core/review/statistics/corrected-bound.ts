/** The bound for readers who miss some defects: their sensitivity is what the seeded ones do not refute, and part of the risk pays for it. */
import { type SampledStratum, stratifiedUpperBound } from './bound.ts'
import { leastSensitivity, splitRisk, type TrapCount, upperBoundFor } from './sensitivity.ts'

export type CorrectedBound = {
  readonly seeded: number
  readonly caught: number
  /** Least sensitivity that the traps do not refute, at a tenth of the risk. */
  readonly least: number
  /** No more than this many of all units are wrong, at the risk limit. */
  readonly upper: number
}

/**
 * Records chosen on purpose are read by the same readers: what they missed there has a bound of its own, at half of the risk.
 * `x` are the wrong units among those drawn at random.
 */
export function correctedBound(
  { seeded, caught }: TrapCount,
  riskPpm: number,
  sampled: readonly SampledStratum[],
  mustSee: { readonly size: number; readonly wrong: number },
  x: number,
): CorrectedBound {
  const split = splitRisk(riskPpm)
  // Rounded down to six decimals, so that every engine computes with the same number.
  const least = Math.floor(leastSensitivity(caught, seeded, split.readers) * 1e6) / 1e6
  const risk = split.test + split.unseen
  if (mustSee.size === 0) return { seeded, caught, least, upper: stratifiedUpperBound(sampled, x, risk, least) }
  const half = Math.floor(risk / 2)
  const chosen = upperBoundFor(mustSee.size, mustSee.size, mustSee.wrong, half, least)
  return { seeded, caught, least, upper: chosen + stratifiedUpperBound(sampled, x, half, least) }
}
