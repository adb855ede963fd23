/** Examples of `dialect-uncertain.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const dialectUncertainExamples: Examples<TableExample> = {
  code: 'data/dialect-uncertain',
  decides:
    'Each delimiter is tried on the first records. It flags if most rows come out as one column although a usual delimiter stands in 10 % of the lines. It also flags if fewer than 60 % of the rows get equal lengths, or if another delimiter is almost as likely. A table that reads best without quotation marks flags if some cells begin with one. Columns at fixed places that nobody gave flag as well.',
  flags: [
    {
      name: 'one column although semicolons are about',
      subject: { csv: 'note\nseen; well\nok\nwell; home\nbad; call\nnone\nback; again later, maybe\n' },
    },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
