/** A compressed file, archive or workbook that can not be unpacked to its end. */

import type { Check } from '../contract/check.ts'
import { packed } from '../contract/packed-examples.ts'

export const damagedContainer: Check = {
  code: 'data/damaged-container',
  title: 'The container is damaged',
  why: 'What could be unpacked was read; records after the damage are missing.',
  remedy: 'Copy or export the file again.',
  severity: 'critical',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'a zip with a wrong checksum',
        subject: {
          name: 't.zip',
          get csv() {
            return packed([['t.csv', 'id,name\n1,Ada\n2,Grace\n']], true)
          },
        },
      },
    ],
    passes: [
      {
        name: 'a sound zip',
        subject: {
          name: 't.zip',
          get csv() {
            return packed([['t.csv', 'id,name\n1,Ada\n2,Grace\n']])
          },
        },
      },
    ],
  },
}
