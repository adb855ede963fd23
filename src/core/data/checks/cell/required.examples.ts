/** Examples of `required.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const requiredExamples: Examples<TableExample> = {
  code: 'data/required',
  decides: 'A cell of the column flags if it is empty or holds one of the words for a missing value.',
  flags: [
    {
      name: 'an empty name',
      subject: {
        csv: 'id,name\n1,Ada\n2,\n',
        schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] },
      },
    },
    {
      name: 'NULL as declared by the schema',
      subject: {
        csv: 'id,name\n1,Ada\n2,NULL\n',
        schema: { missingValues: ['', 'NULL'], fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] },
      },
    },
    {
      name: 'nothing but white space',
      subject: {
        csv: 'id,name\n1,Ada\n2,"  "\n3,\u00a0\n',
        schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] },
      },
    },
  ],
  passes: [
    {
      name: 'spaces where the schema says that nothing is missing',
      subject: {
        csv: 'id,name\n1,Ada\n2,"  "\n',
        schema: { missingValues: [], fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] },
      },
    },
    {
      name: 'all there',
      subject: {
        csv: 'id,name\n1,Ada\n2,Grace\n',
        schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] },
      },
    },
  ],
}
