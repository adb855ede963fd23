/** A table without column names. */
import type { Check } from '../contract/check.ts'

export const noHeader: Check = {
  code: 'data/no-header',
  title: 'The first row holds values, not column names',
  why: 'Columns are numbered; a schema can not find them by name.',
  remedy: 'Give the number of header rows in Sources, or ask for an export with a header.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
