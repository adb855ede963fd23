/** Examples of `unreadable.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const unreadableExamples: Examples<TableExample> = {
  code: 'data/unreadable',
  decides: 'The file flags if its first bytes are those of another kind of file than its name says, and no reader takes it.',
  flags: [{ name: 'a PDF named .csv', subject: { csv: '%PDF-1.7\n1 0 obj\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
