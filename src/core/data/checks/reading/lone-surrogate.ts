/** Half of a character written as an escape. */
import type { Check } from '../contract/check.ts'

export const loneSurrogate: Check = {
  code: 'data/lone-surrogate',
  title: 'Half a character (a lone surrogate)',
  why: 'It can be shown but not written as UTF-8, hence not signed; the other half is lost.',
  remedy: 'Correct the text in the source system; usually a picture character was cut.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'reading',
  examples: {
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
  },
}
