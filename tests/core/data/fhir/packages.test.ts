/** FHIR packages as they come, torn, swollen or of another version; and value sets listed from them. */
import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readPackage } from '../../../../src/core/data/fhir/packages/package.ts'
import { tarFiles } from '../../../../src/core/data/fhir/packages/tar.ts'
import { LocalTerminology } from '../../../../src/core/data/fhir/packages/terminology.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { judgeFiles, pathOf } from './judged.ts'

const encoder = new TextEncoder()

function entry(name: string, content: Uint8Array, kind = '0'): Uint8Array {
  const header = new Uint8Array(512)
  const put = (at: number, text: string): void => header.set(encoder.encode(text), at)
  put(0, name.slice(0, 100))
  put(100, '0000644\0')
  put(124, `${content.length.toString(8).padStart(11, '0')}\0`)
  put(148, '        ')
  put(156, kind)
  put(257, 'ustar\0')
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  const body = new Uint8Array(Math.ceil(content.length / 512) * 512)
  body.set(content)
  return joined([header, body])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const json = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value))
const end = new Uint8Array(1024)
const manifest = { name: 'example.clinic', version: '1.0.0', fhirVersions: ['4.0.1'], dependencies: { 'example.base': '2.0.0' } }
const profile: JsonObject = {
  resourceType: 'StructureDefinition',
  url: 'urn:example:patient',
  name: 'Example',
  type: 'Patient',
  kind: 'resource',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  snapshot: { element: [] },
  differential: { element: [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }] },
}

function packed(files: readonly Uint8Array[]): Uint8Array {
  return gzipSync(joined([...files, end]))
}

describe('packages', () => {
  test('definitions of the package folder are read, examples and XML are passed over', () => {
    const long = `package/${'x'.repeat(120)}.json`
    const read = readPackage(
      'clinic.tgz',
      packed([
        entry('package/package.json', json(manifest)),
        entry('package/StructureDefinition-example.json', json(profile)),
        entry('package/example/Patient-p.json', json({ resourceType: 'Patient' })),
        entry('package/StructureDefinition-x.xml', encoder.encode('<StructureDefinition/>')),
        entry('././@LongLink', encoder.encode(long), 'L'),
        entry('package/xxx', json({ resourceType: 'ValueSet', url: 'urn:example:set' })),
        entry('package/link', new Uint8Array(0), '2'),
      ]),
    )
    expect(read).toMatchObject({ name: 'example.clinic', version: '1.0.0', dependencies: ['example.base#2.0.0'] })
    if (typeof read === 'string') throw new Error(read)
    expect(read.definitions.map(({ url }) => url)).toEqual(['urn:example:patient', 'urn:example:set'])
    expect(read.definitions[0]).not.toHaveProperty('snapshot')
  })

  test('what can not be used gets a sentence', () => {
    const good = packed([entry('package/package.json', json(manifest))])
    expect(readPackage('a.tgz', encoder.encode('PK not a package'))).toContain('not compressed with gzip')
    expect(readPackage('a.tgz', good.subarray(0, good.length - 12))).toMatch(/damaged|ends inside/)
    expect(readPackage('a.tgz', packed([entry('package/x.json', json(profile))]))).toContain('no package/package.json')
    const r5 = { ...manifest, fhirVersions: ['5.0.0'] }
    expect(readPackage('a.tgz', packed([entry('package/package.json', json(r5))]))).toContain('FHIR 5.0.0')
    const broken = entry('package/package.json', json(manifest))
    broken[0] = 120
    expect(readPackage('a.tgz', packed([broken]))).toContain('checksum')
    expect(tarFiles(joined([entry('a', new Uint8Array(10)), new Uint8Array(512).fill(1)]))).toContain('byte 1024')
  })

  test('a small file that swells without end is stopped', () => {
    const bomb = gzipSync(new Uint8Array(30 << 20))
    expect(bomb.length).toBeLessThan(1 << 20)
    expect(readPackage('bomb.tgz', bomb)).toContain('was stopped')
  })

  test('a snapshot alone serves as profile, and its repeated constraints are judged once', async () => {
    const { differential: _left, ...rest } = profile
    const alone = {
      ...rest,
      snapshot: {
        element: [
          { id: 'Patient', path: 'Patient' },
          { id: 'Patient.gender', path: 'Patient.gender', min: 1 },
        ],
      },
    }
    const { sightings } = await judgeFiles([[{ resourceType: 'Patient', id: 'p' }]], {
      loaded: [alone],
      chosenProfiles: ['urn:example:patient'],
    })
    expect(sightings.map((sighting) => `${sighting.code} ${pathOf(sighting)}`)).toEqual(['data/fhir-cardinality Patient.gender'])
  })

  test('what is wrong with a profile is told, and its own constraint is judged whatever its key', async () => {
    const own = { key: 'ref-1', severity: 'error', human: 'A birth date is there.', expression: 'birthDate.exists()' }
    const element = [
      { id: 'Patient', path: 'Patient', constraint: [own] },
      { id: 'Patient.nosuch', path: 'Patient.nosuch', min: 1 },
    ]
    const { sightings, notEvaluated } = await judgeFiles([[{ resourceType: 'Patient', id: 'p' }]], {
      loaded: [{ ...profile, differential: { element } }],
      chosenProfiles: ['urn:example:patient'],
    })
    expect(sightings.map((sighting) => sighting.code)).toEqual(['data/fhir-invariant'])
    expect(notEvaluated).toContainEqual({
      what: 'Patient.nosuch of the profile urn:example:patient',
      why: 'The base has no such element.',
    })
  })

  test('a profile that was loaded is judged where it is chosen', async () => {
    const patient = { resourceType: 'Patient', id: 'p' }
    const chosen = { loaded: [profile], chosenProfiles: ['urn:example:patient'] }
    const { sightings } = await judgeFiles([[patient, { ...patient, id: 'q', gender: 'female' }]], chosen)
    expect(sightings.map((sighting) => `${sighting.code} ${pathOf(sighting)}`)).toEqual(['data/fhir-cardinality Patient.gender'])
    expect((await judgeFiles([[patient]], { loaded: [profile] })).sightings).toEqual([])
  })
})

