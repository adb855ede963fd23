/** Examples of `footer.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const footerExamples: Examples<TableExample> = {
  code: 'data/footer',
  flags: [{ name: 'a count of rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n(3 rows affected)\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
