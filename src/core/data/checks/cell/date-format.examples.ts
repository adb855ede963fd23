/** Examples of `date-format.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const dateFormatExamples: Examples<TableExample> = {
  code: 'data/date-format',
  decides:
    'Each filled cell must have the declared format and be a day or time that exists in the calendar. Without a format it is YYYY-MM-DD, with time hh:mm:ss.',
  flags: [
    {
      name: '30 February',
      subject: {
        csv: 'id,born\n1,1990-02-28\n2,1990-02-30\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date' }] },
      },
    },
    {
      name: 'month first where day first is declared',
      subject: {
        csv: 'id,born\n1,28/02/1990\n2,02/28/1990\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date', format: '%d/%m/%Y' }] },
      },
    },
  ],
  passes: [
    {
      name: '29 February of a leap year',
      subject: {
        csv: 'id,born\n1,2000-02-29\n2,1996-02-29\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date' }] },
      },
    },
  ],
}
