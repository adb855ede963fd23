/** Examples of `json-schema.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const jsonSchemaExamples: Examples<TableExample> = {
  code: 'data/json-schema',
  decides:
    'The record, as an object of its filled cells, is held against the JSON Schema. The first word that it breaks is named.',
  flags: [
    {
      name: 'a dose without its unit',
      subject: {
        csv: 'id,dose,unit\n1,5,mg\n2,5,\n',
        schema: {
          properties: { id: {}, dose: { type: 'number' }, unit: { type: 'string' } },
          dependentRequired: { dose: ['unit'] },
        },
      },
    },
  ],
  passes: [
    {
      name: 'every dose has a unit',
      subject: {
        csv: 'id,dose,unit\n1,5,mg\n2,,\n',
        schema: {
          properties: { id: {}, dose: { type: 'number' }, unit: { type: 'string' } },
          dependentRequired: { dose: ['unit'] },
        },
      },
    },
  ],
}
