/** Examples of `value-list.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const valueListExamples: Examples<TableExample> = {
  code: 'data/value-list',
  decides:
    'Each filled cell must be one of the listed values. Texts compare sign by sign; a listed text with blanks around it is named as such. Numbers, booleans, dates and times compare by what they mean: 1.50 is 1.5.',
  flags: [
    {
      name: 'a listed code with a blank behind it',
      subject: {
        csv: 'id,sex\n1,F \n2,M\n',
        schema: { fields: [{ name: 'id' }, { name: 'sex', constraints: { enum: ['F', 'M', 'O'] } }] },
      },
    },
    {
      name: 'a code nobody listed',
      subject: {
        csv: 'id,sex\n1,F\n2,W\n',
        schema: { fields: [{ name: 'id' }, { name: 'sex', constraints: { enum: ['F', 'M', 'O'] } }] },
      },
    },
  ],
  passes: [
    {
      name: 'listed codes',
      subject: {
        csv: 'id,sex\n1,F\n2,M\n',
        schema: { fields: [{ name: 'id' }, { name: 'sex', constraints: { enum: ['F', 'M', 'O'] } }] },
      },
    },
  ],
}
