/** Examples of `foreign-key.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const patients = { csv: 'id,name\n1,Ada\n2,Grace\n', schema: { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' } }

const schema = {
  fields: [{ name: 'id' }, { name: 'patient' }],
  foreignKeys: [{ fields: 'patient', reference: { resource: 'patients', fields: 'id' } }],
}

export const foreignKeyExamples: Examples<TableExample> = {
  code: 'data/foreign-key',
  decides: 'The key of each record must exist in the other table. Empty keys are not tested.',
  flags: [
    {
      name: 'an allergy of a patient who is not in the export',
      subject: { name: 'allergies.csv', csv: 'id,patient\n1,1\n2,3\n', schema, others: { patients } },
    },
  ],
  passes: [
    {
      name: 'all patients are there, one is not given',
      subject: { name: 'allergies.csv', csv: 'id,patient\n1,1\n2,2\n3,\n', schema, others: { patients } },
    },
    {
      name: 'a table that refers to itself, further down',
      subject: {
        csv: 'id,parent\n1,2\n2,\n',
        schema: {
          fields: [{ name: 'id' }, { name: 'parent' }],
          foreignKeys: [{ fields: 'parent', reference: { resource: '', fields: 'id' } }],
        },
      },
    },
  ],
}
