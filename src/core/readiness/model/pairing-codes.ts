/** Codes of findings that come from laying a legacy record beside its migrated one, by what they harm; the others are about one side alone. */
import { type PairCode, pairWordings } from '../../data/reconcile/compare/difference-codes.ts'

export const allergyCodes: readonly string[] = [
  'data/allergy-state-changed',
  'data/allergy-lost',
  'data/allergy-altered',
  'data/allergy-resurrected',
] satisfies readonly PairCode[]

/** Medicines, values, and records with the wrong person or with nobody. */
export const medicineCodes: readonly string[] = [
  'data/dose-changed',
  'data/unit-lost',
  'data/unit-changed',
  'data/comparator-lost',
  'data/value-changed',
  'data/item-resurrected',
  'data/wrong-patient',
  'data/patient-lost',
] satisfies readonly PairCode[]

const all: ReadonlySet<string> = new Set(pairWordings.map((wording) => wording.code))

export function isPairingCode(code: string): boolean {
  return all.has(code)
}
