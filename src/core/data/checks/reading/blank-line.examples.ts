/** Examples of `blank-line.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const blankLineExamples: Examples<TableExample> = {
  code: 'data/blank-line',
  decides: 'Lines without any character between two records are counted.',
  flags: [{ name: 'one empty line', subject: { csv: 'id,name\n1,Ada\n\n2,Grace\n3,Edith\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
