/** What criteria read of a review and of a downtime kit. */

import * as v from 'valibot'
import type { Meaning } from '../../project/signing/signature-page.ts'
import type { ClaimResult } from '../../review/result/result.ts'
import { type Kept, object } from '../../values/document.ts'

export interface ReviewResult {
  readonly judged: number
  readonly drawn: number
  /** A record without a verdict counts as wrong. */
  /** Why nobody may approve on what two readers said; null where they agree, or one reader was planned. */
  readonly apart?: string | null
  readonly outcomes: readonly Pick<ClaimResult, 'claim' | 'x' | 'mustSeeWrong' | 'holds'>[]
}

export interface SignedResult {
  /** Signatures that cover the present data, in ledger order; the last ones where none does. */
  readonly signatures: readonly { readonly name: string; readonly meaning: Meaning }[]
  /** Moment of the last of them. */
  readonly last: string
  /** Why no signature covers the present data, in words; null when one does. */
  readonly notCovered: string | null
}

/** `readiness/downtime-kit.json`. */
export const kitDocument = object({
  format: v.exactOptional(v.literal('carryover-downtime-kit/1')),
  /** First day of its lists. */
  day: v.string(),
  digest: v.string(),
  clinics: v.array(object({ name: v.string(), bookings: v.number(), procedures: v.number(), forms: v.number() })),
  from: v.array(object({ name: v.string(), digest: v.string() })),
})
export type KitRecord = Kept<typeof kitDocument>

/** `readiness/pair-search.json`: one search for duplicate patients in a file of the new system. */
export const pairSearchDocument = object({
  day: v.string(),
  /** `reading` is the digest of how its bytes were read. */
  source: object({ name: v.string(), sha256: v.string(), reading: v.string() }),
  records: v.number(),
  /** Pairs that were compared. */
  pairs: v.number(),
  /** Groups of records that are probably one person. */
  groups: v.number(),
})
export type PairSearch = Kept<typeof pairSearchDocument>
