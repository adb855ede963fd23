/** Examples of `short-year.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const shortYearExamples: Examples<TableExample> = {
  code: 'data/short-year',
  decides:
    'A column without a declared type flags if at least 90 % of its cells are dates with years of two digits. The evidence counts how many fall into the 2000s for each pivot.',
  flags: [{ name: 'births in both centuries', subject: { csv: 'id,born\n1,03/04/29\n2,15/06/85\n3,28/02/12\n' } }],
  passes: [
    { name: 'years of four digits', subject: { csv: 'id,born\n1,03/04/1929\n2,15/06/1985\n' } },
    { name: 'a code of three pairs', subject: { csv: 'id,sort\n1,40-47-84\n2,20-00-53\n3,99-88-77\n' } },
    {
      name: 'a format that the schema declares',
      subject: {
        csv: 'id,born\n1,03/04/29\n2,15/06/85\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date', format: '%d/%m/%y' }] },
      },
    },
  ],
}
