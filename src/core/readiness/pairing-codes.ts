/** Codes of findings that come from laying a legacy record beside its migrated one; the other data findings are about one side alone. */

/** Harm to allergies. */
export const allergyCodes: ReadonlySet<string> = new Set([
  'data/allergy-lost',
  'data/allergy-altered',
  'data/allergy-resurrected',
  'data/allergy-state-changed',
])

/** Harm to medicines and the numbers beside them. */
export const medicineCodes: ReadonlySet<string> = new Set(['data/dose-changed', 'data/unit-lost', 'data/comparator-lost'])

/** A record with the wrong person, or nowhere. */
export const identityCodes: ReadonlySet<string> = new Set(['data/wrong-patient', 'data/patient-lost'])

const otherCodes: ReadonlySet<string> = new Set([
  'data/item-lost',
  'data/item-appeared',
  'data/item-resurrected',
  'data/field-changed',
  'data/date-swapped',
  'data/text-damaged',
  'data/note-truncated',
  'data/code-system-lost',
])

export function isPairingCode(code: string): boolean {
  return allergyCodes.has(code) || medicineCodes.has(code) || identityCodes.has(code) || otherCodes.has(code)
}
