/** Examples of `document-too-large.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const documentTooLargeExamples: Examples<TableExample> = {
  code: 'data/document-too-large',
  decides: 'A JSON document that is no list of lines flags if it is larger than 256 MiB, the most that is read whole.',
  flags: [],
  unshown: 'A document of more than 256 MiB is too large for a page.',
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
