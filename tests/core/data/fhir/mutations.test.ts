/** One defect put into a clean resource is found, with its code and its path, and nothing else is said. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { judgeFiles, troublesOf } from './judged.ts'

const coded = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })

const patient: JsonObject = {
  resourceType: 'Patient',
  id: 'p1',
  active: true,
  name: [{ use: 'official', family: 'Rivers', given: ['Ada', 'May'] }],
  telecom: [{ system: 'phone', value: '555-0100', rank: 1 }],
  gender: 'female',
  birthDate: '1980-02-29',
  multipleBirthInteger: 2,
  contact: [{ name: { text: 'Sam' } }],
  communication: [{ language: coded('urn:ietf:bcp:47', 'en') }],
}

const observation: JsonObject = {
  resourceType: 'Observation',
  id: 'o1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Weight <b>70&nbsp;kg</b><br/></p></div>' },
  status: 'final',
  code: coded('http://loinc.org', '8339-4'),
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2024-02-29T08:30:00.5+01:00',
  issued: '2024-02-29T08:30:00Z',
  valueQuantity: { value: 70.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
}

const allergy: JsonObject = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
  category: ['food', 'medication'],
  patient: { reference: 'Patient/p1' },
  recorder: { reference: '#who' },
  contained: [{ resourceType: 'Practitioner', id: 'who' }],
  recordedDate: '2019-07',
}

const bundle: JsonObject = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    { fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', resource: patient, request: { method: 'POST', url: 'Patient' } },
    {
      fullUrl: 'urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e1',
      resource: { ...allergy, patient: { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' } },
      request: { method: 'POST', url: 'AllergyIntolerance' },
    },
  ],
}

test('the clean resources are clean', async () => {
  for (const resource of [patient, observation, allergy, bundle]) expect(await troublesOf(resource)).toEqual([])
})

type Change = { readonly [path: string]: unknown }

/** A copy with the member at a dotted path set, or taken away by undefined. */
function changed(resource: JsonObject, change: Change): JsonObject {
  const copy: unknown = structuredClone(resource)
  for (const [path, value] of Object.entries(change)) {
    const names = path.split('.')
    let at: unknown = copy
    for (const name of names.slice(0, -1)) at = member(at, name)
    if (typeof at !== 'object' || at === null) throw new Error(`${path} leads nowhere`)
    if (value === undefined) Reflect.deleteProperty(at, names.at(-1) ?? '')
    else Reflect.set(at, names.at(-1) ?? '', value)
  }
  return copy as JsonObject
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
}

