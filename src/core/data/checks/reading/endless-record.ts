/** A record that does not end. */
import type { Check } from '../contract/check.ts'

export const endlessRecord: Check = {
  code: 'data/endless-record',
  title: 'A record without an end: reading stopped',
  why: 'Everything after this place is unread.',
  remedy: 'This is not a table with one record per line, or its line breaks are of another kind: check the export.',
  severity: 'critical',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
