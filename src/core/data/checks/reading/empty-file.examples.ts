/** Examples of `empty-file.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const emptyFileExamples: Examples<TableExample> = {
  code: 'data/empty-file',
  decides: 'The file flags if it holds no byte, or no record.',
  flags: [{ name: 'no bytes', subject: { csv: '' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
