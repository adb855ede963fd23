/** What criteria read of a review and of a downtime kit. */

import type { Meaning } from '../../project/signing/signature-page.ts'
import type { ClaimResult } from '../../review/result/result.ts'

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

export interface KitRecord {
  /** First day of its lists. */
  readonly day: string
  readonly digest: string
  readonly clinics: readonly {
    readonly name: string
    readonly bookings: number
    readonly procedures: number
    readonly forms: number
  }[]
  readonly from: readonly { readonly name: string; readonly digest: string }[]
}
