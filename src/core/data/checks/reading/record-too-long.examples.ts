/** Examples of `record-too-long.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const recordTooLongExamples: Examples<TableExample> = {
  code: 'data/record-too-long',
  decides: 'A record flags if it is longer than the largest size that is held.',
  flags: [],
  unshown: 'A record of that size is too large for a page.',
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
