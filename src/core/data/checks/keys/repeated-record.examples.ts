/** Examples of `repeated-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'patient' }, { name: 'taken' }, { name: 'value' }]

const rules = [{ on: 'table', check: 'data/repeated-record', fields: ['patient', 'taken', 'value'] }]

export const repeatedRecordExamples: Examples<TableExample> = {
  code: 'data/repeated-record',
  decides: 'Records are compared by a digest of the named columns. Every record after the first with the same cells flags.',
  flags: [
    {
      name: 'a weight that was exported twice',
      subject: {
        csv: 'patient,taken,value\n1,2020-01-01,70\n1,2020-02-01,71\n1,2020-01-01,70\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
  ],
  passes: [
    {
      name: 'the same value on another day',
      subject: {
        csv: 'patient,taken,value\n1,2020-01-01,70\n1,2020-02-01,70\n2,2020-01-01,70\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
  ],
}
