/** Examples of `one-of.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const oneOfExamples: Examples<TableExample> = {
  code: 'data/one-of',
  decides: 'The filled columns of the group are counted: at least, exactly or at most one must be filled.',
  flags: [
    {
      name: 'a result without a value',
      subject: {
        csv: 'id,value,text\n1,5,\n2,,\n',
        schema: ruledSchema('data/one-of', ['id', 'value', 'text'], { fields: ['value', 'text'] }),
      },
    },
    {
      name: 'both where only one may be',
      subject: {
        csv: 'id,value,text\n1,5,\n2,5,high\n',
        schema: ruledSchema('data/one-of', ['id', 'value', 'text'], { fields: ['value', 'text'], params: { mode: 'exactly' } }),
      },
    },
  ],
  passes: [
    {
      name: 'one each',
      subject: {
        csv: 'id,value,text\n1,5,\n2,,high\n',
        schema: ruledSchema('data/one-of', ['id', 'value', 'text'], { fields: ['value', 'text'], params: { mode: 'exactly' } }),
      },
    },
  ],
}
