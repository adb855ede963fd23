/** Examples of `sequence.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'doc' }, { name: 'page' }]

const rules = [{ on: 'table', check: 'data/sequence', fields: ['doc', 'page'], params: { gaps: 'forbidden' } }]

export const sequenceExamples: Examples<TableExample> = {
  code: 'data/sequence',
  decides:
    'Within one key each number must be larger than the one before it in the file, by exactly one. Where gaps are allowed, larger by any number is enough. A repeated number and one that goes back always flag.',
  flags: [
    {
      name: 'page 3 is missing',
      subject: { csv: 'doc,page\na,1\na,2\na,4\nb,1\n', schema: { fields, 'x-carryover': { rules } } },
    },
    { name: 'page 2 twice', subject: { csv: 'doc,page\na,1\na,2\na,2\nb,1\n', schema: { fields, 'x-carryover': { rules } } } },
  ],
  passes: [
    {
      name: 'pages of two documents, mixed',
      subject: { csv: 'doc,page\na,1\nb,1\na,2\nb,2\n', schema: { fields, 'x-carryover': { rules } } },
    },
  ],
}