describe('value sets of packages', () => {
  const system: JsonObject = {
    resourceType: 'CodeSystem',
    url: 'urn:example:ward',
    content: 'complete',
    concept: [{ code: 'inpatient', concept: [{ code: 'icu' }, { code: 'surgery' }] }, { code: 'outpatient' }],
  }
  const set = (url: string, compose: JsonObject): JsonObject => ({ resourceType: 'ValueSet', url, compose })

  function listed(url: string, ...resources: readonly JsonObject[]): string[] | string {
    const terminology = new LocalTerminology(() => null)
    for (const resource of resources) terminology.add(resource)
    const expansion = terminology.expansion(url)
    return expansion === null ? (terminology.whyNot(url) ?? '') : [...expansion.codes].sort()
  }

  test('whole systems, is-a, exclusion, import and intersection', () => {
    const all = set('all', { include: [{ system: 'urn:example:ward' }] })
    const wards = set('wards', {
      include: [{ system: 'urn:example:ward', filter: [{ property: 'concept', op: 'is-a', value: 'inpatient' }] }],
      exclude: [{ system: 'urn:example:ward', concept: [{ code: 'icu' }] }],
    })
    const both = set('both', { include: [{ valueSet: ['all', 'wards|1.0'] }] })
    expect(listed('all', system, all)).toEqual(['icu', 'inpatient', 'outpatient', 'surgery'])
    expect(listed('wards|2', system, wards)).toEqual(['inpatient', 'surgery'])
    expect(listed('both', system, all, wards, both)).toEqual(['inpatient', 'surgery'])
  })

  test('sets that include each other many times over are listed once each, and too deep ones are refused', () => {
    const chain = Array.from({ length: 40 }, (_, i) =>
      set(`s${i}`, {
        include: i === 0 ? [{ system: 'urn:example:ward' }] : [{ valueSet: [`s${i - 1}`] }, { valueSet: [`s${i - 1}`] }],
      }),
    )
    expect(listed('s39', system, ...chain)).toHaveLength(4)
    let nested: JsonObject = { code: 'x' }
    for (let i = 0; i < 12_000; i++) nested = { code: `c${i}`, concept: [nested] }
    const deep = { ...system, url: 'urn:example:deep', concept: [nested] }
    expect(listed('a', deep, set('a', { include: [{ system: 'urn:example:deep' }] }))).toContain('too deeply')
  })

  test('what can not be listed says why', () => {
    const circle = [set('a', { include: [{ valueSet: ['b'] }] }), set('b', { include: [{ valueSet: ['a'] }] })]
    expect(listed('a', ...circle)).toBe('value sets include each other')
    expect(listed('a', set('a', { include: [{ system: 'http://loinc.org' }] }))).toContain('http://loinc.org')
    const filter = [{ property: 'STATUS', op: '=', value: 'ACTIVE' }]
    expect(listed('a', system, set('a', { include: [{ system: 'urn:example:ward', filter }] }))).toContain('terminology server')
  })
})
