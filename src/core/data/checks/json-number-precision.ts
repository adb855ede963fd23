/** A number in JSON that changes when a program reads it. */
import type { Check } from './check.ts'

export const jsonNumberPrecision: Check = {
  code: 'data/json-number-precision',
  title: 'Number with more digits than programs keep',
  why: 'Most programs hold about 16 digits and round the rest without a word: identifiers written as numbers turn into others.',
  remedy: 'Write identifiers as text in quotes, and measurements with the digits that were measured.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'an identifier of 20 digits',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Basic","id":"a","n":12345678901234567890}\n{"resourceType":"Basic","id":"b"}\n',
        },
      },
    ],
    passes: [
      {
        name: 'long numbers that are kept, and digits in a text',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Basic","id":"a","n":1000000000000000000000,"m":0.10000000000000000000}\n{"resourceType":"Basic","id":"12345678901234567890"}\n',
        },
      },
    ],
  },
}
