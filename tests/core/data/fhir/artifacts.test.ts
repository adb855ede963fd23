/** Definitions as data: what they say of themselves and of each other. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { judgeFiles, pathOf } from './judged.ts'

const colours: JsonObject = {
  resourceType: 'CodeSystem',
  url: 'urn:test:colours',
  status: 'active',
  content: 'complete',
  property: [
    { code: 'mixed', type: 'Coding' },
    { code: 'warm', type: 'boolean' },
  ],
  concept: [
    { code: 'red', property: [{ code: 'warm', valueBoolean: true }] },
    { code: 'blue', concept: [{ code: 'navy' }] },
  ],
}
const bright: JsonObject = {
  resourceType: 'ValueSet',
  url: 'urn:test:bright',
  status: 'active',
  compose: { include: [{ system: 'urn:test:colours', concept: [{ code: 'red' }] }] },
}
const cohort: JsonObject = {
  resourceType: 'Measure',
  url: 'urn:test:beds',
  status: 'active',
  scoring: { coding: [{ code: 'cohort' }] },
}
const share: JsonObject = { ...cohort, url: 'urn:test:share', scoring: { coding: [{ code: 'proportion' }] } }

async function told(resource: JsonObject): Promise<string[]> {
  const { sightings } = await judgeFiles([[resource]], { loaded: [colours, bright, cohort, share] })
  return sightings.filter(({ code }) => code === 'data/fhir-definition').map(pathOf)
}

const filtered = (value: string, property = 'mixed', op = '='): JsonObject => ({
  ...bright,
  compose: { include: [{ system: 'urn:test:colours', filter: [{ property, op, value }] }] },
})
const mapped = (source: string, from: JsonObject = { sourceCanonical: 'urn:test:bright|1' }): JsonObject => ({
  resourceType: 'ConceptMap',
  status: 'draft',
  ...from,
  group: [
    {
      source: 'urn:test:colours',
      target: 'urn:else',
      element: [{ code: source, target: [{ code: 'x', equivalence: 'equal' }] }],
    },
  ],
})
const scored = (measure: string): JsonObject => ({
  resourceType: 'MeasureReport',
  status: 'complete',
  type: 'summary',
  measure,
  period: { start: '2020' },
  group: [{ measureScore: { value: 1 } }],
})
const typed = (property: JsonObject): JsonObject => ({
  ...colours,
  concept: [{ code: 'red', concept: [{ code: 'pink', property: [property] }] }],
})

test.each<[name: string, resource: JsonObject, expected: string[]]>([
  ['properties as declared', colours, []],
  ['a value of another type', typed({ code: 'warm', valueString: 'yes' }), ['CodeSystem.concept[0].concept[0].property[0]']],
  ['a property that nobody declares', typed({ code: 'other', valueString: 'yes' }), []],
  ['a property without a value', typed({ code: 'warm' }), []],
  [
    'a property declared twice',
    { ...colours, property: [...(colours.property as JsonObject[]), { code: 'warm', type: 'boolean' }] },
    ['CodeSystem.property[2]'],
  ],
  ['a filter that names a coding', filtered('urn:test:colours#navy'), []],
  ['a filter that names one of a version', filtered('urn:test:colours|2#navy'), []],
  ['a filter that names a bare code', filtered('navy'), ['ValueSet.compose.include[0].filter[0]']],
  ['a filter that names a code nobody has', filtered('urn:test:colours#grey'), ['ValueSet.compose.include[0].filter[0]']],
  ['a filter on a system that is not known', filtered('urn:else#grey'), []],
  ['a filter on a plain property', filtered('true', 'warm'), []],
  ['a filter by an expression', filtered('navy', 'mixed', 'regex'), []],
  ['a map from a code of its value set', mapped('red'), []],
  ['a map from a code outside', mapped('blue'), ['ConceptMap.group[0].element[0].code']],
  ['a map from a value set nobody knows', mapped('blue', { sourceCanonical: 'urn:test:none' }), []],
  ['a map that names no value set', mapped('blue', {}), []],
  ['a cohort with a score', scored('urn:test:beds'), ['MeasureReport.group[0].measureScore']],
  ['a proportion with a score', scored('urn:test:share'), []],
  ['a measure nobody knows', scored('urn:test:none'), []],
])('%s', async (_name, resource, expected) => {
  expect(await told(resource)).toEqual(expected)
})
