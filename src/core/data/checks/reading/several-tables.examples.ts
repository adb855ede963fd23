/** Examples of `several-tables.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const severalTablesExamples: Examples<TableExample> = {
  code: 'data/several-tables',
  decides: 'A blank line or a row of names ends a table if at least three rows of another width follow.',
  flags: [
    {
      name: 'a second table after a blank line',
      subject: { csv: 'id,name,born\n1,Ada,1815\n2,Grace,1906\n3,Edith,1881\n\ncode,amount\nA1,20\nB2,30\nC3,40\n' },
    },
  ],
  passes: [
    {
      name: 'a blank line between records',
      subject: { csv: 'id,name,born\n1,Ada,1815\n2,Grace,1906\n\n3,Edith,1881\n4,Mary,1821\n' },
    },
  ],
}
