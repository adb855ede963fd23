/** Item 47: consistency of the migrated data. */
import type { Criterion } from '../../model/criterion.ts'
import { judgeData } from '../shared/data-judgement.ts'

const counts = ['data/foreign-key', 'data/fhir-reference-missing', 'data/fhir-contained-reference']

export const orphanReferences: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/orphan-references',
  items: [47],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Migrated records point to nothing',
  why: 'A result without its patient, or an order without its visit, is on nobody’s screen when it is needed.',
  remedy: 'Open the finding and load what it points to, or correct the key in the crosswalk.',
  needs: ['validation', 'baseline'],
  counts,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    return judgeData(given.value('validation'), given.value('baseline'), asOf, {
      side: 'target',
      counts,
      one: 'orphan reference',
      many: 'orphan references',
      threshold: thresholds.open ?? 0,
      declared: 'a key of another table',
    })
  },
}
