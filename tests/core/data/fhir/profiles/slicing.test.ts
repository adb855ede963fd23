/** Rules of profiles one by one (FHIR R4 §5.1): how values are told apart, counted, placed, and what targets have to fit. */
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/core/data/model/record.ts'
import { isError, judgeFiles, pathOf } from '../judged.ts'

const base = 'http://test.example/StructureDefinition/'

function profile(name: string, type: string, element: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: base + name,
    name,
    status: 'active',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: 'constraint',
    differential: { element },
    ...more,
  }
}

async function told(resource: JsonObject, ...loaded: readonly JsonObject[]): Promise<string[]> {
  const { sightings, atEnd } = await judgeFiles([[resource]], { loaded: [...loaded], asOf: '2024-06-30' })
  return [...sightings, ...atEnd].filter(isError).map((each) => `${each.code.slice(10)} ${pathOf(each)}`)
}

const slicing = (type: string, path: string, rules = 'open', ordered = false): JsonObject => ({
  slicing: { discriminator: [{ type, path }], rules, ordered },
})
const claims = (name: string): JsonObject => ({ meta: { profile: [base + name] } })
const coding = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })
const observation = (name: string, more: JsonObject): JsonObject => ({
  resourceType: 'Observation',
  ...claims(name),
  status: 'final',
  code: { text: 'x' },
  ...more,
})
const component = (code: JsonObject): JsonObject => ({ code, valueString: 'v' })

describe('values told apart by what stands above or below the path', () => {
  const asked = (how: readonly JsonObject[], path: string): JsonObject =>
    profile('panel', 'Observation', [
      { id: 'Observation.component', path: 'Observation.component', ...slicing('value', path) },
      { id: 'Observation.component:a', path: 'Observation.component', sliceName: 'a', min: 1, max: '1' },
      ...how,
    ])
  const at = 'Observation.component:a.code'
  const whole = asked(
    [{ id: at, path: 'Observation.component.code', patternCodeableConcept: coding('http://s.example', 'a') }],
    'code.coding.code',
  )
  const sliced = asked(
    [
      { id: `${at}.coding`, path: 'Observation.component.code.coding', ...slicing('value', 'code') },
      { id: `${at}.coding:own`, path: 'Observation.component.code.coding', sliceName: 'own', min: 1 },
      { id: `${at}.coding:own.code`, path: 'Observation.component.code.coding.code', min: 1, fixedCode: 'a' },
    ],
    'code.coding.code',
  )
  const below = asked([{ id: `${at}.coding.code`, path: 'Observation.component.code.coding.code', fixedCode: 'a' }], 'code')
  test.each([
    ['a pattern of the whole value', whole],
    ['a slice of the list on the way', sliced],
    ['a value fixed further down', below],
  ])('%s', async (_, definition) => {
    const [a, b] = [component(coding('http://s.example', 'a')), component(coding('http://s.example', 'b'))]
    expect(await told(observation('panel', { component: [b, a] }), definition)).toEqual([])
    expect(await told(observation('panel', { component: [b] }), definition)).toEqual(['slice Observation.component'])
    expect(await told(observation('panel', { component: [a, a] }), definition)).toEqual(['slice Observation.component[0]'])
  })
})

describe('closed, open at the end, and in order', () => {
  const codes = (rules: string, ordered = false): JsonObject =>
    profile('names', 'Patient', [
      { id: 'Patient.name', path: 'Patient.name', ...slicing('value', 'use', rules, ordered) },
      { id: 'Patient.name:o', path: 'Patient.name', sliceName: 'o', max: '1' },
      { id: 'Patient.name:o.use', path: 'Patient.name.use', min: 1, fixedCode: 'official' },
      { id: 'Patient.name:n', path: 'Patient.name', sliceName: 'n' },
      { id: 'Patient.name:n.use', path: 'Patient.name.use', min: 1, fixedCode: 'nickname' },
    ])
  const patient = (...uses: readonly string[]): JsonObject => ({
    resourceType: 'Patient',
    ...claims('names'),
    name: uses.map((use) => ({ use, family: 'X' })),
  })
  test.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['closed: one of no slice', codes('closed'), patient('official', 'usual'), ['slice Patient.name[1]']],
    ['open: one of no slice', codes('open'), patient('usual', 'official'), []],
    ['open at the end: behind the slices', codes('openAtEnd'), patient('official', 'nickname', 'usual'), []],
    ['open at the end: before one', codes('openAtEnd'), patient('official', 'usual', 'nickname'), ['slice Patient.name[1]']],
    ['ordered: in order', codes('open', true), patient('official', 'nickname'), []],
    ['ordered: the other way round', codes('open', true), patient('nickname', 'official'), ['slice Patient.name[1]']],
    ['too many of one', codes('open'), patient('official', 'official'), ['slice Patient.name[0]']],
  ])('%s', async (_, definition, resource, expected) => {
    expect(await told(resource, definition)).toEqual(expected)
  })
})

