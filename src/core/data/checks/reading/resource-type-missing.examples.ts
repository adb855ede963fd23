/** Examples of `resource-type-missing.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const resourceTypeMissingExamples: Examples<TableExample> = {
  code: 'data/resource-type-missing',
  decides: 'An object flags if it has no member “resourceType”.',
  flags: [
    {
      name: 'an object without a type',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"id":"b"}\n' },
    },
  ],
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
