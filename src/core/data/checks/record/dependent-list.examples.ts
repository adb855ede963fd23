/** Examples of `dependent-list.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const dependentListExamples: Examples<TableExample> = {
  code: 'data/dependent-list',
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
