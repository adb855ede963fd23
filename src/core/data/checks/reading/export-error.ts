/** What the server says that it could not export. */
import type { Check } from '../contract/check.ts'

const patient = '{"resourceType":"Patient","id":"a"}\n'
const manifest = (error: string): string =>
  `{"transactionTime":"2026-01-02T03:04:05Z","request":"https://fhir.example.org/$export","requiresAccessToken":false,"output":[{"type":"Patient","url":"Patient.ndjson","count":1}],"error":[${error}]}`

export const exportError: Check = {
  code: 'data/export-error',
  title: 'The server could not export everything',
  why: 'What the server names here is not in the files: those records stay behind unless somebody fetches them.',
  remedy: 'Ask who runs the server to correct the cause, and export again, at least the resource types concerned.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
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
  },
}
