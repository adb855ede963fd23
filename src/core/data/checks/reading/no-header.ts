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
  examples: {
    flags: [
      {
        name: 'numbers and dates from the first row on',
        subject: { csv: '1,1815-12-10,5\n2,1906-12-09,7\n3,1881-12-07,6\n4,1820-05-12,9\n' },
      },
    ],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
