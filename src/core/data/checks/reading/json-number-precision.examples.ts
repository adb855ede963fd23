/** Examples of `json-number-precision.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const jsonNumberPrecisionExamples: Examples<TableExample> = {
  code: 'data/json-number-precision',
  decides: 'A number flags if a program with 64-bit floating point would write it otherwise than it was read.',
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
}
