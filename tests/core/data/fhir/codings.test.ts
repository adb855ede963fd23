/** Codes against lists that are advice, and against code systems that are known as a whole. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { judgeFiles, pathOf } from './judged.ts'

const colours: JsonObject = {
  resourceType: 'CodeSystem',
  url: 'urn:test:colours',
  status: 'active',
  version: '1',
  content: 'complete',
  concept: [{ code: 'red', display: 'Red', designation: [{ value: 'Rot' }], concept: [{ code: 'pink', display: 'Pink' }] }],
}
const loose: JsonObject = {
  resourceType: 'CodeSystem',
  url: 'urn:test:loose',
  status: 'active',
  content: 'complete',
  caseSensitive: false,
  concept: [{ code: 'abc' }],
}
const supplement: JsonObject = { ...colours, url: 'urn:test:more', content: 'supplement', supplements: 'urn:test:colours' }

async function told(coding: JsonObject, member = 'code'): Promise<string[]> {
  const resource = { resourceType: 'Basic', id: 'b', code: { text: 'x' }, [member]: { coding: [coding] } }
  const { sightings } = await judgeFiles([[resource]], { loaded: [colours, supplement, loose] })
  return sightings.map(
    (each) => `${each.severity ?? 'own'} ${each.code.slice(10)} ${pathOf(each).replace('Basic.code.coding[0]', '')}`,
  )
}

test.each<[name: string, coding: JsonObject, expected: string[]]>([
  ['a display in other case', { system: 'urn:test:colours', code: 'red', display: ' RED' }, []],
  ['another designation', { system: 'urn:test:colours', code: 'red', display: 'Rot' }, []],
  ['a code further down', { system: 'urn:test:colours', code: 'pink' }, []],
  ['another display', { system: 'urn:test:colours', code: 'red', display: 'Green' }, ['own display .display']],
  ['a code that is not there', { system: 'urn:test:colours', code: 'Red' }, ['own code-unknown .code']],
  [
    'a code of another version of the system',
    { system: 'urn:test:colours', version: '9', code: 'mauve' },
    ['warning code-unknown .code'],
  ],
  ['a code in other case where case says nothing', { system: 'urn:test:loose', code: 'ABC' }, []],
  ['a code that such a system does not have', { system: 'urn:test:loose', code: 'ABD' }, ['own code-unknown .code']],
  ['a supplement', { system: 'urn:test:more', code: 'red' }, ['own coding-system .system']],
  ['a system of nobody', { system: 'urn:test:nobody', code: 'red', display: 'x' }, []],
  [
    'a code FHIR R4 does not have',
    { system: 'http://hl7.org/fhir/observation-status', code: 'finished' },
    ['own code-unknown .code'],
  ],
  [
    'a code that may be newer than R4',
    { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'new' },
    ['warning code-unknown .code'],
  ],
])('%s', async (_name, coding, expected) => {
  expect((await told(coding)).filter((each) => !each.includes('preferred') && !each.includes('extensible'))).toEqual(expected)
})

test.each<[system: string, means: string | null]>([
  ['http://loinc.org', null],
  ['http://loinc.org/', 'http://loinc.org'],
  ['https://loinc.org', 'http://loinc.org'],
  ['http://snomed.info/sct/731000124108', 'http://snomed.info/sct'],
  ['http://unitsofmeasure.org|2.1', 'http://unitsofmeasure.org'],
  ['https://terminology.hl7.org/CodeSystem/observation-category', 'http://terminology.hl7.org/CodeSystem/observation-category'],
  ['http://terminology.hl7.org/CodeSystem/observation-category/', 'http://terminology.hl7.org/CodeSystem/observation-category'],
  ['http://hl7.org/fhir/v3/MaritalStatus', 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus'],
  ['http://hl7.org/fhir/no-such-list', ''],
  ['http://hl7.org/fhir/ValueSet/observation-codes', ''],
  ['http://terminology.hl7.org/ValueSet/v3-ActCode', ''],
  ['http://build.fhir.org/valueset-observation-codes.html', ''],
  ['LOINC', ''],
  // What nobody here knows may be a code system, whatever its address looks like.
  ['http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem', null],
  ['http://clinic.example.com/ValueSet/local', null],
  ['http://hl7.org/fhir/sid/icd-10-cm', null],
  ['http://hl7.org/fhir/us/core/CodeSystem/us-core-category', null],
  ['http://hl7.org/fhir/message-events', null],
  ['urn:oid:2.16.840.1.113883.6.96', null],
  ['urn:iso:std:iso:3166', null],
])('the system %s', async (system, means) => {
  const resource = { resourceType: 'Basic', id: 'b', code: { coding: [{ system, code: 'x' }] } }
  const { sightings } = await judgeFiles([[resource]])
  const told = sightings.filter(({ code }) => code === 'data/fhir-coding-system')
  expect(told).toHaveLength(means === null ? 0 : 1)
  const hint = told[0]?.evidence.facts.find(({ name }) => name === 'did you mean')?.value
  expect(hint ?? (told.length === 0 ? null : '')).toBe(means)
})

test('a code outside an extensible value set is a warning, outside a preferred one a remark, and text alone is neither', async () => {
  const patient = (maritalStatus: JsonObject): JsonObject => ({ resourceType: 'Patient', id: 'p', maritalStatus })
  const codes = async (resource: JsonObject): Promise<string[]> =>
    (await judgeFiles([[resource]])).sightings.map(({ code }) => code)
  expect(await codes(patient({ coding: [{ system: 'urn:test:own', code: 'x' }] }))).toEqual(['data/fhir-code-extensible'])
  expect(
    await codes(patient({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }] })),
  ).toEqual([])
  expect(await codes(patient({ text: 'married' }))).toEqual([])
  const observation: JsonObject = { resourceType: 'Observation', status: 'final', code: { text: 'x' } }
  expect(await codes({ ...observation, category: [{ coding: [{ system: 'urn:test:own', code: 'x' }] }] })).toEqual([
    'data/fhir-code-preferred',
  ])
})
