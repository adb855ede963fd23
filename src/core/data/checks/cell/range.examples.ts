/** Examples of `range.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const rangeExamples: Examples<TableExample> = {
  code: 'data/range',
  decides:
    'Numbers are compared by their digits, dates by the calendar, durations by their length. A cell flags beyond a limit, on an exclusive limit, or if it is no multiple of the declared step.',
  flags: [
    {
      name: 'an age of 230',
      subject: {
        csv: 'id,age\n1,30\n2,230\n',
        schema: { fields: [{ name: 'id' }, { name: 'age', type: 'integer', constraints: { maximum: 120 } }] },
      },
    },
    {
      name: 'a birth before 1850',
      subject: {
        csv: 'id,born\n1,1950-01-01\n2,1050-01-01\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date', constraints: { minimum: '1850-01-01' } }] },
      },
    },
  ],
  passes: [
    {
      name: 'the limit itself',
      subject: {
        csv: 'id,n\n1,0.30\n2,0.1\n',
        schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number', constraints: { minimum: 0.1, maximum: 0.3 } }] },
      },
    },
  ],
}
