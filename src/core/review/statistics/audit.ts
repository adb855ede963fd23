/**
 * May we stop? A test martingale over verdicts in ticket order, sampling without replacement: the chance of accepting a lot with
 * D0 or more wrong units is at most α whatever the stopping moment (Ville 1939; ALPHA with a fixed alternative, Stark 2023).
 */
import { type Claim, million, smallestIntolerable } from '../model/claim.ts'

export interface AuditState {
  readonly p: number
  /** `full-review`: the claim has failed, or nothing short of every unit can decide. */
  readonly decision: 'accept' | 'continue' | 'full-review'
  readonly reviewed: number
  readonly wrong: number
}

/** What the next verdicts are expected to hold, as a share of the tolerance; 0.3 stops early for good lots and forgives one unlucky record. */
export const anticipatedShare = 0.3

/** `rights`: one verdict per unit, the longest complete prefix in ticket order; true means right. Units beyond it are not judged yet. */
export function auditOf(
  size: number,
  claim: Pick<Claim, 'tolerablePpm' | 'riskPpm'>,
  rights: Iterable<boolean>,
  anticipated: number = anticipatedShare,
): AuditState {
  const tolerable = claim.tolerablePpm / million
  const intolerable = smallestIntolerable(size, claim.tolerablePpm)
  return auditAgainst({ size, intolerable, riskPpm: claim.riskPpm, expectedRight: 1 - anticipated * tolerable }, rights)
}

export interface AuditedLot {
  readonly size: number
  /** D0, or D0* where readers miss some: this many wrong units, or more, must not be accepted. */
  readonly intolerable: number
  readonly riskPpm: number
  /** Share of right verdicts that the next units are expected to have; 0.3 of the tolerance unless given. */
  readonly expectedRight?: number
}

export function auditAgainst({ size, intolerable, riskPpm, ...given }: AuditedLot, rights: Iterable<boolean>): AuditState {
  // Integers decide at the edge: only more right units than H0 allows refute it, S = R0 does not.
  const mostRight = size - intolerable
  const expectedRight = given.expectedRight ?? 1 - (anticipatedShare * Math.max(0, intolerable - 1)) / Math.max(1, size)
  let right = 0
  let reviewed = 0
  let evidence = 1
  let best = 1
  let refuted = mostRight < 0
  for (const isRight of rights) {
    const mean = (mostRight - right) / (size - reviewed)
    const expected = Math.min(Math.max(expectedRight, mean + 1e-12), 1 - 1e-12)
    if (right > mostRight || (right === mostRight && isRight)) refuted = true
    else if (mean >= 1) evidence = isRight ? evidence : 0
    else if (right === mostRight) evidence *= 1 - expected
    else evidence *= isRight ? expected / mean : (1 - expected) / (1 - mean)
    best = Math.max(best, evidence)
    if (isRight) right++
    reviewed++
  }
  const wrong = reviewed - right
  // Evidence of earlier verdicts is worth nothing once so many wrong units were seen: the claim is known to be false.
  if (wrong >= intolerable) return { p: 1, decision: 'full-review', reviewed, wrong }
  const p = refuted ? 0 : Math.min(1, 1 / best)
  const decision = p <= riskPpm / million ? 'accept' : reviewed >= size ? 'full-review' : 'continue'
  return { p, decision, reviewed, wrong }
}
