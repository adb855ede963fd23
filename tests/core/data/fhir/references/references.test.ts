/** References and ids over all files of an export. */

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankOf } from '../../../../../src/core/data/fhir/reading-order.ts'
import { hash64 } from '../../../../../src/core/data/fhir/references/id-hash.ts'
import { ReferenceIndex } from '../../../../../src/core/data/fhir/references/reference-index.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { seededRandom } from '../../../../../src/core/random.ts'
import { dataPath, hasData } from '../../../../beside.ts'
import { filesIn, isError, type Judged, judgeFiles, pathOf, readLines } from '../judged.ts'

const patient = (id: string): JsonObject => ({ resourceType: 'Patient', id })
const condition = (id: string, subject: string): JsonObject => ({
  resourceType: 'Condition',
  id,
  subject: { reference: subject },
})
const encounter = (id: string, subject: string): JsonObject => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: subject },
})

const ndjson = { formats: ['ndjson', 'ndjson', 'ndjson', 'ndjson'] } as const

function words(sightings: readonly Judged[]): string[] {
  return sightings.map(
    (sighting) =>
      `${sighting.code} ${sighting.severity ?? 'error'} ${pathOf(sighting)} ${sighting.at.kind === 'cell' ? sighting.at.id : ''}`,
  )
}

test('files that others refer to are read first, whatever is added to their names', () => {
  const names = [
    'Observation.ndjson',
    '2.Encounter.ndjson',
    'Patient-0001.ndjson.gz',
    'PatientList.ndjson',
    'Organization.ndjson',
  ]
  expect([...names].sort((a, b) => rankOf(a) - rankOf(b))).toEqual([
    'Patient-0001.ndjson.gz',
    'Organization.ndjson',
    '2.Encounter.ndjson',
    'Observation.ndjson',
    'PatientList.ndjson',
  ])
})

