/** Examples of `lone-surrogate.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const loneSurrogateExamples: Examples<TableExample> = {
  code: 'data/lone-surrogate',
  decides: 'A text flags if it holds an escape for one half of a character without the other.',
  flags: [
    {
      name: 'half an emoji',
      subject: {
        name: 'Patient.ndjson',
        csv: '{"resourceType":"Patient","id":"a","x":"\\ud83d"}\n{"resourceType":"Patient","id":"b"}\n',
      },
    },
  ],
  passes: [
    {
      name: 'two resources',
      subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
    },
  ],
}
