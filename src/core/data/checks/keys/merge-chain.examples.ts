/** Examples of `merge-chain.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'mrn' }, { name: 'into' }]

const rules = [{ on: 'table', check: 'data/merge-chain', fields: ['mrn', 'into'] }]

export const mergeChainExamples: Examples<TableExample> = {
  code: 'data/merge-chain',
  decides:
    'Each merged identifier must lead to a patient that exists and was not merged itself. Chains, circles and missing survivors flag.',
  flags: [
    { name: 'a circle', subject: { csv: 'mrn,into\n1,2\n2,1\n3,\n', schema: { fields, 'x-carryover': { rules } } } },
    {
      name: 'a survivor that is not there',
      subject: { csv: 'mrn,into\n1,9\n2,\n', schema: { fields, 'x-carryover': { rules } } },
    },
    { name: 'two steps', subject: { csv: 'mrn,into\n1,2\n2,3\n3,\n', schema: { fields, 'x-carryover': { rules } } } },
  ],
  passes: [
    {
      name: 'one step to a patient, and a survivor that names itself',
      subject: { csv: 'mrn,into\n1,2\n2,\n3,3\n4,3\n', schema: { fields, 'x-carryover': { rules } } },
    },
  ],
}
