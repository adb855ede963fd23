/** Examples of `invalid-json.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const invalidJsonExamples: Examples<TableExample> = {
  code: 'data/invalid-json',
  decides: 'A line flags if it is not JSON. The place names the first sign that does not belong there.',
  flags: [
    {
      name: 'a line in single quotes',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{\'resourceType\':"Patient"}\n' },
    },
  ],
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
