/** What a sample is meant to prove: shares and risks are whole parts per million, so that no plan depends on rounding. */

import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'

/** `harmful`: verdict harmful. `wrong-or-worse`: harmful, wrong, not judged or not decidable. */
export const claimClasses = ['harmful', 'wrong-or-worse'] as const
export type ClaimClass = (typeof claimClasses)[number]

export const claimSchema = object({
  id: v.string(),
  class: v.picklist(claimClasses),
  /** Only differences of this domain count (`allergies`, `medicines` …); null counts the whole record. */
  domain: v.nullable(v.string()),
  /** τ in parts per million. */
  tolerablePpm: v.number(),
  /** α in parts per million: the chance of accepting a lot that is worse than τ. */
  riskPpm: v.number(),
})
/** "At most a share τ of the N records are wrong", to be refuted or upheld at a risk limit α. */
export type Claim = Kept<typeof claimSchema>

export const million = 1_000_000

/** Claims offered before the plan locks; every number stays editable until then and never after. */
export const defaultClaims: readonly Claim[] = [
  { id: 'allergies-harmful', class: 'harmful', domain: 'allergies', tolerablePpm: 5_000, riskPpm: 50_000 },
  { id: 'medicines-harmful', class: 'harmful', domain: 'medicines', tolerablePpm: 5_000, riskPpm: 50_000 },
  { id: 'record-harmful', class: 'harmful', domain: null, tolerablePpm: 10_000, riskPpm: 50_000 },
  { id: 'record-wrong', class: 'wrong-or-worse', domain: null, tolerablePpm: 50_000, riskPpm: 50_000 },
]

/** D0 = floor(τN) + 1, the smallest number of wrong records that breaks the claim; exact in integers. */
export function smallestIntolerable(size: number, tolerablePpm: number): number {
  return Number((BigInt(tolerablePpm) * BigInt(size)) / BigInt(million)) + 1
}

/** "at most 0.5 %": a share in words, without trailing zeros. */
export function percentText(ppm: number): string {
  return `${String(Number((ppm / 10_000).toFixed(4)))} %`
}
