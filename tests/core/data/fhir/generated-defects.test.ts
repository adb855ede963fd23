/** Mutation checklist: defects of every class, put into real clean resources at drawn places, are found with the right code and path. */
import { describe, expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { loadDefinitions } from '../../../../src/core/data/fhir/packs.ts'
import type { JsonObject } from '../../../../src/core/data/record.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { filesIn, hasShared, pathOf, readJson, readLines, recordOf, sharedFhir } from './judged.ts'
import { mutantsOf, mutationClasses } from './mutants.ts'

/** Alone, as an entry of a Bundle, and as a contained resource: a defect is found wherever its resource stands. */
function framed(resource: JsonObject, index: number): JsonObject {
  if (index % 3 === 1)
    return {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: `https://ehr.example/${String(resource.resourceType)}/${String(resource.id)}`, resource }],
    }
  if (index % 3 === 2 && resource.contained === undefined && resource.meta === undefined)
    return {
      resourceType: 'Basic',
      id: 'frame',
      contained: [resource],
      code: { text: 'frame' },
      subject: { reference: `#${String(resource.id)}` },
    }
  return resource
}

const bases = hasShared
  ? [
      ...filesIn(`${sharedFhir}bulk-ndjson`, '.ndjson').flatMap((file) => readLines(file).slice(0, 12)),
      ...filesIn(`${sharedFhir}us-core/examples`, '.json').map(readJson),
    ].map(framed)
  : []

describe.skipIf(!hasShared)('generated defects (../shared/data/fhir)', () => {
  test.each([...mutationClasses.keys()])('%s', async (name) => {
    const make = mutationClasses.get(name)
    if (!make) throw new Error(`No class ${name}`)
    const definitions = await loadDefinitions()
    const mutants = mutantsOf(make, bases, 60, definitions, seededRandom(name))
    expect(mutants.length).toBeGreaterThanOrEqual(20)
    const judge = await createFhirJudge()
    const missed = mutants.flatMap(({ resource, expected }, index) => {
      const told = [...judge.see(recordOf(resource, index + 1), 0)].map((sighting) => `${sighting.code} ${pathOf(sighting)}`)
      return told.includes(expected) ? [] : [`${expected}; told: ${told.join(', ')}`]
    })
    expect(missed).toEqual([])
  })
})
