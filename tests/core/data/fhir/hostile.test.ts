/** Whatever stands in a file, the judge answers; it never throws, hangs or touches prototypes. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import { changedNumber } from '../../../../src/core/data/read/json/json-numbers.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { isError, judgeFiles, recordOf } from './judged.ts'

const names = [
  'id',
  'meta',
  'text',
  'contained',
  'extension',
  'name',
  'subject',
  'entry',
  'resource',
  'valueQuantity',
  '_birthDate',
  'coding',
  '__proto__',
  'constructor',
  'resourceType',
  'reference',
  'fullUrl',
]
const types = ['Patient', 'Observation', 'Bundle', 'Parameters', 'Questionnaire', 'Nothing']

const { value } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<JsonValue>(null, '', '#', 'Patient/1', 'urn:uuid:x', 0, -1.5, true),
    fc.string(),
    fc.constantFrom(...types),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }) as fc.Arbitrary<JsonObject>,
}))

test('any JSON in any place gets an answer', async () => {
  const judge = await createFhirJudge()
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 }),
      (resourceType, members) => {
        const resource: JsonObject = { ...members, resourceType }
        for (const sighting of judge.see(recordOf(resource), 0)) expect(sighting.code).toMatch(/^data\/fhir-/)
      },
    ),
    { numRuns: 1500, seed: 7 },
  )
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('extensions inside extensions without end are told, not followed', async () => {
  let extension: JsonObject = { url: 'http://a.org/x', valueString: 'x' }
  for (let level = 0; level < 800; level++) extension = { url: 'http://a.org/x', extension: [extension] }
  const { sightings } = await judgeFiles([[{ resourceType: 'Patient', extension: [extension] }]])
  expect(sightings.filter(isError).map((sighting) => sighting.code)).toEqual(['data/fhir-depth'])
})

test('ten thousand foreign names in one object fill neither places nor time', async () => {
  const members = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`n${index}`, 1]))
  const { sightings, denominators } = await judgeFiles([[{ resourceType: 'Patient', ...members }]])
  expect(sightings).toHaveLength(1)
  expect(sightings[0]?.evidence.facts).toEqual([{ name: 'unknown elements', value: 10_000 }])
  expect(denominators.length).toBeLessThan(300)
})

test('a member name that is a value stands in the excerpt alone', async () => {
  const named = [{ use: 'official', Zqcanary: 'x' }]
  const { sightings, denominators } = await judgeFiles([
    [
      { resourceType: 'Patient', id: 'a', name: named, Zqcanary: 1, _Zqcanary: {} },
      { resourceType: 'Observation', id: 'b', valueZqcanary: 1 },
    ],
  ])
  const told = sightings.filter((sighting) => sighting.evidence.excerpt?.includes('Zqcanary'))
  expect(told.map(({ code, place }) => `${code} ${place}`)).toEqual([
    'data/fhir-unknown-element Patient.name',
    'data/fhir-unknown-element Patient',
    'data/fhir-choice Observation.value[x]',
  ])
  const places = sightings.map(({ place, at, evidence: { facts } }) => ({ place, at, facts }))
  expect(JSON.stringify([places, denominators])).not.toContain('Zqcanary')
})

test('long texts are judged in one pass', async () => {
  const long = 'A'.repeat(4_000_000)
  // Work that grew with the square of the length would not end before the test is given up.
  const { sightings } = await judgeFiles([
    [
      {
        resourceType: 'Patient',
        photo: [{ data: `${long}!` }],
        name: [{ text: '<'.repeat(500_000), family: 'a '.repeat(250_000) }],
      },
      {
        resourceType: 'Patient',
        text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${'<p '.repeat(200_000)}` },
      },
      { resourceType: 'Patient', gender: 'x '.repeat(200_000), language: `${'a '.repeat(200_000)} ` },
    ],
  ])
  const places = new Set(sightings.map(({ place }) => place))
  for (const place of ['photo.data', 'text.div', 'gender', 'language']) expect(places).toContain(`Patient.${place}`)
})

const open = '{"resourceType":"Patient","id":"a"'

test.each([
  ['1e400', 'read as infinite'],
  ['-1E+400', 'read as infinite'],
  ['1e-400', 'read as 0'],
  ['1234567890123456789', 'read as another number'],
])('a decimal of %s is told once, as it is written and with what becomes of it', async (number, becomes) => {
  const line = `{"resourceType":"Basic","id":"a","code":{"text":"x"},"extension":[{"url":"urn:x","valueDecimal":${number}}]}`
  const source = bytesSource('hostile.ndjson', new TextEncoder().encode(line))
  const inputs = [{ source, side: null, format: 'ndjson' as const, table: 'hostile', reading: {}, schema: null }]
  const result = await finish(validate({ inputs }, new AbortController().signal, createFhirJudge))
  const told = result.findings.filter(({ code }) => code === 'data/json-number-precision' || code === 'data/fhir-json-type')
  expect(told).toMatchObject([{ code: 'data/json-number-precision', count: 1 }])
  expect(told[0]?.sample[0]).toMatchObject({
    at: { byte: line.indexOf(number) },
    evidence: { excerpt: number, facts: [{ name: 'why', value: expect.stringContaining(becomes) }] },
  })
  expect(JSON.stringify(result)).not.toContain('Infinity')
})

test('zero under any power of ten, and a power with zeros before it, are read as they are written', () => {
  const changed = (number: string) => changedNumber(new TextEncoder().encode(`[${number}]`))?.text ?? null
  expect(['0e9999999', '-0.00E-9999999', '1e000000001', '25.0e-0000002'].map(changed)).toEqual([null, null, null, null])
  expect(['1e9999999', '-0.01e-9999999'].map(changed)).toEqual(['1e9999999', '-0.01e-9999999'])
})

test.each<[name: string, text: string, records: number, codes: string[]]>([
  ['lists inside lists without end', `${open},"contact":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 0, ['data/invalid-json']],
  ['lists that are never closed', '['.repeat(1_000_000), 0, ['data/invalid-json']],
  ['numbers beyond all bounds', `${open},"multipleBirthInteger":1e400}`, 1, ['data/fhir-lexical', 'data/json-number-precision']],
  ['a number of a million digits', `${open},"multipleBirthInteger":${'9'.repeat(1_000_000)}}`, 1, ['data/json-number-precision']],
  ['a name twice', `${open},"id":"b"}`, 1, ['data/json-duplicate-name']],
  [
    'names that every object inherits',
    `${open},"__proto__":{"x":1},"constructor":1,"toString":2}`,
    1,
    ['data/fhir-unknown-element'],
  ],
  [
    'types that every object inherits',
    '{"resourceType":"__proto__"}\n{"resourceType":"constructor"}',
    2,
    ['data/fhir-unknown-type'],
  ],
  ['half a surrogate pair', `${open},"name":[{"family":"\\ud800x"}]}`, 1, ['data/lone-surrogate']],
  ['NUL between and behind records', `${open}}\n\0\0\n${open}}\0`, 1, ['data/invalid-json']],
  ['a byte order mark before each record', `\uFEFF${open}}\n\uFEFF${open}}`, 1, ['data/invalid-json']],
  ['values that are no objects', '1\n"x"\nnull\n[]', 0, ['data/not-a-resource']],
  ['types that are no names', '{"resourceType":1}\n{"resourceType":["Patient"]}\n{}', 3, ['data/resource-type-missing']],
])('%s', async (_name, text, records, codes) => {
  const source = bytesSource('hostile.ndjson', new TextEncoder().encode(text))
  const inputs = [{ source, side: null, format: 'ndjson' as const, table: 'hostile', reading: {}, schema: null }]
  const result = await finish(validate({ inputs }, new AbortController().signal, createFhirJudge))
  expect(result.inputs[0]?.records).toBe(records)
  expect(result.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codes))
  expect(Object.keys(Object.prototype)).toEqual([])
})
