/** Examples of `header.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const headerExamples: Examples<TableExample> = {
  code: 'data/header',
  decides:
    'The names of the columns are compared with those of the schema: missing, additional, out of order. Repeated and blank names flag as well.',
  flags: [
    {
      name: 'a column that is not there',
      subject: { csv: 'id,name\n1,Ada\n2,Grace\n', schema: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'born' }] } },
    },
    { name: 'the same name twice', subject: { csv: 'id,name,name\n1,Ada,Ada\n2,Grace,G\n' } },
  ],
  passes: [
    {
      name: 'the columns of the schema',
      subject: { csv: 'id,name\n1,Ada\n2,Grace\n', schema: { fields: [{ name: 'id' }, { name: 'name' }] } },
    },
  ],
}
