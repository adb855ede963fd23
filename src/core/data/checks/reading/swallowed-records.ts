/** Several records that look like one quoted cell. */
import type { Check } from '../contract/check.ts'

export const swallowedRecords: Check = {
  code: 'data/swallowed-records',
  title: 'A quoted cell that looks like whole records',
  why: 'A pair of stray quotation marks hides records: they would be missing without any error.',
  remedy: 'Open the place and compare with the legacy system; if these are records, have the export double its quotation marks.',
  severity: 'warning',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'reading',
}
