/** Mutation checklist: defects of every class, put into real clean resources at drawn places, are found with the right code and path. */

import { afterAll, describe, expect, test } from 'vitest'
import { loadDefinitions } from '../../../../src/core/data/fhir/definitions/packs.ts'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { dataPath, hasData } from '../../../beside.ts'
import { filesIn, isError, pathOf, readJson, readLines, recordOf } from './judged.ts'
import { mutantsOf } from './mutants.ts'
import { defectClasses } from './mutation-classes.ts'

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

const bases = hasData('fhir/bulk-ndjson/', 'fhir/us-core/')
  ? [
      ...filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').flatMap((file) => readLines(file).slice(0, 12)),
      ...filesIn(`${dataPath('fhir/us-core/')}examples`, '.json').map(readJson),
    ].map(framed)
  : []

const many = Number(process.env.LONG ?? 1) > 1 ? 300 : 40
const table: string[] = []

describe.skipIf(!hasData('fhir/bulk-ndjson/', 'fhir/us-core/'))('generated defects (../shared/data/fhir)', () => {
  test.each(defectClasses)('$number $name', async ({ number, name, variants }) => {
    const definitions = await loadDefinitions()
    const mutants = mutantsOf(variants, bases, many, definitions, seededRandom(name))
    expect(mutants.length).toBeGreaterThanOrEqual(20)
    const judge = await createFhirJudge()
    let rejected = 0
    const missed = mutants.flatMap(({ resource, expected }, index) => {
      const sightings = [...judge.see(recordOf(resource, index + 1), 0)]
      if (sightings.some(isError)) rejected++
      const told = sightings.map((sighting) => `${sighting.code} ${pathOf(sighting)}`)
      return told.includes(expected) ? [] : [`${expected}; told: ${told.join(', ')}`]
    })
    const share = (n: number): string => `${((100 * n) / mutants.length).toFixed(0)} %`
    table.push(
      `mutation ${number === 0 ? 'own' : number} · ${name}: ${mutants.length} mutants, ${share(rejected)} rejected, ${share(mutants.length - missed.length)} with code and path`,
    )
    expect(missed).toEqual([])
  })

  afterAll(() => console.log(table.join('\n')))
})
