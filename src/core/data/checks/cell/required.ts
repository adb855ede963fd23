/** Cells that must not be empty. */
import type { Check } from '../contract/check.ts'

export const required: Check = {
  code: 'data/required',
  title: 'Required values that are missing',
  why: 'The new system refuses the record or fills in a default that nobody recorded.',
  remedy: 'Fill the values in the legacy system, or decide with a clinician what stands for "not recorded".',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'cell',
  examples: {
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
  },
}
