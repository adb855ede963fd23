/** Lines of profiles that look behind a reference, into a contained resource, or at values that are too many to keep: never a false pass. */
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { readNdjson } from '../../../../../src/core/data/read/json/ndjson.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'

const { signal } = new AbortController()

function profile(name: string, type: string, element: readonly JsonObject[]): JsonObject {
  return {
    ...{ resourceType: 'StructureDefinition', url: `http://t.test/${name}`, name, status: 'draft', kind: 'resource' },
    ...{ abstract: false, type, baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}` },
    ...{ derivation: 'constraint', fhirVersion: '4.0.1', differential: { element: [{ id: type, path: type }, ...element] } },
  }
}

async function profiled(lines: readonly JsonObject[], loaded: readonly JsonObject[], isByShape: boolean): Promise<number> {
  const judge = await createFhirJudge({ formats: ['ndjson'], loaded })
  const source = bytesSource('lines.ndjson', new TextEncoder().encode(lines.map((one) => `${JSON.stringify(one)}\n`).join('')))
  const codes: string[] = []
  const read = isByShape ? judge.readLines?.(source, 0, signal, () => undefined) : readNdjson(source, signal, 0)
  for await (const event of read ?? []) {
    if (event.kind === 'judged') for (const { code } of event.sightings) codes.push(code)
    else if (event.kind === 'resources')
      for (const record of event.resources) codes.push(...[...judge.see(record, 0)].map(({ code }) => code))
  }
  codes.push(...[...judge.finish()].map(({ code }) => code))
  return codes.filter((code) => code === 'data/fhir-profile' || code === 'data/fhir-slice').length
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i)
const of = (name: string) => ({ profile: [`http://t.test/${name}`] })

const lot = [
  profile('Med', 'Medication', [
    { id: 'Medication.batch', path: 'Medication.batch', min: 1 },
    { id: 'Medication.batch.lotNumber', path: 'Medication.batch.lotNumber', min: 1, fixedString: 'A' },
  ]),
  profile('Order', 'MedicationRequest', [
    {
      ...{ id: 'MedicationRequest.medication[x]', path: 'MedicationRequest.medication[x]' },
      type: [{ code: 'Reference', targetProfile: ['http://t.test/Med'] }],
    },
  ]),
]
const order = (id: string, lots: readonly string[], named: string, other = named): JsonObject => ({
  ...{ resourceType: 'MedicationRequest', id, meta: of('Order') },
  contained: lots.map((lotNumber, i) => ({ resourceType: 'Medication', id: `m${i}`, batch: { lotNumber } })),
  ...{ status: 'active', intent: 'order', medicationReference: { reference: named }, subject: { display: 'x' } },
  supportingInformation: [{ reference: other }],
})

test.each([
  [
    'a contained resource that breaks the profile of its reference',
    range(6).map((i) => order(`g${i}`, ['A'], '#m0')),
    range(30).map((i) => order(`b${i}`, [`B${i}`], '#m0')),
  ],
  [
    'a reference to the other one of two contained resources',
    range(6).map((i) => order(`g${i}`, ['A', 'Z'], '#m0', '#m1')),
    range(30).map((i) => order(`b${i}`, ['A', 'Z'], '#m1', '#m0')),
  ],
])('%s', async (_, good, bad) => {
  const lines = [...good, ...bad]
  const byTree = await profiled(lines, lot, false)
  expect(byTree).toBeGreaterThanOrEqual(bad.length)
  expect(await profiled(lines, lot, true)).toBe(byTree)
})

const slicedBy = (discriminator: JsonObject, slices: readonly JsonObject[], path: string) =>
  profile('Sliced', 'Patient', [
    { id: path, path, slicing: { discriminator: [discriminator], rules: 'open' }, min: 1 },
    ...slices,
  ])

test('a slice whose values are more than are kept', { timeout: 120_000 }, async () => {
  const path = 'Patient.identifier'
  const mrn = `${path}:mrn`
  const sliced = slicedBy(
    { type: 'value', path: 'system' },
    [
      { id: mrn, path, sliceName: 'mrn', min: 1, max: '1' },
      { id: `${mrn}.system`, path: `${path}.system`, min: 1, fixedUri: 'http://good.test/mrn' },
    ],
    path,
  )
  const patient = (id: string, system: string, meta?: JsonObject): JsonObject => ({
    ...{ resourceType: 'Patient', id, ...(meta && { meta }), identifier: [{ system, value: id }] },
  })
  const before = range(4_300).map((i) => patient(`n${i}`, `http://other.test/${i}`))
  const good = range(6).map((i) => patient(`g${i}`, 'http://good.test/mrn', of('Sliced')))
  const bad = range(30).map((i) => patient(`b${i}`, `http://bad.test/${i}`, of('Sliced')))
  const lines = [...before, ...good, ...bad]
  const byTree = await profiled(lines, [sliced], false)
  expect(byTree).toBe(bad.length)
  expect(await profiled(lines, [sliced], true)).toBe(byTree)
})

test('a slice by the type of what a reference leads to', async () => {
  const path = 'Patient.generalPractitioner'
  const to = (...types: readonly string[]) => [
    { code: 'Reference', targetProfile: types.map((type) => `http://hl7.org/fhir/StructureDefinition/${type}`) },
  ]
  const sliced = slicedBy(
    { type: 'type', path: 'resolve()' },
    [
      { id: `${path}:org`, path, sliceName: 'org', max: '1', type: to('Organization') },
      { id: `${path}:gp`, path, sliceName: 'gp', min: 0, max: '1', type: to('Practitioner', 'PractitionerRole') },
    ],
    path,
  )
  const patient = (id: string, ...references: readonly string[]): JsonObject => ({
    ...{ resourceType: 'Patient', id, meta: of('Sliced') },
    generalPractitioner: references.map((reference) => ({ reference })),
  })
  const targets = ['Practitioner', 'PractitionerRole', 'Organization'].map((resourceType) => ({ resourceType, id: 'x' }))
  const good = range(6).map((i) => patient(`g${i}`, 'Practitioner/x', 'Organization/x'))
  const bad = range(30).map((i) => patient(`b${i}`, 'Practitioner/x', 'PractitionerRole/x'))
  const lines = [...targets, ...good, ...bad]
  const byTree = await profiled(lines, [sliced], false)
  expect(byTree).toBeGreaterThanOrEqual(bad.length)
  expect(await profiled(lines, [sliced], true)).toBe(byTree)
})
