/** Examples of `not-a-resource.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const notAResourceExamples: Examples<TableExample> = {
  code: 'data/not-a-resource',
  decides: 'A line flags if its JSON is no object.',
  flags: [{ name: 'a list', subject: { name: 'Patient.ndjson', csv: '[1]\n{"resourceType":"Patient","id":"a"}\n' } }],
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
