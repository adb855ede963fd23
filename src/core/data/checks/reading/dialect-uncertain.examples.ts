/** Examples of `dialect-uncertain.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const dialectUncertainExamples: Examples<TableExample> = {
  code: 'data/dialect-uncertain',
  flags: [
    {
      name: 'one column although semicolons are about',
      subject: { csv: 'note\nseen; well\nok\nwell; home\nbad; call\nnone\nback; again later, maybe\n' },
    },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
