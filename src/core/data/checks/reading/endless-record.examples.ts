/** Examples of `endless-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const endlessRecordExamples: Examples<TableExample> = {
  code: 'data/endless-record',
  decides:
    'A record flags if it does not end within the largest size of a record, mostly by a quotation mark that is never closed.',
  flags: [],
  unshown: 'A record of that size is too large for a page.',
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
