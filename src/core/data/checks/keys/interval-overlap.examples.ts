/** Examples of `interval-overlap.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'id' }, { name: 'patient' }, { name: 'from', type: 'date' }, { name: 'to', type: 'date' }]

const rules = [{ on: 'table', check: 'data/interval-overlap', fields: ['patient', 'from', 'to'] }]

export const intervalOverlapExamples: Examples<TableExample> = {
  code: 'data/interval-overlap',
  decides:
    'Intervals of one key are sorted by their start. A record flags if it starts before an earlier one ends, by more than the allowed days; without an end an interval is open.',
  flags: [
    {
      name: 'a stay that begins before the last one ended',
      subject: {
        csv: 'id,patient,from,to\n1,7,2020-01-01,2020-01-10\n2,8,2020-01-05,2020-01-06\n3,7,2020-01-05,2020-01-06\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
    {
      name: 'a stay that was never ended, in columns that nobody declared',
      subject: {
        csv: 'id,patient,from,to\n1,7,2020-01-01,\n2,7,2021-05-05,2021-05-06\n',
        schema: { fields: fields.map(({ name }) => ({ name })), 'x-carryover': { rules } },
      },
    },
  ],
  passes: [
    {
      name: 'stays of which only the years are known',
      subject: {
        csv: 'id,patient,from,to\n1,7,2018,2019\n2,7,2019,2020\n',
        schema: { fields: fields.map(({ name }) => ({ name })), 'x-carryover': { rules } },
      },
    },
    {
      name: 'a stay that begins on the day the last one ended, and one without an end',
      subject: {
        csv: 'id,patient,from,to\n1,7,2020-01-01,2020-01-10\n2,7,2020-01-10,2020-01-12\n3,7,2020-02-01,\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
  ],
}
