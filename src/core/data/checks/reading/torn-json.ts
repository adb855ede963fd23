/** JSON that stops in the middle. */
import type { Check } from '../contract/check.ts'

export const tornJson: Check = {
  code: 'data/torn-json',
  title: 'JSON that stops in the middle',
  why: 'The record is incomplete: the export or the download was cut off, and more may be missing after it.',
  remedy: 'Fetch the file again and compare the number of records.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
