/** Examples of `torn-json.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const tornJsonExamples: Examples<TableExample> = {
  code: 'data/torn-json',
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
