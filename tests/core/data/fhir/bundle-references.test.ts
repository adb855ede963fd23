/** References inside Bundles: addresses of entries, versions, what a document does not lead to (FHIR R4 §2.36.4, §3.3.1). */
import { expect, test } from 'vitest'
import { readFhirSettings } from '../../../../src/core/data/fhir/definitions/settings.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { isError, judgeFiles, pathOf } from './judged.ts'

const base = 'https://ehr.example/fhir/'
const urn = (digit: number): string => `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e${digit}`

function patient(fullUrl: string, version?: string): JsonObject {
  const meta = version === undefined ? {} : { meta: { versionId: version } }
  return { fullUrl, resource: { resourceType: 'Patient', id: 'p', ...meta } }
}

function basic(fullUrl: string, reference: string): JsonObject {
  return { fullUrl, resource: { resourceType: 'Basic', id: 'b', code: { text: 'x' }, subject: { reference } } }
}

function allergy(fullUrl: string, reference: string): JsonObject {
  return { fullUrl, resource: { resourceType: 'AllergyIntolerance', id: 'a', patient: { reference } } }
}

async function told(type: string, entry: readonly JsonObject[], ...given: string[]): Promise<string[]> {
  return toldOf({ type, entry }, ...given)
}

async function toldOf(members: JsonObject, ...given: string[]): Promise<string[]> {
  const settings = readFhirSettings(given)
  if (typeof settings === 'string') throw new Error(settings)
  const { sightings, atEnd } = await judgeFiles([[{ resourceType: 'Bundle', ...members }]], { settings })
  return [...sightings, ...atEnd]
    .filter(({ code }) => code !== 'data/fhir-invariant')
    .map((each) => `${isError(each) ? 'error' : each.severity} ${each.code.slice(10)} ${pathOf(each)}`)
}

const at = 'Bundle.entry[1].resource.subject'

test.each<[name: string, type: string, entry: JsonObject[], expected: string[]]>([
  ['relative, from a REST address', 'collection', [patient(`${base}Patient/p`), basic(`${base}Basic/b`, 'Patient/p')], []],
  [
    'relative, from an entry of another server',
    'collection',
    [patient(`${base}Patient/p`), basic('https://other.example/Basic/b', 'Patient/p')],
    [`warning reference-missing ${at}`],
  ],
  [
    'relative, from an entry by urn, in a document',
    'document',
    [patient(urn(1)), basic(urn(2), 'Patient/p')],
    [`error reference-missing ${at}`],
  ],
  ['absolute', 'collection', [patient(`${base}Patient/p`), basic(urn(2), `${base}Patient/p`)], []],
  [
    'the version that is there',
    'collection',
    [patient(`${base}Patient/p`, '2'), basic(`${base}Basic/b`, 'Patient/p/_history/2')],
    [],
  ],
  [
    'a version that is not there',
    'collection',
    [patient(`${base}Patient/p`, '2'), basic(`${base}Basic/b`, 'Patient/p/_history/1')],
    [`error reference-missing ${at}`],
  ],
  [
    'one of several versions, unnamed',
    'collection',
    [patient(`${base}Patient/p`, '1'), basic(`${base}Basic/b`, 'Patient/p'), patient(`${base}Patient/p`, '2')],
    [`error reference-missing ${at}`],
  ],
  [
    'one of several versions, named',
    'collection',
    [patient(`${base}Patient/p`, '1'), basic(`${base}Basic/b`, `${base}Patient/p/_history/1`), patient(`${base}Patient/p`, '2')],
    [],
  ],
])('a reference: %s', async (_name, type, entry, expected) => {
  const found = await told(type, entry)
  expect(found.filter((each) => each.includes('reference'))).toEqual(expected)
})

const atPatient = 'Bundle.entry[1].resource.patient'

