/** Units of UCUM by grammar, prefix and atom. */
import { expect, test } from 'vitest'
import { isUcum } from '../../../../../src/core/data/fhir/definitions/ucum.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { judgeFiles, pathOf } from '../judged.ts'

test.each(
  `mg/dL mm[Hg] /min fL cm {score} kg kg/m2 % mmol/L 10*3/uL 10*6/uL kU/L pg Cel L/min mL a [mi_i] 1 {#}/a [degF] m[IU]/mL u[IU]/mL
  ug/m2/d mg/(12.h) mL/min/{1.73_m2} g.m/s2 10*-6 [in_i] {breaths}/min mmol/mol{creat} [pH] dB[SPL] cm[H2O] 4.[pi].10*-7.N/A2 (8.h)
  nmol/h/mg{prot} /[HPF] [arb'U]/mL mosm/kg meq/L ng/mL{FEU} s-1 m/s2 100.mg kat ukat/L %[slope]`.split(/\s+/),
)('%s is a unit', (unit) => {
  expect(isUcum(unit)).toBe(true)
})

test.each([
  '',
  'mgs',
  'mg/dl/',
  'mmHg',
  'lbs',
  'bpm',
  'Kg',

  'mg per dL',
  'cc',
  'mg//dL',
  '(mg',
  'mg)',
  '{score',
  'mg^2',
  'µg',
  'ug/',
  'sec',
  'hr',
  'IU',
  'x'.repeat(500),
])('%s is no unit', (unit) => {
  expect(isUcum(unit)).toBe(false)
})

test('a quantity that calls its unit UCUM is held to it; other systems and words for people are not', async () => {
  const quantity = (members: JsonObject): JsonObject => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    valueQuantity: { value: 1, ...members },
  })
  const told = async (members: JsonObject): Promise<string[]> =>
    (await judgeFiles([[quantity(members)]])).sightings.map((each) => `${each.code} ${pathOf(each)}`)
  expect(await told({ unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' })).toEqual([])
  expect(await told({ unit: 'lbs' })).toEqual([])
  expect(await told({ system: 'urn:test:units', code: 'lbs' })).toEqual([])
  expect(await told({ system: 'http://unitsofmeasure.org', code: 'lbs' })).toEqual([
    'data/fhir-unit Observation.valueQuantity.code',
  ])
})
