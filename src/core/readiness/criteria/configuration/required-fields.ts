/** Item 47: completeness of the migrated data. */
import type { Criterion } from '../../model/criterion.ts'
import { judgeData } from '../shared/data-judgement.ts'

const counts = ['data/required', 'data/fhir-cardinality', 'data/fhir-empty']

export const requiredFields: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/required-fields',
  items: [47],
  phase: 'configuration',
  severity: 'error',
  title: 'Required fields are empty after the move',
  why: 'A field the new system or the next clinician counts on is missing, and every report built on it is wrong.',
  remedy: 'Open the finding, fill the field in the crosswalk or agree a value for "not recorded".',
  needs: ['validation', 'baseline'],
  counts,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    return judgeData(given.value('validation'), given.value('baseline'), asOf, {
      side: 'target',
      counts,
      one: 'required field empty',
      many: 'required fields empty',
      threshold: thresholds.open ?? 0,
      declared: 'a required field',
    })
  },
}
