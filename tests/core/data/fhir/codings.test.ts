/** Codes against lists that are advice, and against code systems that are known as a whole. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/record.ts'
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
