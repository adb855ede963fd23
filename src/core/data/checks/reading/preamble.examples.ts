/** Examples of `preamble.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const preambleExamples: Examples<TableExample> = {
  code: 'data/preamble',
  decides: 'Lines above the first row with the number of columns of the table are passed over and counted.',
  flags: [
    {
      name: 'a title above the table',
      subject: { csv: 'Patients of the clinic\n\nid,name,born\n1,Ada,1815\n2,Grace,1906\n3,Edith,1881\n' },
    },
    { name: 'a row of empty names', subject: { csv: '"",""\nid,name\n1,Ada\n2,Grace\n3,Edith\n' } },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
