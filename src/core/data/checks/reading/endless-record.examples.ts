/** Examples of `endless-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const endlessRecordExamples: Examples<TableExample> = {
  code: 'data/endless-record',
  flags: [],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
