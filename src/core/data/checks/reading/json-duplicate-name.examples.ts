/** Examples of `json-duplicate-name.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const jsonDuplicateNameExamples: Examples<TableExample> = {
  code: 'data/json-duplicate-name',
  decides: 'An object flags if one name stands in it twice.',
  flags: [
    {
      name: 'two birth dates',
      subject: {
        name: 'Patient.ndjson',
        csv: '{"resourceType":"Patient","id":"a","birthDate":"1958-07-14","birthDate":"1985-07-14"}\n{"resourceType":"Patient","id":"b"}\n',
      },
    },
  ],
  passes: [
    {
      name: 'one name in two objects',
      subject: {
        name: 'Patient.ndjson',
        csv: '{"resourceType":"Patient","id":"a","name":[{"text":"A: \\"id\\":"},{"text":"B"}]}\n{"resourceType":"Patient","id":"b"}\n',
      },
    },
  ],
}
