/** A file of records of one length whose last record is shorter. */
import type { Check } from '../contract/check.ts'

export const tornRecord: Check = {
  code: 'data/torn-record',
  title: 'The last record is shorter than the others',
  why: 'All records of the file have one length, so the transfer was cut off or the layout is another one: what follows is missing.',
  remedy: 'Ask for the file again, or correct the record length of the layout.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