const defects: readonly [name: string, from: JsonObject, change: Change, told: readonly string[]][] = [
  ['a required status that is missing', observation, { status: undefined }, ['cardinality Observation.status']],
  ['a required patient that is missing', allergy, { patient: undefined }, ['cardinality AllergyIntolerance.patient']],
  [
    'a required element missing inside a group',
    patient,
    { 'communication.0.language': undefined, 'communication.0.preferred': true },
    ['cardinality Patient.communication[0].language'],
  ],
  ['an element that does not exist', patient, { nickname: 'x' }, ['unknown-element Patient']],
  ['an element that does not exist inside a type', patient, { 'name.0.surname': 'x' }, ['unknown-element Patient.name[0]']],
  ['a text where true or false belongs', patient, { active: 'true' }, ['json-type Patient.active']],
  [
    'a text where a number belongs',
    observation,
    { 'valueQuantity.value': '70.5' },
    ['json-type Observation.valueQuantity.value'],
  ],
  ['a number where a text belongs', patient, { 'name.0.family': 7 }, ['json-type Patient.name[0].family']],
  ['a text where an object belongs', observation, { code: '29463-7' }, ['json-type Observation.code']],
  ['a single value where a list belongs', patient, { name: { family: 'Rivers' } }, ['json-type Patient.name']],
  ['a list where a single value belongs', patient, { gender: ['female'] }, ['json-type Patient.gender']],
  ['a date in the American order', patient, { birthDate: '01/31/2020' }, ['lexical Patient.birthDate']],
  ['30 February', patient, { birthDate: '2021-02-30' }, ['calendar Patient.birthDate']],
  ['29 February in 1900', patient, { birthDate: '1900-02-29' }, ['calendar Patient.birthDate']],
  ['month 13', observation, { effectiveDateTime: '2024-13-01' }, ['calendar Observation.effectiveDateTime']],
  ['year 0000', patient, { birthDate: '0000-01-01' }, ['calendar Patient.birthDate']],
  ['a time without zone', observation, { effectiveDateTime: '2024-01-01T10:00:00' }, ['lexical Observation.effectiveDateTime']],
  ['24 o’clock', observation, { issued: '2024-01-01T24:00:00Z' }, ['calendar Observation.issued']],
  ['a partial instant', observation, { issued: '2024-01-01' }, ['lexical Observation.issued']],
  ['a code that is not in the value set', observation, { status: 'Final' }, ['code-required Observation.status']],
  [
    'a code that is not in the value set of a data type',
    patient,
    { 'telecom.0.system': 'mobile' },
    ['code-required Patient.telecom[0].system'],
  ],
  [
    'a concept that is not in the value set',
    allergy,
    { 'clinicalStatus.coding.0.code': 'enabled' },
    ['code-unknown AllergyIntolerance.clinicalStatus.coding[0].code', 'code-required AllergyIntolerance.clinicalStatus'],
  ],
  [
    'a concept of another system',
    allergy,
    { 'clinicalStatus.coding.0.system': 'http://loinc.org' },
    ['code-required AllergyIntolerance.clinicalStatus'],
  ],
  [
    'a concept by text only',
    allergy,
    { clinicalStatus: { text: 'active' } },
    ['code-required AllergyIntolerance.clinicalStatus'],
  ],
  ['one wrong code in a list', allergy, { 'category.1': 'drug' }, ['code-required AllergyIntolerance.category[1]']],
  ['two values of a choice', observation, { valueString: 'heavy' }, ['choice Observation.value[x]']],
  ['a choice with an unknown type', observation, { valueQuantity: undefined, valueQty: {} }, ['choice Observation.value[x]']],
  [
    'a choice with a type it may not have',
    patient,
    { multipleBirthInteger: undefined, multipleBirthString: 'twin' },
    ['choice Patient.multipleBirth[x]'],
  ],
  ['a misspelt resource type', patient, { resourceType: 'Pateint' }, ['unknown-type Pateint']],
  ['an abstract resource type', patient, { resourceType: 'DomainResource' }, ['unknown-type DomainResource']],
  ['a data type as resource type', patient, { resourceType: 'HumanName' }, ['unknown-type HumanName']],
  ['an id with an underscore', patient, { id: 'p_1' }, ['id Patient.id']],
  ['an id of 65 characters', patient, { id: 'x'.repeat(65) }, ['id Patient.id']],
  ['an empty text', patient, { 'name.0.family': '' }, ['empty Patient.name[0].family']],
  ['an empty list', patient, { telecom: [] }, ['empty Patient.telecom']],
  ['an empty object', patient, { 'contact.0.name': {} }, ['empty Patient.contact[0].name']],
  ['null', patient, { birthDate: null }, ['empty Patient.birthDate']],
  [
    'null in a list without an extension beside it',
    patient,
    { 'name.0.given': ['Ada', null] },
    ['empty Patient.name[0].given[1]'],
  ],
  ['a negative rank', patient, { 'telecom.0.rank': -1 }, ['lexical Patient.telecom[0].rank']],
  ['half a child', patient, { multipleBirthInteger: 1.5 }, ['lexical Patient.multipleBirthInteger']],
  [
    'a script in the narrative',
    observation,
    { 'text.div': '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script>a</div>' },
    ['narrative Observation.text.div'],
  ],
  [
    'an event handler in the narrative',
    observation,
    { 'text.div': '<div xmlns="http://www.w3.org/1999/xhtml" onclick="x()">a</div>' },
    ['narrative Observation.text.div'],
  ],
  [
    'an unclosed tag in the narrative',
    observation,
    { 'text.div': '<div xmlns="http://www.w3.org/1999/xhtml"><p>a</div>' },
    ['narrative Observation.text.div'],
  ],
  [
    'an empty narrative',
    observation,
    { 'text.div': '<div xmlns="http://www.w3.org/1999/xhtml"> </div>' },
    ['narrative Observation.text.div'],
  ],
  ['HTML in a plain text', patient, { 'name.0.text': 'Ada <b>Rivers</b>' }, ['html-in-text Patient.name[0].text']],
  [
    'a value beside the reason for its absence',
    observation,
    { dataAbsentReason: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown') },
    ['invariant Observation'],
  ],
  [
    'a period that ends before it begins',
    patient,
    { 'name.0.period': { start: '2020-02-01', end: '2020-01-31' } },
    ['invariant Patient.name[0].period'],
  ],
  ['a contact that says nothing', patient, { contact: [{ gender: 'female' }] }, ['invariant Patient.contact[0]']],
  [
    'a code of a unit without its system',
    observation,
    { valueQuantity: { value: 70.5, unit: 'kg', code: 'kg' } },
    ['invariant Observation.valueQuantity'],
  ],
  [
    'content that is not base64',
    patient,
    { photo: [{ contentType: 'image/png', data: 'not base64!' }] },
    ['attachment Patient.photo[0].data'],
  ],
  [
    'an attachment of another size',
    patient,
    { photo: [{ contentType: 'image/png', data: 'QUJDRA==', size: 5 }] },
    ['attachment Patient.photo[0].size'],
  ],
  [
    'a code system by name',
    observation,
    { 'code.coding.0.system': 'LOINC' },
    ['coding-system Observation.code.coding[0].system'],
  ],
  [
    'a value set as code system',
    observation,
    { 'code.coding.0.system': 'http://hl7.org/fhir/ValueSet/observation-codes' },
    ['coding-system Observation.code.coding[0].system'],
  ],
  [
    'an address with a space',
    patient,
    { identifier: [{ system: 'http://a b', value: '1' }] },
    ['lexical Patient.identifier[0].system'],
  ],
  [
    'an upper-case UUID',
    patient,
    { identifier: [{ system: 'urn:uuid:0C3151BD-1CBF-4D64-B04D-CD9187A4C6E0' }] },
    ['lexical Patient.identifier[0].system'],
  ],
  ['an extension without value', patient, { extension: [{ url: 'http://a.org/x' }] }, ['invariant Patient.extension[0]']],
  ['an extension without url', patient, { extension: [{ valueString: 'x' }] }, ['cardinality Patient.extension[0].url']],
  ['a twin of something that is no primitive', patient, { _contact: [{}] }, ['unknown-element Patient']],
  ['a twin in the wrong form', patient, { _birthDate: 'x' }, ['json-type Patient._birthDate']],
  [
    'a reference to a contained resource that is not there',
    allergy,
    { 'recorder.reference': '#nobody' },
    ['invariant AllergyIntolerance.contained[0]', 'contained-reference AllergyIntolerance.recorder'],
  ],
  ['a contained resource that nobody refers to', allergy, { recorder: undefined }, ['invariant AllergyIntolerance.contained[0]']],
  [
    'a contained resource with a version',
    allergy,
    { 'contained.0.meta': { versionId: '1' } },
    ['invariant AllergyIntolerance.contained[0]'],
  ],
  [
    'a defect inside a contained resource',
    allergy,
    { 'contained.0.gender': 'f' },
    ['code-required AllergyIntolerance.contained[0].gender'],
  ],
  [
    'a reference to the wrong kind of record',
    allergy,
    { 'patient.reference': 'Practitioner/p1' },
    ['reference-type AllergyIntolerance.patient'],
  ],
  ['a reference to no resource type', allergy, { 'patient.reference': 'Person1/p1' }, ['lexical AllergyIntolerance.patient']],
  ['a defect inside a Bundle', bundle, { 'entry.0.resource.gender': 'F' }, ['code-required Bundle.entry[0].resource.gender']],
  [
    'a urn that no entry has',
    bundle,
    { 'entry.1.resource.patient.reference': 'urn:uuid:2c3151bd-1cbf-4d64-b04d-cd9187a4c6e2' },
    ['reference-missing Bundle.entry[1].resource.patient'],
  ],
  [
    'a urn of an entry of the wrong kind',
    bundle,
    { 'entry.1.resource.patient.reference': 'urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e1' },
    ['reference-type Bundle.entry[1].resource.patient'],
  ],
  [
    'the same address twice',
    bundle,
    { 'entry.1.fullUrl': 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', 'entry.1.resource.patient': { display: 'Ada' } },
    ['full-url Bundle.entry[1].fullUrl'],
  ],
  [
    'a relative address',
    bundle,
    { 'entry.0.fullUrl': 'Patient/p1', 'entry.1.resource.patient': { display: 'Ada' } },
    ['full-url Bundle.entry[0].fullUrl'],
  ],
]

describe('one defect in a clean resource', () => {
  test.each(defects)('%s is found', async (_name, from, change, told) => {
    expect(await troublesOf(changed(from, change))).toEqual(told.map((text) => `data/fhir-${text}`))
  })

  test('a member named __proto__ is an ordinary foreign name', async () => {
    const resource = JSON.parse('{"resourceType":"Patient","__proto__":{"gender":"male"}}') as JsonObject
    expect(await troublesOf(resource)).toEqual(['data/fhir-unknown-element Patient'])
  })
})

describe('what FHIR allows is not reported', () => {
  const allowed: readonly [name: string, from: JsonObject, change: Change][] = [
    ['a year as birth date', patient, { birthDate: '1980' }],
    ['29 February in 2000', patient, { birthDate: '2000-02-29' }],
    ['a leap second', observation, { issued: '2016-12-31T23:59:60Z' }],
    [
      'a required primitive that is absent with a reason',
      observation,
      {
        status: undefined,
        _status: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] },
      },
    ],
    [
      'a list of texts padded for an extension',
      patient,
      { 'name.0.given': ['Ada', null], 'name.0._given': [null, { extension: [{ url: 'http://a.org/x', valueString: 'y' }] }] },
    ],
    ['comparisons in plain text', patient, { 'name.0.text': 'BP <120 and pulse >60, a<b' }],
    ['resourceType at the end', patient, {}],
    ['a reference by display only', allergy, { patient: { display: 'Ada' } }],
    ['base64 with line breaks', patient, { photo: [{ contentType: 'image/png', data: 'QUJD\nREVG', size: 6 }] }],
    [
      'a second code beside the required one',
      allergy,
      { 'clinicalStatus.coding.1': { system: 'http://legacy.example', code: '1' } },
    ],
  ]
  test.each(allowed)('%s', async (_name, from, change) => {
    expect(await troublesOf(changed(from, change))).toEqual([])
  })
})

