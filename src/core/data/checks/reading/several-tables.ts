/** More than one table in one file. */
import type { Check } from '../contract/check.ts'

export const severalTables: Check = {
  code: 'data/several-tables',
  title: 'The file holds several tables',
  why: 'Read as one table, the rows of the second would be ragged or end up under the wrong names.',
  remedy:
    'Each table is read as one of its own (the second is named like the file with #2); check the line where it begins, or choose one table in Sources.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
