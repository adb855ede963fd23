/** Examples of `torn-json.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const tornJsonExamples: Examples<TableExample> = {
  code: 'data/torn-json',
  decides: 'A document or line flags if it ends before its brackets are closed.',
  flags: [
    {
      name: 'a last line cut off',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Pat' },
    },
  ],
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
