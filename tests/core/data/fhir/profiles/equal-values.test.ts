/** What was judged before changes nothing: a value is passed over only where it equals one that was in order in the same place. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameJson } from '../../../../../src/core/data/fhir/profiles/equal-values.ts'
import type { JsonObject, JsonValue } from '../../../../../src/core/data/model/record.ts'
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

/** A name has one or two given names; its own condition keeps it from being passed over as a whole. */
const named: JsonObject = {
  resourceType: 'StructureDefinition',
  url: 'urn:example:named',
  name: 'named',
  kind: 'resource',
  type: 'Patient',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: {
    element: [
      { id: 'Patient', path: 'Patient' },
      {
        id: 'Patient.name',
        path: 'Patient.name',
        constraint: [{ key: 'ex-1', severity: 'error', human: 'A name is given.', expression: 'given.exists()' }],
      },
      { id: 'Patient.name.given', path: 'Patient.name.given', min: 1, max: '2' },
    ],
  },
}

test('what extends single items of a list is counted with them, in any order', async () => {
  const missing = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }
  const forms: readonly (readonly [name: JsonObject, told: boolean])[] = [
    [{ given: ['Ada', 'May'] }, false],
    [{ given: ['Ada', 'May'], _given: [null, null, missing] }, true],
    [{ given: ['Ada'], _given: [null, missing] }, false],
    [{ given: ['Ada', 'May', 'Joan'] }, true],
  ]
  const context = { loaded: [named], chosenProfiles: ['urn:example:named'] }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(forms.length - 1), { minLength: 1, maxLength: 8 }), async (order) => {
      const patients = order.map((form, id) => ({ resourceType: 'Patient', id: `p${id}`, name: [forms[form]?.[0] ?? {}] }))
      const { sightings } = await judgeFiles([patients], context)
      const told = sightings
        .filter(({ code }) => code === 'data/fhir-cardinality')
        .map(({ at }) => (at.kind === 'cell' ? at.record : 0))
      expect(told).toEqual(order.flatMap((form, at) => (forms[form]?.[1] ? [at + 1] : [])))
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

test('a member that every object inherits is missing like any other', () => {
  const other = JSON.parse('{"__proto__":{},"system":"s"}') as JsonValue
  expect(sameJson(other, { system: 's', code: 'c' })).toBe(false)
  expect(sameJson({ toString: 1, a: 1 }, { a: 1, b: 1 })).toBe(false)
})
