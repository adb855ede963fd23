/** Examples of `byte-order-mark.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const byteOrderMarkExamples: Examples<TableExample> = {
  code: 'data/byte-order-mark',
  decides: 'A byte order mark flags everywhere but at the begin of the file.',
  flags: [{ name: 'two files joined', subject: { csv: 'id,name\n1,Ada\n2,Grace\n\uFEFF3,Edith\n4,Mary\n' } }],
  passes: [{ name: 'a mark at the start', subject: { csv: '\uFEFFid,name\n1,Ada\n2,Grace\n' } }],
}
