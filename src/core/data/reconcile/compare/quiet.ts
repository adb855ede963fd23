/** Patients of whom there is nothing to tell: every entry arrived, equal or by its rule, and nothing was left to decide. */
import type { JudgedPatient } from './judged-patient.ts'

/** What quiet patients are counted as; sums, so that any parts of them add up to the whole. */
export interface QuietSums {
  readonly patients: number
  /** Per table and field of the plan, in its order. */
  readonly fields: readonly number[]
  /** Per legacy table. */
  readonly ledger: readonly (readonly [table: string, counts: readonly number[]])[]
}

/** Which patients were found quiet by whoever judged them before, in the order in which patients are judged. */
export interface QuietPatients {
  /** Asked once for each, with the key of the group. */
  isQuiet(group: string): boolean
  readonly sums: readonly QuietSums[]
}

export function isQuiet({ stateChanged, items, limited }: JudgedPatient): boolean {
  return !stateChanged && limited.size === 0 && items.every(isQuietItem)
}

/** No explanation is asked for where both sides have the entry. */
function isQuietItem({ legacy, target, cls, match, differences, outcomes }: JudgedPatient['items'][number]): boolean {
  return (
    legacy !== null &&
    target !== null &&
    (cls === 'same' || cls === 'same-after-rule') &&
    (match === null || match.rivals.length === 0) &&
    differences.length === 0 &&
    outcomes.every((outcome) => !('kind' in outcome))
  )
}
