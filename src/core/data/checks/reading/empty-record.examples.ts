/** Examples of `empty-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const emptyRecordExamples: Examples<TableExample> = {
  code: 'data/empty-record',
  decides: 'Records flag if they have the right number of cells and every cell is empty.',
  flags: [{ name: 'commas only', subject: { csv: 'id,name,born\n1,Ada,1815\n,,\n2,Grace,1906\n' } }],
  passes: [{ name: 'a record with one value', subject: { csv: 'id,name,born\n1,Ada,1815\n,,1906\n' } }],
}
