/** Examples of `byte-order-mark.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const byteOrderMarkExamples: Examples<TableExample> = {
  code: 'data/byte-order-mark',
  flags: [{ name: 'two files joined', subject: { csv: 'id,name\n1,Ada\n2,Grace\n\uFEFF3,Edith\n4,Mary\n' } }],
  passes: [{ name: 'a mark at the start', subject: { csv: '\uFEFFid,name\n1,Ada\n2,Grace\n' } }],
}
