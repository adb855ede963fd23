/** What was judged before changes nothing: a value is passed over only where it equals one that was in order in the same place. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameJson } from '../../../../../src/core/data/fhir/profiles/equal-values.ts'
import type { JsonObject, JsonValue } from '../../../../../src/core/data/record.ts'
import { judgeFiles, pathOf } from '../judged.ts'

const categories = 'http://terminology.hl7.org/CodeSystem/observation-category'
const vital = { coding: [{ system: categories, code: 'vital-signs' }] }
const weight = { system: 'http://loinc.org', code: '29463-7' }

/** Body weights, told by their code; R4 asks for one category "vital-signs" and one coding of body weight. */
const kinds: readonly (readonly [category: readonly JsonObject[], coding: readonly JsonObject[], wrong: readonly string[]])[] = [
  [[vital], [weight], []],
  [[{ coding: [{ code: 'vital-signs', system: categories }], text: 'x' }], [weight], []],
  [[{ coding: [{ system: categories, code: 'laboratory' }] }], [weight], ['data/fhir-slice Observation.category']],
  [[vital, vital], [weight], ['data/fhir-slice Observation.category[0]']],
  [[vital], [weight, weight], ['data/fhir-slice Observation.code.coding[0]']],
]

function observation(kind: number, id: number): JsonObject {
  const [category, coding] = kinds[kind] ?? [[], []]
  const valueQuantity = { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' }
  const when = { effectiveDateTime: '2020-01-01', subject: { reference: 'Patient/p' } }
  return structuredClone({
    resourceType: 'Observation',
    id: `o${id}`,
    status: 'final',
    category,
    code: { coding },
    ...when,
    valueQuantity,
  })
}

test('body weights are judged alike in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 12 }), async (order) => {
      const { sightings } = await judgeFiles([order.map(observation)])
      const told = sightings.map(
        (sighting) => `${sighting.at.kind === 'cell' ? sighting.at.record : 0} ${sighting.code} ${pathOf(sighting)}`,
      )
      expect(told).toEqual(order.flatMap((kind, at) => (kinds[kind]?.[2] ?? []).map((wrong) => `${at + 1} ${wrong}`)))
    }),
    { numRuns: 20 },
  )
})

test('values are the same where they are written alike but for the order of members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const copy = JSON.parse(JSON.stringify(a), (_, value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ) as JsonValue
      expect(sameJson(JSON.parse(JSON.stringify(a)) as JsonValue, copy)).toBe(true)
      expect(sameJson([a as JsonValue], [a as JsonValue, null])).toBe(false)
      expect(sameJson({ a: a as JsonValue }, { b: b as JsonValue })).toBe(false)
    }),
  )
})
