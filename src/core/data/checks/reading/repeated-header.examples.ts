/** Examples of `repeated-header.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const repeatedHeaderExamples: Examples<TableExample> = {
  code: 'data/repeated-header',
  decides: 'A row flags if its cells are the names of the header.',
  flags: [{ name: 'two exports in one file', subject: { csv: 'id,name\n1,Ada\nid,name\n2,Grace\n3,Edith\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
