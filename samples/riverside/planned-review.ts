/** What the invented team of the sample decided about its review. */
import { sha256Hex } from '../../src/core/canonical.ts'
import { defaultClaims } from '../../src/core/review/model/claim.ts'
import type { StrataChoices } from '../../src/core/review/plan/strata.ts'

/** Fixed, so that everybody who opens the sample sees the same records; a real draw is rolled. */
export const sampleSeed = '42424242424242424242'

/** The sample names its invented patients the same for everybody, so that its fixed seed draws the same records. */
export function sampleSalt(project: string): string {
  return sha256Hex(`salt of the sample ${project}`)
}

/** The broadest claim alone: few enough records to finish the demonstration in one sitting. */
export const sampleClaims = defaultClaims.filter((claim) => claim.domain === null && claim.class === 'wrong-or-worse')

export const sampleErrorsAllowed = 0

export const sampleStrata: StrataChoices = {
  bySite: false,
  byAllergies: false,
  byMedicines: false,
  booked: false,
  chosen: [],
  minimums: new Map(),
}
