import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { judgeGiven } from '../../../../src/core/data/fhir/given.ts'
import {
  keptPackages,
  missingPackages,
  offeredProfiles,
  packageDocument,
  packagePath,
} from '../../../../src/core/data/fhir/packages/kept-package.ts'
import { loadPackages } from '../../../../src/core/data/fhir/packages/load-packages.ts'
import { definitionOf } from '../../../../src/core/data/fhir/packages/package.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const { signal } = new AbortController()
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

function profile(
  name: string,
  base: string,
  element: JsonObject = { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 },
): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: `urn:example:${name}`,
    name,
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    baseDefinition: base,
    differential: { element: [{ id: 'Patient', path: 'Patient' }, element] },
  }
}

const patientBase = 'http://hl7.org/fhir/StructureDefinition/Patient'
const born = profile('born', patientBase)

/** One entry of a tar archive. */
function tarEntry(name: string, body: Uint8Array): Uint8Array {
  const header = new Uint8Array(512)
  const put = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at)
  put(0, name)
  put(124, `${body.length.toString(8).padStart(11, '0')}\0`)
  put(156, '0')
  put(148, '        ')
  put(
    148,
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  )
  const padded = new Uint8Array(Math.ceil(body.length / 512) * 512)
  padded.set(body)
  return Buffer.concat([header, padded])
}

function tgz(about: object, files: Readonly<Record<string, unknown>>): Uint8Array {
  const entries = Object.entries({ 'package/package.json': about, ...files }).map(([name, value]) =>
    tarEntry(name, encode(value)),
  )
  return gzipSync(Buffer.concat([...entries, new Uint8Array(1024)]))
}

async function load(
  files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly folder?: string }[],
  here: readonly JsonObject[] = [],
) {
  const given = files.map(({ name, bytes, folder = null }) => ({ source: bytesSource(name, bytes), folder }))
  return finish(loadPackages({ files: given, here }, signal))
}

test('a package is loaded, kept as a Bundle that can be read as definitions again, and offers its profiles', async () => {
  const bytes = tgz(
    {
      name: 'clinic.core',
      version: '1.2.0',
      fhirVersions: ['4.0.1'],
      dependencies: { 'other.guide': '3.0.0', 'hl7.fhir.r4.core': '4.0.1' },
    },
    { 'package/born.json': born },
  )
  const { packages, refused } = await load([{ name: 'clinic.tgz', bytes }])
  expect(refused).toEqual([])
  const [one] = packages
  if (!one) throw new Error('not loaded')
  const path = packagePath(one)
  expect(path).toBe('schemas/clinic.core-1.2.0.package.json')
  const document = JSON.parse(JSON.stringify(packageDocument(one)))
  expect(definitionOf(encode(document)).map(({ url }) => url)).toEqual(['urn:example:born'])
  const kept = keptPackages([
    ['schemas/allergies.json', { fields: [] }],
    [path, document],
  ])
  expect(kept).toMatchObject([{ name: 'clinic.core', version: '1.2.0', from: 'clinic.tgz', notUnderstood: [] }])
  expect(offeredProfiles(kept)).toEqual([{ url: 'urn:example:born', type: 'Patient', name: 'born' }])
  expect(missingPackages(kept)).toEqual(['other.guide#3.0.0'])
})

test('loose files of a folder are one package; what gives nothing and what has no base is said', async () => {
  const lost = profile('lost', 'urn:example:nowhere')
  const { packages, refused } = await load([
    { name: 'born.json', bytes: encode(born), folder: 'guide' },
    { name: 'lost.json', bytes: encode(lost), folder: 'guide' },
    { name: 'patient.json', bytes: encode({ resourceType: 'Patient' }), folder: 'guide' },
    { name: 'torn.tgz', bytes: new Uint8Array([1, 2, 3]) },
  ])
  expect(packages).toMatchObject([{ name: 'guide', version: null }])
  expect(packages[0]?.definitions.map(({ url }) => url)).toEqual(['urn:example:born', 'urn:example:lost'])
  expect(packages[0]?.notUnderstood).toEqual([expect.stringMatching(/^urn:example:lost: .*urn:example:nowhere is not loaded/)])
  expect(refused).toEqual([expect.stringMatching(/^patient\.json/), expect.stringMatching(/^torn\.tgz/)])
})

test('a profile may rest on one of a package that is here already', async () => {
  const files = [{ name: 'above.json', bytes: encode(profile('above', 'urn:example:born')) }]
  expect((await load(files)).packages[0]?.notUnderstood).toHaveLength(1)
  expect((await load(files, [born])).packages[0]?.notUnderstood).toEqual([])
})

test('each input is held against its own profiles; one that can not be judged is told', async () => {
  const profiles = [['urn:example:born'], [], ['urn:example:gone']]
  const judge = await judgeGiven({ definitions: [born], profiles })({ formats: ['ndjson', 'ndjson', 'ndjson'] })
  const value = { resourceType: 'Patient' }
  const found = profiles.map((_, input) => {
    const id = `a${input}`
    const record = {
      kind: 'resource',
      type: 'Patient',
      id,
      value: { ...value, id },
      within: null,
      record: 1,
      line: 1,
      byte: 0,
      length: 0,
    } as const
    return [...judge.see(record, input)].map(({ place }) => place)
  })
  expect(found).toEqual([['Patient.birthDate'], [], []])
  expect(judge.notEvaluated().filter(({ why }) => why.includes('urn:example:gone'))).toHaveLength(1)
})

test('whatever a package calls itself, it is kept inside its folder', () => {
  for (const name of ['../../etc/passwd', '/etc/passwd', '..\\..\\x', 'a/../../b', '\0'])
    expect(packagePath({ name, version: '../1' })).toMatch(/^schemas\/[A-Za-z0-9._-]+$/)
})
