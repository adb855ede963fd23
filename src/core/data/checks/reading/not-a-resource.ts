/** JSON that is no object. */
import type { Check } from '../contract/check.ts'

export const notAResource: Check = {
  code: 'data/not-a-resource',
  title: 'A line that holds no resource',
  why: 'A FHIR export has one resource per line; this value is not counted.',
  remedy: 'Have the export write one resource per line (FHIR Bulk Data Access).',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [{ name: 'a list', subject: { name: 'Patient.ndjson', csv: '[1]\n{"resourceType":"Patient","id":"a"}\n' } }],
    passes: [
      {
        name: 'two resources',
        subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
      },
    ],
  },
}
