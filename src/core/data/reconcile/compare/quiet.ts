/** Entries of which there is nothing to tell: both sides have them, equal or by their rule, and nothing was left to decide. */
import type { JudgedItem } from './judged-patient.ts'

/** What such entries are counted as; sums, so that any parts of them add up to the whole. */
export interface QuietSums {
  readonly patients: number
  /** Per table and field of the plan, in its order. */
  readonly fields: readonly number[]
  /** Per legacy table. */
  readonly ledger: readonly (readonly [table: string, counts: readonly number[]])[]
}

/** No explanation is asked for where both sides have the entry. */
export function isQuietItem({ legacy, target, cls, match, differences, outcomes }: JudgedItem): boolean {
  return (
    legacy !== null &&
    target !== null &&
    (cls === 'same' || cls === 'same-after-rule') &&
    (match === null || match.rivals.length === 0) &&
    differences.length === 0 &&
    outcomes.every((outcome) => !('kind' in outcome))
  )
}
