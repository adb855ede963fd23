/** Examples of `sum.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const sumExamples: Examples<TableExample> = {
  code: 'data/sum',
  decides: 'The parts must add up to the total within the tolerance. A record with an empty part is not tested.',
  flags: [
    {
      name: 'a score of 12 that should be 11',
      subject: {
        csv: 'id,a,b,total\n1,5,6,11\n2,5,6,12\n',
        schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'] }),
      },
    },
  ],
  passes: [
    {
      name: 'tenths, exactly',
      subject: {
        csv: 'id,a,b,total\n1,0.1,0.2,0.3\n',
        schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'] }),
      },
    },
    {
      name: 'rounded within the tolerance',
      subject: {
        csv: 'id,a,b,total\n1,33.3,66.6,100\n',
        schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'], params: { tolerance: 0.1 } }),
      },
    },
  ],
}
