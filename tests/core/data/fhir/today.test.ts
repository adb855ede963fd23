import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

const constraint = { key: 'born-1', severity: 'error', human: 'Nobody is born later', expression: 'birthDate <= today()' }
const profile = {
  resourceType: 'StructureDefinition',
  url: 'urn:example:born',
  name: 'Born',
  status: 'draft',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient', path: 'Patient', constraint: [constraint] }] },
}

test.each([
  ['2020-06-14', 1],
  ['2020-06-15', 0],
])('today() of a constraint is the day of the run, %s', async (asOf, count) => {
  const resource = { resourceType: 'Patient', id: 'a', birthDate: '2020-06-15' }
  const source = bytesSource('p.ndjson', new TextEncoder().encode(`${JSON.stringify(resource)}\n`))
  const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema: null }]
  const result = await finish(
    validate({ inputs, asOf }, signal, (context) =>
      createFhirJudge({ ...context, loaded: [profile], chosenProfiles: [profile.url] }),
    ),
  )
  const broken = result.findings.filter(({ code }) => code === 'data/fhir-invariant')
  expect(broken.reduce((sum, finding) => sum + finding.count, 0)).toBe(count)
})
