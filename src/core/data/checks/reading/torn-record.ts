/** A file of records of one length whose last record is shorter. */
import type { Check } from '../contract/check.ts'

const layout = {
  unit: 'bytes' as const,
  recordLength: 9,
  columns: [
    { name: 'id', start: 0, width: 3 },
    { name: 'name', start: 3, width: 6 },
  ],
}

export const tornRecord: Check = {
  code: 'data/torn-record',
  title: 'The last record is shorter than the others',
  why: 'All records of the file have one length, so the transfer was cut off or the layout is another one: what follows is missing.',
  remedy: 'Ask for the file again, or correct the record length of the layout.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [{ name: 'five bytes left', subject: { csv: '001Ada   002Grace 003Ed', reading: { layout } } }],
    passes: [{ name: 'whole records', subject: { csv: '001Ada   002Grace 003Edith ', reading: { layout } } }],
  },
}
