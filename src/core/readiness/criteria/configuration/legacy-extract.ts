/** Item 43: source mess, "inconsistent formats". */
import type { Criterion } from '../../model/criterion.ts'
import { judgeData } from '../shared/data-judgement.ts'

const counts = [
  'data/unique-key',
  'data/foreign-key',
  'data/required',
  'data/invalid-bytes',
  'data/encoding-damage',
  'data/unreadable',
  'data/swallowed-records',
  'data/ragged-row',
]

export const legacyExtract: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/legacy-extract',
  items: [43],
  phase: 'configuration',
  severity: 'error',
  title: 'The legacy extract does not read as its schema says',
  why: 'What is misread on the way out cannot be right on the way in, whatever the mapping does.',
  remedy: 'Open the finding; mend the export or the choices of reading, then read it again.',
  needs: ['validation', 'baseline'],
  counts,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    return judgeData(given.value('validation'), given.value('baseline'), asOf, {
      side: 'legacy',
      counts,
      one: 'defect of the extract',
      many: 'defects of the extract',
      threshold: thresholds.open ?? 0,
      declared: 'how it is to be read',
      byAnyCheck: true,
    })
  },
}
