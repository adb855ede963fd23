/** Examples of `unreadable.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const unreadableExamples: Examples<TableExample> = {
  code: 'data/unreadable',
  flags: [{ name: 'a PDF named .csv', subject: { csv: '%PDF-1.7\n1 0 obj\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
