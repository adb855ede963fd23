/** Records of empty cells only. */
import type { Check } from '../contract/check.ts'

export const emptyRecord: Check = {
  code: 'data/empty-record',
  title: 'Records without any value',
  why: 'They are counted, but carry nothing over: spreadsheets write them for rows that were emptied or only formatted.',
  remedy: 'Remove them from the export, so that the number of records is that of real ones.',
  severity: 'warning',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'reading',
}