test.each<[name: string, type: string, entry: JsonObject[], expected: string[]]>([
  [
    'at another address',
    'collection',
    [patient(urn(1)), allergy(urn(2), 'Patient/p')],
    [`warning reference-missing ${atPatient}`],
  ],
  [
    'at another address, in a search result',
    'searchset',
    [patient(`${base}Patient/p`), allergy('https://other.example/AllergyIntolerance/a', 'Patient/p')],
    [`warning reference-missing ${atPatient}`],
  ],
  [
    'by urn, where not all has to be there',
    'collection',
    [patient(urn(1)), allergy(urn(2), urn(3))],
    [`warning reference-missing ${atPatient}`],
  ],
  ['by urn, in a document', 'document', [patient(urn(1)), allergy(urn(2), urn(3))], [`error reference-missing ${atPatient}`]],
])('the patient of an allergy weighs what the reference can tell: %s', async (_name, type, entry, expected) => {
  const found = await told(type, entry)
  expect(found.filter((each) => each.includes('reference'))).toEqual(expected)
})

test('the policy for relative references decides whether type and id are enough', async () => {
  const entry = [patient(urn(1)), basic(urn(2), 'Patient/p')]
  const policy = 'r5-bundle-relative-reference-policy'
  expect(await told('collection', entry)).toEqual([`warning reference-missing ${at}`])
  expect(await told('collection', entry, `${policy}=never`)).toEqual([])
  expect(await told('collection', entry, `${policy}=always`)).toEqual([])
})

const composition: JsonObject = {
  fullUrl: urn(0),
  resource: {
    resourceType: 'Composition',
    status: 'final',
    type: { text: 'x' },
    date: '2024',
    author: [{ display: 'x' }],
    title: 'x',
    subject: { reference: urn(1) },
  },
}
const loose: JsonObject = { fullUrl: urn(3), resource: { resourceType: 'Basic', code: { text: 'x' } } }

/** What is said of the entries of a document as such. */
async function unlinked(members: JsonObject): Promise<string[]> {
  return (await toldOf({ type: 'document', ...members })).filter((each) => each.includes(' bundle '))
}

test('entries of a document that nothing leads to are told; links count in both directions', async () => {
  const linked = [composition, patient(urn(1)), basic(urn(2), urn(1))]
  expect(await unlinked({ entry: linked })).toEqual([])
  expect(await unlinked({ entry: [...linked, loose] })).toEqual(['error bundle Bundle.entry[3]'])
})

const scan: JsonObject = { fullUrl: urn(4), resource: { resourceType: 'Binary', id: 'scan', contentType: 'image/png' } }
const report = (attachment: JsonObject): JsonObject => ({
  fullUrl: `${base}DocumentReference/d`,
  resource: {
    resourceType: 'DocumentReference',
    id: 'd',
    status: 'current',
    subject: { reference: urn(1) },
    content: [{ attachment }],
  },
})
const form: JsonObject = {
  fullUrl: urn(5),
  resource: { resourceType: 'Questionnaire', url: 'https://forms.example/intake', status: 'active' },
}
const answers = (questionnaire: string): JsonObject => ({
  fullUrl: urn(6),
  resource: { resourceType: 'QuestionnaireResponse', status: 'completed', subject: { reference: urn(1) }, questionnaire },
})

test.each<[name: string, rest: JsonObject[], expected: string[]]>([
  ['an attachment by its address', [scan, report({ url: urn(4) })], []],
  [
    'an attachment by an address that is relative',
    [{ ...scan, fullUrl: `${base}Binary/scan` }, report({ url: 'Binary/scan' })],
    [],
  ],
  ['a definition by its canonical address and version', [form, answers('https://forms.example/intake|2')], []],
  ['a definition by the address of its entry', [form, answers(urn(5))], []],
  ['an attachment elsewhere', [scan, report({ url: urn(9) })], ['error bundle Bundle.entry[2]']],
  ['a definition of another name', [form, answers('https://forms.example/other')], ['error bundle Bundle.entry[2]']],
])('a document leads to its entries by addresses as well: %s', async (_name, rest, expected) => {
  expect(await unlinked({ entry: [composition, patient(urn(1)), ...rest] })).toEqual(expected)
})

test('a stylesheet that the Bundle links to belongs to the document', async () => {
  const entry = [composition, patient(urn(1)), scan]
  expect(await unlinked({ link: [{ relation: 'stylesheet', url: urn(4) }], entry })).toEqual([])
  expect(await unlinked({ link: [{ relation: 'self', url: urn(8) }], entry })).toEqual(['error bundle Bundle.entry[2]'])
})
