/** What rightly names each kind of damage: codes of findings, and the least severity that a clinical reader would accept. */
import type { Severity } from '../../../src/core/finding.ts'

interface Named {
  /** Findings that name this damage rightly. */
  readonly codes: readonly string[]
  readonly least: Severity
}

const entryLost = ['data/item-lost', 'data/allergy-lost', 'data/record-unaccounted', 'data/allergy-state-changed']
const changed = ['data/field-changed', 'data/allergy-altered']
const value = ['data/value-changed', 'data/field-changed', 'data/dose-changed']
const named = (least: Severity, ...codes: readonly string[]): Named => ({ codes, least })

export const damageNames = {
  dropped: named('error', ...entryLost),
  duplicated: named('warning', 'data/item-appeared', 'data/key-repeated', 'data/allergy-state-changed'),
  'wrong-patient': named('critical', 'data/wrong-patient'),
  'day-shifted': named('error', ...changed, 'data/date-shifted'),
  'hours-shifted': named('error', ...changed, 'data/time-shifted', 'data/date-shifted'),
  'day-month-swapped': named('error', ...changed, 'data/date-swapped', 'data/date-shifted'),
  'ten-fold': named('error', ...value),
  'digits-transposed': named('error', ...value),
  'unit-changed': named('critical', ...value, 'data/unit-changed'),
  'unit-lost': named('error', 'data/unit-lost', 'data/field-lost'),
  'comparator-lost': named('error', 'data/comparator-lost', 'data/field-lost'),
  'other-concept': named('error', ...changed, ...entryLost),
  'code-system-changed': named('warning', 'data/code-system-lost', 'data/code-system-changed', ...changed),
  'text-truncated': named('warning', 'data/note-truncated', 'data/text-truncated', ...changed, 'data/dose-changed'),
  mojibake: named('warning', 'data/text-damaged', ...changed, 'data/dose-changed'),
  resurrected: named('error', 'data/item-resurrected', 'data/field-changed'),
  'status-lost': named('warning', 'data/field-lost', ...changed),
  'values-swapped': named('error', ...value),
  'patient-duplicated': named('error', 'data/duplicate-patient', 'data/patient-appeared', 'data/key-repeated'),
  'patients-merged': named('critical', 'data/patient-lost', 'data/wrong-patient'),
  'patient-dropped': named('critical', 'data/patient-lost'),
  'none-known-lost': named('error', ...entryLost),
  'zeros-lost': named('warning', 'data/zeros-lost', 'data/field-changed'),
  'sex-flipped': named('error', 'data/field-changed'),
  'birth-changed': named('error', 'data/field-changed', 'data/date-swapped', 'data/date-shifted'),
  'visit-changed': named('warning', 'data/field-changed'),
  'negation-lost': named('error', 'data/item-resurrected', 'data/allergy-resurrected', ...changed, 'data/allergy-state-changed'),
  'end-lost': named('warning', 'data/field-lost', ...changed),
  'reaction-lost': named('warning', 'data/field-lost', ...changed),
} as const satisfies Readonly<Record<string, Named>>

export type DamageKind = keyof typeof damageNames
export const damageKinds = Object.keys(damageNames).filter((name): name is DamageKind => Object.hasOwn(damageNames, name))
