/** What a plan asks of a doctor and what it would mean, in one sentence made from its numbers. */
import { counted } from '../../counted.ts'
import { durationText } from '../../duration-text.ts'
import { assumedSeconds } from '../decision/reading-time.ts'
import { type Claim, million, percentText, smallestIntolerable } from '../model/claim.ts'

export interface PlanNumbers {
  /** Patients of the frame. */
  readonly patients: number
  /** Drawn at random, and chosen on purpose. */
  readonly random: number
  readonly chosen: number
  /** Read a second time by somebody else. */
  readonly twice: number
  /** Seeded copies each reader meets beside them. */
  readonly seeded: number
  /** The list may end before all of it is read. */
  readonly early: boolean
  /** Seconds for one record; absent: assumed. */
  readonly seconds?: number
}

/**
 * "Read 83 of 800 patients, about 4 h in all: if all of them are right, you can be 95 % sure that at most 8 of 800 patients have an error that
 * could harm."
 */
export function planSentence(numbers: PlanNumbers, claims: readonly Claim[]): string {
  const { patients, random, chosen, early } = numbers
  const read = random + chosen
  const work = `Read ${early ? 'up to ' : ''}${grouped(read)} of ${counted(patients, 'patient', 'patients', grouped(patients))}, ${early ? 'at most' : 'about'} ${hoursOf(numbers)} in all`
  const claim = mainClaim(claims)
  if (!claim) return `${work}.`
  const most = smallestIntolerable(patients, claim.tolerablePpm) - 1
  const harm = claim.class === 'harmful' ? 'an error that could harm' : 'an error'
  const where = claim.domain === null ? '' : ` in the ${claim.domain}`
  const meaning = `you can be ${percentText(million - claim.riskPpm)} sure that at most ${grouped(most)} of ${grouped(patients)} patients have ${harm}${where}`
  return `${work}: if ${early ? 'the verdicts suffice' : 'what you read is right'}, ${meaning}.`
}

/** Time of all readers together, to five minutes. */
export function hoursOf({ random, chosen, twice, seeded, seconds = assumedSeconds }: PlanNumbers): string {
  const readings = random + chosen + twice + seeded
  return durationText(Math.max(1, Math.round((readings * seconds) / 300)) * 300)
}

/** The claim that is told first: harm, of the whole record. */
export function mainClaim(claims: readonly Claim[]): Claim | null {
  const rank = (claim: Claim): number => (claim.class === 'harmful' ? 0 : 2) + (claim.domain === null ? 0 : 1)
  return claims.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
