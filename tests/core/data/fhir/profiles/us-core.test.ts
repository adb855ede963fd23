/** US Core's own examples against US Core's own profiles, and single defects that only a profile forbids. */

import { describe, expect, test } from 'vitest'
import { loadDefinitions, loadProfilePack } from '../../../../../src/core/data/fhir/definitions/packs.ts'
import { ProfileRegistry } from '../../../../../src/core/data/fhir/profiles/registry.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { dataPath, hasData } from '../../../../beside.ts'
import { filesIn, isError, judgeFiles, pathOf, readJson } from '../judged.ts'

describe.skipIf(!hasData('fhir/us-core/'))('US Core (../shared/data/fhir)', () => {
  const profiles: JsonObject[] = hasData('fhir/us-core/')
    ? filesIn(`${dataPath('fhir/us-core/')}profiles`, '.json').map(readJson)
    : []

  test('at most one of the 57 examples is rejected against the profiles it names', async () => {
    const rejected: string[] = []
    const files = filesIn(`${dataPath('fhir/us-core/')}examples`, '.json')
    for (const file of files) {
      const { sightings, atEnd } = await judgeFiles([[readJson(file)]], { loaded: profiles })
      const told = [...sightings, ...atEnd].filter(isError)
      if (told.length > 0)
        rejected.push(
          `${file.split('/').at(-1)}: ${told.map((sighting) => `${sighting.code} ${pathOf(sighting)} ${JSON.stringify(sighting.evidence)}`).join('\n   ')}`,
        )
    }
    console.log(`US Core: ${files.length - rejected.length} of ${files.length} examples fit their profiles`)
    expect(files).toHaveLength(57)
    expect(rejected).toEqual([])
  })

  test('an element that only the profile demands is missed when it is taken away', async () => {
    const registry = new ProfileRegistry(await loadDefinitions())
    for (const profile of [...(await loadProfilePack()), ...profiles]) registry.add(profile)
    let tried = 0
    const silent: string[] = []
    for (const file of filesIn(`${dataPath('fhir/us-core/')}examples`, '.json')) {
      const resource = readJson(file)
      const named = (resource.meta as JsonObject | undefined)?.profile
      for (const url of Array.isArray(named) ? named : []) {
        for (const element of registry.snapshot(String(url))?.elements ?? []) {
          const name = element.path.slice(String(resource.resourceType).length + 1)
          if (name.includes('.') || element.sliceName !== null || element.min === 0 || element.base.min > 0) continue
          const json = Object.keys(resource).filter(
            (key) => key === name || (name.endsWith('[x]') && key.startsWith(name.slice(0, -3))),
          )
          if (json.length === 0) continue
          const without = Object.fromEntries(Object.entries(resource).filter(([key]) => !json.includes(key)))
          const { sightings } = await judgeFiles([[without]], { loaded: profiles })
          tried++
          const told = sightings.filter(isError).map((sighting) => `${sighting.code} ${pathOf(sighting)}`)
          if (!told.includes(`data/fhir-cardinality ${resource.resourceType}.${name.replace('[x]', '')}`))
            silent.push(`${file} ${name}: ${told}`)
        }
      }
    }
    expect(tried).toBeGreaterThan(50)
    expect(silent).toEqual([])
  })

  test('slices, fixed codes and target types of a profile', async () => {
    const profile = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/${name}`
    const coded = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })
    const vital: JsonObject = {
      resourceType: 'Observation',
      id: 'bp',
      meta: { profile: [profile('us-core-blood-pressure')] },
      status: 'final',
      category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
      code: coded('http://loinc.org', '85354-9'),
      subject: { reference: 'Patient/p' },
      effectiveDateTime: '2024-02-29',
      component: [
        {
          code: coded('http://loinc.org', '8480-6'),
          valueQuantity: { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
        },
        {
          code: coded('http://loinc.org', '8462-4'),
          valueQuantity: { value: 80, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
        },
      ],
    }
    const told = async (change: JsonObject): Promise<string[]> => {
      const { sightings } = await judgeFiles([[{ ...vital, ...change }]], { loaded: profiles })
      return [...new Set(sightings.filter(isError).map((sighting) => `${sighting.code} ${pathOf(sighting)}`))]
    }
    const [systolic, diastolic] = vital.component as [JsonObject, JsonObject]
    expect(await told({})).toEqual([])
    expect(await told({ component: [diastolic, systolic] })).toEqual([])
    expect(await told({ component: [systolic, systolic] })).toContain('data/fhir-slice Observation.component')
    expect(
      await told({ category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')] }),
    ).toContain('data/fhir-slice Observation.category')
    expect(
      await told({
        component: [{ ...systolic, valueQuantity: { ...(systolic.valueQuantity as JsonObject), code: 'kPa' } }, diastolic],
      }),
    ).toContain('data/fhir-fixed Observation.component[0].valueQuantity.code')
    expect(await told({ effectiveDateTime: undefined as never })).toContain('data/fhir-cardinality Observation.effective')
    expect(await told({ code: coded('http://loinc.org', '8867-4') })).not.toEqual([])
  })
})
