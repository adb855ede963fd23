/** A name that stands twice in one JSON object. */
import type { Check } from '../contract/check.ts'

export const jsonDuplicateName: Check = {
  code: 'data/json-duplicate-name',
  title: 'A name stands twice in one JSON object',
  why: 'Readers keep one of the two values and lose the other without a word; which one differs between them.',
  remedy: 'Find out which of the two values is meant, and correct the export so that the name stands once.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'two birth dates',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Patient","id":"a","birthDate":"1958-07-14","birthDate":"1985-07-14"}\n{"resourceType":"Patient","id":"b"}\n',
        },
      },
    ],
    passes: [
      {
        name: 'one name in two objects',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Patient","id":"a","name":[{"text":"A: \\"id\\":"},{"text":"B"}]}\n{"resourceType":"Patient","id":"b"}\n',
        },
      },
    ],
  },
}