describe('by type, by the type of a target, by presence', () => {
  test('a choice that is sliced by type, in the short form', async () => {
    const definition = profile('amount', 'Observation', [
      { id: 'Observation.valueQuantity', path: 'Observation.valueQuantity', sliceName: 'valueQuantity', min: 1 },
      { id: 'Observation.valueQuantity.code', path: 'Observation.valueQuantity.code', min: 1, fixedCode: 'kg' },
    ])
    const value = (code: string): JsonObject => ({ value: 1, system: 'http://unitsofmeasure.org', code })
    expect(await told(observation('amount', { valueQuantity: value('kg') }), definition)).toEqual([])
    expect(await told(observation('amount', { valueQuantity: value('g') }), definition)).toEqual([
      'fixed Observation.valueQuantity.code',
    ])
    expect((await told(observation('amount', { valueString: '1' }), definition)).length).toBe(1)
  })

  test('references by the type of what they point at, here or elsewhere', async () => {
    const only = (type: string): JsonObject => ({
      type: [{ code: 'Reference', targetProfile: [`http://hl7.org/fhir/StructureDefinition/${type}`] }],
    })
    const definition = profile('performed', 'Observation', [
      { id: 'Observation.performer', path: 'Observation.performer', ...slicing('type', 'resolve()') },
      { id: 'Observation.performer:o', path: 'Observation.performer', sliceName: 'o', min: 1, max: '1', ...only('Organization') },
    ])
    const by = (...references: readonly string[]): JsonObject =>
      observation('performed', {
        contained: [{ resourceType: 'Organization', id: 'c', name: 'C' }],
        performer: references.map((reference) => ({ reference })),
      })
    expect(await told(by('#c', 'Practitioner/1'), definition)).toEqual([])
    expect(await told({ ...by('Practitioner/1'), contained: [] as readonly JsonValue[] }, definition)).toContain(
      'slice Observation.performer',
    )
    expect(await told(by('#c', 'Organization/2'), definition)).toEqual(['slice Observation.performer[0]'])
  })

  test('what has a member, and what has not', async () => {
    const definition = profile('dosed', 'Patient', [
      { id: 'Patient.telecom', path: 'Patient.telecom', ...slicing('exists', 'period') },
      { id: 'Patient.telecom:p', path: 'Patient.telecom', sliceName: 'p', max: '1' },
      { id: 'Patient.telecom:p.period', path: 'Patient.telecom.period', min: 1 },
      { id: 'Patient.telecom:q', path: 'Patient.telecom', sliceName: 'q', min: 1 },
      { id: 'Patient.telecom:q.period', path: 'Patient.telecom.period', max: '0' },
    ])
    const telecom = (...list: readonly JsonObject[]): JsonObject => ({
      resourceType: 'Patient',
      ...claims('dosed'),
      telecom: [...list],
    })
    const [with1, without] = [
      { system: 'phone', value: '1', period: { start: '2020' } },
      { system: 'phone', value: '2' },
    ]
    expect(await told(telecom(with1, without), definition)).toEqual([])
    expect(await told(telecom(with1, with1), definition)).toEqual(['slice Patient.telecom[0]', 'slice Patient.telecom'])
  })
})

describe('targets, imposed profiles, profiles of every resource', () => {
  const named = profile('named', 'Organization', [{ id: 'Organization.telecom', path: 'Organization.telecom', min: 1 }])
  const kept = profile('kept', 'Patient', [
    {
      id: 'Patient.managingOrganization',
      path: 'Patient.managingOrganization',
      type: [{ code: 'Reference', targetProfile: [`${base}named`] }],
    },
  ])
  const patient = (organization: JsonObject): JsonObject => ({
    resourceType: 'Patient',
    ...claims('kept'),
    contained: [{ resourceType: 'Organization', id: 'o', name: 'O', ...organization }],
    managingOrganization: { reference: '#o' },
  })
  test('a target that is at hand fits the profile asked of it', async () => {
    expect(await told(patient({ telecom: [{ system: 'phone', value: '1' }] }), kept, named)).toEqual([])
    expect(await told(patient({}), kept, named)).toEqual(['profile Patient.managingOrganization'])
    // What is not loaded can not be told.
    expect(await told(patient({}), kept)).toEqual([])
  })

  test('a profile brings those that it imposes', async () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile'
    const own = profile('own', 'Organization', [{ id: 'Organization.active', path: 'Organization.active', min: 1 }], {
      extension: [{ url, valueCanonical: `${base}named` }],
    })
    const resource = { resourceType: 'Organization', ...claims('own'), name: 'O', active: true }
    expect(await told(resource, own, named)).toEqual(['cardinality Organization.telecom'])
  })

  test('a chosen profile of every resource is asked of each', async () => {
    const tagged = profile('tagged', 'Resource', [{ id: 'Resource.language', path: 'Resource.language', min: 1 }])
    const context = { loaded: [tagged], chosenProfiles: [`${base}tagged`] }
    const { sightings } = await judgeFiles([[{ resourceType: 'Patient', active: true }]], context)
    expect(sightings.filter(isError).map(pathOf)).toEqual(['Patient.language'])
  })
})

test('blood pressure of R4 itself: each half is missed, whatever else is coded beside it', async () => {
  const loinc = (code: string): JsonObject => ({
    coding: [
      { system: 'http://local.example', code: 'l' },
      { system: 'http://loinc.org', code },
    ],
  })
  const half = (code: string): JsonObject => ({
    code: loinc(code),
    valueQuantity: { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })
  const pressure = (...halves: readonly JsonObject[]): JsonObject => ({
    resourceType: 'Observation',
    status: 'final',
    category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
    code: loinc('85354-9'),
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2024-01-01',
    component: [...halves],
  })
  expect(await told(pressure(half('8480-6'), half('8462-4')))).toEqual([])
  expect(await told(pressure(half('8480-6'), half('8480-7')))).toEqual(['slice Observation.component'])
})
