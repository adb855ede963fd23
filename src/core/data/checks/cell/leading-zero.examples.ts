/** Examples of `leading-zero.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const leadingZeroExamples: Examples<TableExample> = {
  code: 'data/leading-zero',
  decides: 'In a column declared a number a cell flags if it begins with a zero and a further digit, with or without a sign.',
  flags: [
    {
      name: 'a postcode declared as a number',
      subject: { csv: 'id,zip\n1,02155\n2,10001\n', schema: { fields: [{ name: 'id' }, { name: 'zip', type: 'integer' }] } },
    },
  ],
  passes: [
    {
      name: 'zero and decimals',
      subject: { csv: 'id,n\n1,0\n2,0.5\n', schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number' }] } },
    },
  ],
}
