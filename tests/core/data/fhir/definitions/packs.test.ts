/** The committed packs are what the definitions package gives, and small enough for a page. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadDefinitions } from '../../../../../src/core/data/fhir/definitions/packs.ts'

interface PackScript {
  definitionsFolder(): string | null
  buildPacks(folder: string): Map<string, string>
}

// A name the compiler does not follow: the script is plain JavaScript without types.
const scriptPath: string = new URL('../../../../../scripts/packs.mjs', import.meta.url).href
const script: PackScript = await import(/* @vite-ignore */ scriptPath)
const folder = script.definitionsFolder()
const names = ['core.pack.json', 'more.pack.json', 'profiles.pack.json', 'value-sets.pack.json']

function committed(name: string): string {
  return readFileSync(new URL(`../../../../../src/core/data/fhir/packs/${name}`, import.meta.url), 'utf8')
}

test.skipIf(folder === null)(
  'building the packs again gives the committed bytes',
  () => {
    const built = script.buildPacks(folder ?? '')
    expect([...built.keys()].sort()).toEqual([...names].sort())
    for (const name of names) expect(built.get(name) === committed(name), `${name}: run npm run packs`).toBe(true)
  },
  120_000,
)

test('all definitions together stay below 150 kB gzipped', () => {
  const size = names.reduce((sum, name) => sum + gzipSync(committed(name), { level: 9 }).length, 0)
  expect(size).toBeLessThan(150_000)
})

test('every resource of FHIR R4 and every type its elements use is there', async () => {
  const definitions = await loadDefinitions()
  const kinds = { resource: 0, missing: [] as string[] }
  const seen = new Set<string>()
  const open = names.slice(0, 2).flatMap((name) => Object.keys(JSON.parse(committed(name)).definitions))
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const type = definitions.type(name)
    if (type === null) kinds.missing.push(name)
    else {
      if (type.kind === 'resource' && !type.abstract) kinds.resource++
      for (const rule of type.byId.values())
        open.push(...rule.types.flatMap((use) => (use.code === 'canonical' ? [use.code] : [use.code, ...use.targets])))
    }
  }
  expect(kinds).toEqual({ resource: 147, missing: [] })
})

test('an element keeps its cardinality, types, targets, binding and rules', async () => {
  const definitions = await loadDefinitions()
  const patient = definitions.type('AllergyIntolerance')?.byId.get('AllergyIntolerance.patient')
  expect(patient).toMatchObject({ min: 1, max: 1, repeats: false, types: [{ code: 'Reference', targets: ['Patient'] }] })
  const status = definitions.type('AllergyIntolerance')?.byId.get('AllergyIntolerance.clinicalStatus')
  expect(status).toMatchObject({
    isModifier: true,
    binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/allergyintolerance-clinical' },
  })
  const contact = definitions.type('Patient')?.byId.get('Patient.contact')
  expect(contact?.invariants.map((invariant) => invariant.key)).toEqual(['pat-1'])
  expect(definitions.expansion('http://hl7.org/fhir/ValueSet/administrative-gender')?.codes).toEqual(
    new Set(['female', 'male', 'other', 'unknown']),
  )
  expect(definitions.expansion('http://hl7.org/fhir/ValueSet/mimetypes')).toBeNull()
})
