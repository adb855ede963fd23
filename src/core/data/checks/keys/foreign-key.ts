/** Keys that must exist in another table, or in the same one. */
import type { Check } from '../contract/check.ts'

const patients = { csv: 'id,name\n1,Ada\n2,Grace\n', schema: { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' } }
const schema = {
  fields: [{ name: 'id' }, { name: 'patient' }],
  foreignKeys: [{ fields: 'patient', reference: { resource: 'patients', fields: 'id' } }],
}

export const foreignKey: Check = {
  code: 'data/foreign-key',
  title: 'References to records that are not there',
  why: 'An allergy or a result without its patient is not shown to anybody, or the load stops.',
  remedy: 'Find the missing records in the legacy system; if they were left out on purpose, leave out what points to them, too.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'keys',
  examples: {
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
  },
}