test('a finding says where: record, line, byte, id, patient and the element path without indexes', async () => {
  const { sightings, denominators } = await judgeFiles([[patient, changed(allergy, { 'category.1': 'drug' })]])
  expect(sightings).toHaveLength(1)
  expect(sightings[0]).toMatchObject({
    code: 'data/fhir-code-required',
    place: 'AllergyIntolerance.category',
    patient: 'p1',
    at: { kind: 'cell', input: 0, record: 2, line: 2, id: 'AllergyIntolerance/a1', path: 'AllergyIntolerance.category[1]' },
    evidence: { excerpt: 'drug' },
  })
  expect(denominators).toEqual([{ code: 'data/fhir-code-required', place: 'AllergyIntolerance.category', input: 0, of: 2 }])
})

test('rules that were not evaluated are listed with their number', async () => {
  const { notEvaluated } = await judgeFiles([[patient, observation]])
  const told = notEvaluated.map((entry) => `${entry.what}: ${entry.why}`).join('\n')
  expect(told).toContain('dom-6')
})

test('texts of facts never hold a value of a resource, excerpts do', async () => {
  const canary = 'CANARY7731'
  const { sightings } = await judgeFiles([
    [
      changed(patient, {
        gender: canary,
        birthDate: canary,
        active: canary,
        'name.0.family': [canary],
        photo: [{ data: `${canary}!` }],
      }),
      changed(allergy, { 'patient.reference': `Practitioner/${canary}`, 'clinicalStatus.coding.0.code': canary }),
    ],
  ])
  expect(sightings.length).toBeGreaterThanOrEqual(7)
  expect(JSON.stringify(sightings.map((sighting) => sighting.evidence.facts))).not.toContain(canary)
})
