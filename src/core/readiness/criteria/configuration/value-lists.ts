/** Item 49: picklists. */
import type { Criterion } from '../../model/criterion.ts'
import { judgeData } from '../shared/data-judgement.ts'

const counts = ['data/value-list', 'data/fhir-code-required', 'data/fhir-coding-system']

export const valueLists: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/value-lists',
  items: [49],
  phase: 'configuration',
  severity: 'warning',
  title: 'Values stand outside their list',
  why: '"Free-text entries were so varied that the reporting system was useless": such values are in no report and in no alert.',
  remedy: 'Open the finding and map each value to one of the list.',
  needs: ['validation', 'baseline'],
  counts,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    return judgeData(given.value('validation'), given.value('baseline'), asOf, {
      side: 'target',
      counts,
      one: 'value outside its list',
      many: 'values outside their lists',
      threshold: thresholds.open ?? 0,
      declared: 'a list of values',
    })
  },
}