describe('references between files', () => {
  test('a reference is resolved whether its target was read before or after', async () => {
    for (const files of [
      [[patient('1')], [condition('c', 'Patient/1')]],
      [[condition('c', 'Patient/1')], [patient('1')]],
    ]) {
      const { sightings, atEnd } = await judgeFiles(files, ndjson)
      expect([...sightings, ...atEnd]).toEqual([])
    }
  })

  test('an orphan condition is critical, an orphan encounter an error', async () => {
    const { atEnd } = await judgeFiles(
      [[condition('c', 'Patient/2'), encounter('e', 'Patient/2/_history/3')], [patient('1')]],
      ndjson,
    )
    expect(words(atEnd)).toEqual([
      'data/fhir-reference-missing critical Condition.subject Condition/c',
      'data/fhir-reference-missing error Encounter.subject Encounter/e',
    ])
    expect(atEnd.map((sighting) => [sighting.place, sighting.patientHash, sighting.evidence.excerpt])).toEqual([
      ['Condition.subject', hash64('2'), 'Patient/2'],
      ['Encounter.subject', hash64('2'), 'Patient/2/_history/3'],
    ])
  })

  test('the same missing target is counted at every place and with its denominator', async () => {
    const conditions = Array.from({ length: 7 }, (_, index) => condition(`c${index}`, index < 4 ? 'Patient/9' : 'Patient/1'))
    const { atEnd, denominators } = await judgeFiles([conditions, [patient('1')]], ndjson)
    expect(atEnd).toHaveLength(4)
    expect(denominators).toEqual([{ code: 'data/fhir-reference-missing', place: 'Condition.subject', input: 0, of: 7 }])
  })

  test('without records of the target type, absence is not claimed but told', async () => {
    const { sightings, atEnd, notEvaluated } = await judgeFiles(
      [[condition('c', 'Patient/2'), condition('d', 'Patient/3')]],
      ndjson,
    )
    expect([...sightings, ...atEnd]).toEqual([])
    expect(notEvaluated.find((entry) => entry.what.includes('no input holds'))).toMatchObject({
      what: '2 references to records of 1 type that no input holds',
      why: expect.stringContaining('Patient'),
    })
  })

  test('references to other servers, by identifier and by query are told as not evaluated', async () => {
    const logical: JsonObject = { resourceType: 'Condition', id: 'l', subject: { identifier: { value: '1' } } }
    const { sightings, atEnd, notEvaluated } = await judgeFiles(
      [[condition('a', 'https://ehr.example/r4/Patient/7'), condition('b', 'Patient?identifier=7'), logical, patient('1')]],
      ndjson,
    )
    expect([...sightings, ...atEnd]).toEqual([])
    const told = notEvaluated.map((entry) => entry.what).join('\n')
    expect(told).toContain('1 reference to 1 other server')
    expect(told).toContain('1 conditional reference')
    expect(told).toContain('1 reference by identifier or by text only')
  })

  test('over its budget the index says what it could not check, and calls nothing missing', async () => {
    const files = [
      Array.from({ length: 3000 }, (_, index) => condition(`c${index}`, `Patient/${index}`)),
      Array.from({ length: 3000 }, (_, index) => patient(`${index}`)),
    ]
    const { atEnd, notEvaluated } = await judgeFiles(files, { ...ndjson, referenceBudget: 60_000 })
    expect(atEnd).toEqual([])
    expect(notEvaluated.map((entry) => entry.what).join('\n')).toContain('beyond the memory budget')
  })

  test('more open references than places can be kept are still counted exactly', async () => {
    const orphans = Array.from({ length: 20_000 }, (_, index) => condition(`c${index}`, 'Patient/gone'))
    const { atEnd } = await judgeFiles([orphans, [patient('1')]], { ...ndjson, referenceBudget: 2_000_000 })
    expect(atEnd).toHaveLength(20_000)
    expect(atEnd.slice(0, 8_000).every((sighting) => sighting.at.kind === 'cell')).toBe(true)
    expect(atEnd.at(-1)?.at).toEqual({ kind: 'input', input: 0, line: null, byte: null })
  })

  test('references that were resolved meanwhile make room for the places of open ones', async () => {
    const early = Array.from({ length: 9_000 }, (_, index) => condition(`c${index}`, `Patient/${index}`))
    const patients = Array.from({ length: 9_000 }, (_, index) => patient(`${index}`))
    const late = Array.from({ length: 30 }, (_, index) =>
      condition(`d${index}`, index % 10 === 0 ? 'Patient/gone' : `Patient/x${index}`),
    )
    const filler = Array.from({ length: 9_000 }, (_, index) => encounter(`e${index}`, `Patient/gone-${index % 3}`))
    const { atEnd } = await judgeFiles([early, patients, filler, late], { ...ndjson, referenceBudget: 4_000_000 })
    expect(atEnd).toHaveLength(9_030)
    expect(atEnd.filter((sighting) => sighting.at.kind === 'cell').length).toBeGreaterThan(8_000)
  })

  test('two resources with one id are told; critical when they differ', async () => {
    const named: JsonObject = { resourceType: 'Patient', id: '1', name: [{ text: 'Ada' }] }
    const { sightings } = await judgeFiles([[patient('1'), patient('1')], [named]], ndjson)
    expect(words(sightings)).toEqual([
      'data/fhir-duplicate-id error Patient.id Patient/1',
      'data/fhir-duplicate-id critical Patient.id Patient/1',
    ])
  })

  test('entries of a Bundle that are read one by one find each other by their address', async () => {
    const judge = await (await import('../../../../../src/core/data/fhir/judge.ts')).createFhirJudge()
    const entry = (value: JsonObject, record: number, fullUrl: string) => ({
      kind: 'resource' as const,
      type: String(value.resourceType),
      id: String(value.id),
      value,
      record,
      line: 1,
      byte: 0,
      length: 900,
      within: `Bundle.entry[${record - 1}].resource`,
      fullUrl,
    })
    const a = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'
    const b = 'urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e1'
    const lost = 'urn:uuid:2c3151bd-1cbf-4d64-b04d-cd9187a4c6e2'
    const c = 'urn:uuid:3c3151bd-1cbf-4d64-b04d-cd9187a4c6e3'
    const told = [
      ...judge.see(entry(condition('c', a), 1, b), 0),
      ...judge.see(entry(patient('p'), 2, a), 0),
      ...judge.see(entry(condition('d', lost), 3, c), 0),
      ...judge.finish(),
    ]
    expect(words(told)).toEqual(['data/fhir-reference-missing critical Bundle.entry[2].resource.subject Condition/d'])
  })
})

