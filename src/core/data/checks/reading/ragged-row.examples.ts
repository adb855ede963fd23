/** Examples of `ragged-row.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const raggedRowExamples: Examples<TableExample> = {
  code: 'data/ragged-row',
  decides: 'A row flags if it has more or fewer cells than the header.',
  flags: [{ name: 'a cell too few and one too many', subject: { csv: 'id,name,born\n1,Ada\n2,Grace,1906,x\n3,Edith,1881\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
