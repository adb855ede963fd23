/** Examples of `header-only.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const headerOnlyExamples: Examples<TableExample> = {
  code: 'data/header-only',
  decides: 'The file flags if it holds a header and no record.',
  flags: [{ name: 'a header alone', subject: { csv: 'id,name\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
