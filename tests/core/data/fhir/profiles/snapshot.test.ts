/** Snapshots made from differentials, against those that HL7 publishes for R4's own profiles and extensions. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDefinitions, loadProfilePack } from '../../../../../src/core/data/fhir/definitions/packs.ts'
import { objects } from '../../../../../src/core/data/fhir/profiles/read-structure-definition.ts'
import { ProfileRegistry } from '../../../../../src/core/data/fhir/profiles/registry.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { dataPath, hasData } from '../../../../beside.ts'
import { filesIn, readJson } from '../judged.ts'

const definitions = await loadDefinitions()
// A name the compiler does not follow: the script is plain JavaScript without types.
const scriptPath: string = new URL('../../../../../scripts/packs.mjs', import.meta.url).href
const script: { definitionsFolder(): string | null } = await import(/* @vite-ignore */ scriptPath)
const folder = script.definitionsFolder()

function bundleOf(file: string): JsonObject[] {
  return objects(readJson(join(folder ?? '', file)).entry)
    .map(({ resource }) => resource)
    .filter((resource): resource is JsonObject => typeof resource === 'object' && resource !== null && !Array.isArray(resource))
    .filter(
      ({ resourceType, derivation, kind }) =>
        resourceType === 'StructureDefinition' && derivation === 'constraint' && kind !== 'logical',
    )
}

const plainType = (code: unknown): string => {
  const name = String(code).replace('http://hl7.org/fhirpath/System.', '')
  return /^(String|Boolean|Date|DateTime|Decimal|Integer|Time)$/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** What a snapshot says of one element, as text. */
function published(element: JsonObject): string {
  const types = [
    ...new Set(
      objects(element.type).map(({ code, extension }) =>
        plainType(objects(extension).find(({ url }) => String(url).endsWith('fhir-type'))?.valueUrl ?? code),
      ),
    ),
  ]
  const binding = element.binding as JsonObject | undefined
  const bound = binding && ['required', 'extensible', 'preferred'].includes(String(binding.strength)) && binding.valueSet
  return [
    element.path,
    element.min,
    element.max,
    types.sort().join('/'),
    bound ? `${binding.strength} ${String(binding.valueSet).split('|')[0]}` : '',
  ].join(' ')
}

describe.skipIf(folder === null)('R4 profiles and extensions', () => {
  test('regenerated snapshots equal the published ones in path, min, max, type and binding', () => {
    const all = [...bundleOf('profiles-others.json'), ...bundleOf('extension-definitions.json')]
    expect(all.length).toBeGreaterThan(400)
    const registry = new ProfileRegistry(definitions)
    for (const { snapshot: _left, ...definition } of all) registry.add(definition)
    let equal = 0
    let elements = 0
    let same = 0
    const differ: string[] = []
    for (const definition of all) {
      const made = registry.snapshot(String(definition.url))
      const snapshot = definition.snapshot as JsonObject
      const expected = objects(snapshot.element).map(published)
      const got = new Set(
        (made?.elements ?? []).map((element) =>
          [
            element.path,
            element.min,
            element.max === Number.POSITIVE_INFINITY ? '*' : element.max,
            [...new Set(element.types.map(({ code }) => code))].sort().join('/'),
            element.binding ? `${element.binding.strength} ${element.binding.valueSet}` : '',
          ].join(' '),
        ),
      )
      const missing = expected.filter((line) => !got.has(line))
      elements += expected.length
      same += expected.length - missing.length
      if (missing.length === 0) equal++
      else differ.push(`${definition.id}: ${missing.slice(0, 3).join(' ; ')}`)
    }
    console.log(`snapshots: ${equal} of ${all.length} equal, ${same} of ${elements} elements`)
    if (process.env.LONG) console.log(differ.join('\n'))
    expect(equal / all.length).toBeGreaterThanOrEqual(0.95)
  })
})

describe.skipIf(!hasData('fhir/us-core/'))('US Core, differentials only (../shared/data/fhir)', () => {
  test('65 profiles are expanded, one names the base that is not loaded', async () => {
    const registry = new ProfileRegistry(definitions)
    for (const definition of await loadProfilePack()) registry.add(definition)
    const before = registry.urls.length
    for (const file of filesIn(`${dataPath('fhir/us-core/')}profiles`, '.json'))
      registry.add(JSON.parse(readFileSync(file, 'utf8')) as JsonObject)
    const usCore = registry.urls.slice(before)
    const missing = usCore.flatMap((url) => {
      const why = registry.whyNot(url)
      return why === null ? [] : [`${url.split('/').at(-1)}: ${why}`]
    })
    expect(usCore).toHaveLength(66)
    expect(missing).toHaveLength(1)
    expect(missing[0]).toMatch(/^us-core-questionnaireresponse: The base .* is not loaded\.$/)
    // R4's vital signs bind the unit of a component as required, US Core as extensible: told, and the stricter one stays.
    expect(registry.notEvaluated()).toEqual([
      {
        what: 'Observation.component.value[x] of the profile http://hl7.org/fhir/us/core/StructureDefinition/us-core-vital-signs',
        why: 'The binding is weaker than that of the base.',
      },
    ])
  })
})
