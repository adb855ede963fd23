/** Records that are too long to be held. */
import type { Check } from '../contract/check.ts'

export const recordTooLong: Check = {
  code: 'data/record-too-long',
  title: 'Records too long to read',
  why: 'The record was passed over; its values are not checked and not counted.',
  remedy: 'Look for a missing line break or an unclosed quotation mark at this place.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
