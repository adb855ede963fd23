/** Lines above the header. */
import type { Check } from '../contract/check.ts'

export const preamble: Check = {
  code: 'data/preamble',
  title: 'Lines above the header were passed over',
  why: 'They are no records; a loader that does not expect them takes them for the header.',
  remedy: 'Check the lines; if a record is among them, set the rows to skip in Sources.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'a title above the table',
        subject: { csv: 'Patients of the clinic\n\nid,name,born\n1,Ada,1815\n2,Grace,1906\n3,Edith,1881\n' },
      },
      { name: 'a row of empty names', subject: { csv: '"",""\nid,name\n1,Ada\n2,Grace\n3,Edith\n' } },
    ],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
