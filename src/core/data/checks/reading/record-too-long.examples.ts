/** Examples of `record-too-long.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const recordTooLongExamples: Examples<TableExample> = {
  code: 'data/record-too-long',
  flags: [],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
