/** A table whose delimiter is doubtful. */
import type { Check } from '../contract/check.ts'

export const dialectUncertain: Check = {
  code: 'data/dialect-uncertain',
  title: 'It is not certain how the columns are separated',
  why: 'A wrong delimiter turns all columns into one, or tears texts apart, without any other sign.',
  remedy: 'Choose the delimiter in Sources, or give --delimiter.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'one column although semicolons are about',
        subject: { csv: 'note\nseen; well\nok\nwell; home\nbad; call\nnone\nback; again later, maybe\n' },
      },
    ],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
