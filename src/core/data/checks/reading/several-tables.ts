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
  examples: {
    flags: [
      {
        name: 'a second table after a blank line',
        subject: { csv: 'id,name,born\n1,Ada,1815\n2,Grace,1906\n3,Edith,1881\n\ncode,amount\nA1,20\nB2,30\nC3,40\n' },
      },
    ],
    passes: [
      {
        name: 'a blank line between records',
        subject: { csv: 'id,name,born\n1,Ada,1815\n2,Grace,1906\n\n3,Edith,1881\n4,Mary,1821\n' },
      },
    ],
  },
}
