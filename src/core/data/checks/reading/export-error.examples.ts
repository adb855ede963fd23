/** Examples of `export-error.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const patient = '{"resourceType":"Patient","id":"a"}\n'

const manifest = (error: string): string =>
  `{"transactionTime":"2026-01-02T03:04:05Z","request":"https://fhir.example.org/$export","requiresAccessToken":false,"output":[{"type":"Patient","url":"Patient.ndjson","count":1}],"error":[${error}]}`

export const exportErrorExamples: Examples<TableExample> = {
  code: 'data/export-error',
  decides: 'Each error that the server wrote into its export is one finding.',
  flags: [
    {
      name: 'an error of the server',
      subject: {
        name: 'manifest.json',
        csv: manifest('{"type":"OperationOutcome","url":"errors.ndjson"}'),
        others: {
          'Patient.ndjson': { csv: patient },
          'errors.ndjson': { csv: '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found"}]}\n' },
        },
      },
    },
  ],
  passes: [
    {
      name: 'an export without errors',
      subject: { name: 'manifest.json', csv: manifest(''), others: { 'Patient.ndjson': { csv: patient } } },
    },
  ],
}
