/** A file that is something else than its name says. */
import type { Check } from '../contract/check.ts'

export const unreadable: Check = {
  code: 'data/unreadable',
  title: 'The file can not be read',
  why: 'Nothing in it was checked.',
  remedy: 'Read what the file is and what to do beside this finding.',
  severity: 'critical',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [{ name: 'a PDF named .csv', subject: { csv: '%PDF-1.7\n1 0 obj\n' } }],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
