/** Examples of `reference-codes.ts`; for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { JsonObject } from '../../model/record.ts'
import type { TableExample } from '../../model/table-example.ts'
import { lines, pairOf } from './codes.examples.ts'

const patient = (id: string): JsonObject => ({ resourceType: 'Patient', id })
const weight = (subject: JsonObject, more: JsonObject = {}): JsonObject => ({
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { text: 'Weight' },
  subject,
  ...more,
})
const bundle = (fullUrl: string): JsonObject => ({
  resourceType: 'Bundle',
  id: 'b1',
  type: 'collection',
  entry: [{ fullUrl, resource: patient('p1') }],
})

/** A bulk export whose manifest lists one deleted patient. */
function exported(resources: readonly JsonObject[], deleted: string): TableExample {
  const removal = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: `Patient/${deleted}` } }],
  }
  const manifest = {
    transactionTime: '2026-06-01T08:00:00Z',
    request: 'https://ehr.invalid/fhir/$export',
    requiresAccessToken: false,
    output: [{ type: 'Observation', url: 'https://ehr.invalid/export.ndjson' }],
    deleted: [{ type: 'Bundle', url: 'https://ehr.invalid/deleted.ndjson' }],
    error: [],
  }
  return lines(resources, {
    others: {
      'manifest.json': { csv: JSON.stringify(manifest) },
      'deleted.ndjson': { csv: `${JSON.stringify(removal)}\n` },
    },
  })
}

export const referenceExamples: readonly Examples<TableExample>[] = [
  pairOf(
    'data/fhir-full-url',
    'Each “fullUrl” must be absolute, stand once, and end with type and id of its resource.',
    ['a relative address', bundle('Patient/p1')],
    ['an absolute address', bundle('https://ehr.invalid/fhir/Patient/p1')],
  ),
  pairOf(
    'data/fhir-reference-missing',
    'Each relative reference is looked up among all resources of the run, by type and id.',
    ['a patient who is not in the export', [patient('p1'), weight({ reference: 'Patient/p2' })]],
    ['a patient who is', [patient('p1'), weight({ reference: 'Patient/p1' })]],
  ),
  {
    code: 'data/fhir-reference-deleted',
    decides: 'Each reference is looked up among the records that the manifest lists as deleted.',
    flags: [
      {
        name: 'a patient whom the server deleted',
        subject: exported([patient('p1'), weight({ reference: 'Patient/p2' })], 'p2'),
      },
    ],
    passes: [
      { name: 'a patient who is still there', subject: exported([patient('p1'), weight({ reference: 'Patient/p1' })], 'p2') },
    ],
  },
  {
    code: 'data/fhir-deleted-record',
    decides: 'Each resource is looked up among the records that the manifest lists as deleted.',
    flags: [{ name: 'a patient who is exported and deleted', subject: exported([patient('p1')], 'p1') }],
    passes: [{ name: 'another patient was deleted', subject: exported([patient('p1')], 'p2') }],
  },
  pairOf(
    'data/fhir-reference-type',
    'The type of the target must be one that R4 and the profile allow for the element.',
    [
      'a result of an organization',
      [{ resourceType: 'Organization', id: 'k1', name: 'Ward' }, weight({ reference: 'Organization/k1' })],
    ],
    ['a result of a patient', [patient('p1'), weight({ reference: 'Patient/p1' })]],
  ),
  pairOf(
    'data/fhir-contained-reference',
    'A reference “#id” must find a contained resource with this id, and each contained resource must be referred to.',
    ['nothing inside has the id', weight({ reference: '#nobody' })],
    ['the patient is inside', weight({ reference: '#inside' }, { contained: [{ resourceType: 'Patient', id: 'inside' }] })],
  ),
  pairOf(
    'data/fhir-duplicate-id',
    'Type and id of each resource are compared with all others of the run. The second one with the same pair flags.',
    ['two patients with one id', [patient('p1'), patient('p1')]],
    ['two patients with two ids', [patient('p1'), patient('p2')]],
  ),
]
