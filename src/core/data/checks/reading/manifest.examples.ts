/** Examples of `manifest.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const patients = '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n'

const listing = (count: number): string =>
  `{"transactionTime":"2026-01-02T03:04:05Z","request":"https://fhir.example.org/$export","requiresAccessToken":false,"output":[{"type":"Patient","url":"https://fhir.example.org/files/Patient.ndjson","count":${count}}],"error":[]}`

export const manifestExamples: Examples<TableExample> = {
  code: 'data/manifest',
  decides: 'Files, their types and their counts are compared with the manifest of the bulk export.',
  flags: [
    {
      name: 'a resource less than announced',
      subject: { name: 'manifest.json', csv: listing(3), others: { 'Patient.ndjson': { csv: patients } } },
    },
    { name: 'a listed file that is not here', subject: { name: 'manifest.json', csv: listing(2) } },
  ],
  passes: [
    {
      name: 'all that was announced',
      subject: { name: 'manifest.json', csv: listing(2), others: { 'Patient.ndjson': { csv: patients } } },
    },
    { name: 'two resources without a manifest', subject: { name: 'Patient.ndjson', csv: patients } },
  ],
}
