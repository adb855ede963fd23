/** A number in JSON that changes when a program reads it. */
import type { Check } from '../contract/check.ts'

export const jsonNumberPrecision: Check = {
  code: 'data/json-number-precision',
  title: 'Number that programs can not keep as it is written',
  why: 'Most programs hold about 16 digits and round the rest without a word: identifiers written as numbers turn into others. Beyond about 1.8e308 a number is read as infinite, and closer to zero than about 5e-324 as 0.',
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
      {
        name: 'numbers that are read as 0 and as infinite',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Basic","id":"a","n":1e-400}\n{"resourceType":"Basic","id":"b","n":-1E+400}\n',
        },
      },
    ],
    passes: [
      {
        name: 'long numbers that are kept, and digits in a text',
        subject: {
          name: 'Patient.ndjson',
          csv: '{"resourceType":"Basic","id":"a","n":1000000000000000000000,"m":0.10000000000000000000,"k":[6.02e23,1E-7,5e-324]}\n{"resourceType":"Basic","id":"12345678901234567890"}\n',
        },
      },
    ],
  },
}
