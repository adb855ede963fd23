/** Examples of `lone-surrogate.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const loneSurrogateExamples: Examples<TableExample> = {
  code: 'data/lone-surrogate',
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
