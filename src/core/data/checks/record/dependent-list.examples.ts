/** Examples of `dependent-list.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const dependentListExamples: Examples<TableExample> = {
  code: 'data/dependent-list',
  decides:
    'The value of the deciding column chooses a list. The value of the other column must be in that list; values without a list are not tested.',
  flags: [
    {
      name: 'a number under a yes-or-no question',
      subject: {
        csv: 'id,question,answer\n1,smoker,yes\n2,smoker,12\n',
        schema: ruledSchema('data/dependent-list', ['id', 'question', 'answer'], {
          fields: ['answer'],
          params: { by: 'question', values: { smoker: ['yes', 'no'] } },
        }),
      },
    },
  ],
  passes: [
    {
      name: 'listed answers, and a question without a list',
      subject: {
        csv: 'id,question,answer\n1,smoker,no\n2,packs,12\n',
        schema: ruledSchema('data/dependent-list', ['id', 'question', 'answer'], {
          fields: ['answer'],
          params: { by: 'question', values: { smoker: ['yes', 'no'] } },
        }),
      },
    },
  ],
}