test('the order of files changes no finding', async () => {
  const files = [
    [patient('1'), patient('2'), patient('3')],
    [
      condition('a', 'Patient/1'),
      condition('b', 'Patient/7'),
      { resourceType: 'Condition', id: 'c', code: { text: '' }, subject: { reference: 'Group/1' } },
    ],
    [encounter('x', 'Patient/2'), encounter('y', 'Patient/8'), encounter('z', 'Patient/7'), encounter('w', 'Condition/a')],
    [condition('d', 'Patient/7'), encounter('v', 'Patient/7')],
  ]
  const expected = await foundIn(files, [0, 1, 2, 3])
  expect(expected.length).toBeGreaterThan(5)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
      expect(await foundIn(files, order)).toEqual(expected)
    }),
    { numRuns: 24 },
  )
})

/** Findings as a sorted list of texts, with inputs named by their first place. */
async function foundIn(files: readonly (readonly JsonObject[])[], order: readonly number[]): Promise<string[]> {
  const { sightings, atEnd, denominators } = await judgeFiles(
    order.map((index) => files[index] ?? []),
    ndjson,
  )
  const told = [...sightings, ...atEnd].map((sighting) =>
    JSON.stringify({ ...sighting, at: { ...sighting.at, input: 'input' in sighting.at ? order[sighting.at.input] : null } }),
  )
  return [...told, ...denominators.map((entry) => JSON.stringify({ ...entry, input: order[entry.input] }))].sort()
}

describe('the index of ids', () => {
  test('takes at most 40 bytes per resource once it holds a few thousand', () => {
    const index = new ReferenceIndex(1 << 30)
    for (let n = 1; n <= 200_000; n++) {
      index.add(hash64(`Observation/${n}`), { input: 1, line: n, length: 9, type: 3 })
      if (n > 5000 && n % 997 === 0) expect(index.bytes / n).toBeLessThanOrEqual(40)
    }
    expect(index.entries).toBe(200_000)
    expect(index.find(hash64('Observation/77'))).toEqual({ input: 1, line: 77, length: 9, type: 3 })
    expect(index.find(hash64('Observation/200001'))).toBeNull()
  })

  test('hashes of similar ids differ in both halves', () => {
    const high = new Set<number>()
    const both = new Set<string>()
    for (let n = 0; n < 200_000; n++) {
      const hash = hash64(`Patient/${n}`)
      high.add(hash.high)
      both.add(`${hash.high}:${hash.low}`)
    }
    expect(both.size).toBe(200_000)
    // 200,000 draws of 2^32 collide about 5 times.
    expect(high.size).toBeGreaterThan(199_950)
  })
})

describe.skipIf(!hasData('fhir/bulk-ndjson/'))('defects planted in a real export (../shared/data/fhir/bulk-ndjson)', () => {
  test('missing targets, wrong target types and repeated ids are found exactly, wherever the files stand', async () => {
    const clean = filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').map(readLines)
    const random = seededRandom('references')
    const files = structuredClone(clean) as { [name: string]: unknown }[][]
    const planted = new Map<string, number>()
    const count = (what: string): void => {
      planted.set(what, (planted.get(what) ?? 0) + 1)
    }
    for (const resources of files)
      for (const resource of resources) {
        const name = resource.subject !== undefined ? 'subject' : resource.patient !== undefined ? 'patient' : null
        if (name === null || random.next() > 0.1) continue
        const wrong = random.next() > 0.5
        resource[name] = { reference: wrong ? 'Practitioner/x1' : `Patient/gone-${random.below(5)}` }
        count(`data/fhir-reference-${wrong ? 'type' : 'missing'} ${String(resource.resourceType)}.${name}`)
      }
    const twin = files[0]?.[0]
    if (twin) files[3]?.push(twin)
    count('data/fhir-duplicate-id AllergyIntolerance')
    for (const order of [files, files.toReversed()]) {
      const { sightings, atEnd } = await judgeFiles(order as JsonObject[][], { formats: order.map(() => 'ndjson' as const) })
      const found = new Map<string, number>()
      for (const sighting of [...sightings, ...atEnd].filter(isError)) {
        const key = `${sighting.code} ${sighting.place}`
        found.set(key, (found.get(key) ?? 0) + 1)
      }
      expect([...found].sort()).toEqual([...planted].sort())
    }
  })
})
