/** Examples of `custom-rule.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'id' }, { name: 'dose', type: 'number' }, { name: 'unit' }]
const rules = [{ id: 'dose-in-milligrams', on: 'table', when: "unit = 'mg'", assert: 'dose between 1 and 500' }]

export const customRuleExamples: Examples<TableExample> = {
  code: 'data/custom-rule',
  decides:
    'The team writes an expression. Each record of which “when” is true must make “assert” true; where a value is missing it is not tested.',
  flags: [
    {
      name: 'a dose in milligrams that is none',
      subject: { csv: 'id,dose,unit\n1,5,mg\n2,0.005,mg\n', schema: { fields, 'x-carryover': { rules } } },
    },
  ],
  passes: [
    {
      name: 'other units and missing doses are not tested',
      subject: { csv: 'id,dose,unit\n1,5,mg\n2,0.005,g\n3,,mg\n', schema: { fields, 'x-carryover': { rules } } },
    },
  ],
}
