/** Examples of `header-only.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const headerOnlyExamples: Examples<TableExample> = {
  code: 'data/header-only',
  flags: [{ name: 'a header alone', subject: { csv: 'id,name\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
