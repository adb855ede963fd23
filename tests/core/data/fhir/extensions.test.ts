/** Extensions: known ones are judged by their definition and their place, unknown ones are named. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { judgeFiles, pathOf } from './judged.ts'

const core = 'http://hl7.org/fhir/StructureDefinition/'

function definition(name: string, contexts: readonly JsonObject[], isModifier = false): JsonObject {
  const url = `urn:test:${name}`
  const root = { id: 'Extension', path: 'Extension', ...(isModifier ? { isModifier } : {}) }
  return {
    resourceType: 'StructureDefinition',
    url,
    name,
    kind: 'complex-type',
    type: 'Extension',
    derivation: 'constraint',
    baseDefinition: `${core}Extension`,
    context: contexts as JsonObject[],
    differential: { element: [root, { id: 'Extension.url', path: 'Extension.url', fixedUri: url }] },
  }
}

const element = (expression: string): JsonObject => ({ type: 'element', expression })
const loaded = [
  definition('contact', [element('Patient.contact')]),
  definition('name', [element('HumanName')]),
  definition('family', [element('HumanName.family')]),
  definition('anywhere', [element('Element')]),
  definition('inner', [{ type: 'extension', expression: 'urn:test:anywhere' }]),
  definition('value', [element('Observation.value[x]')]),
  definition('turning', [element('Patient')], true),
  definition('profiled', [element('https://clinic.test/StructureDefinition/our-patient#Patient.name')]),
  definition('sliced', [element('Patient.name:official')]),
  definition('later', [{ type: 'fhirpath', expression: 'Patient.where(active)' }]),
]

const use = (name: string): JsonObject => ({ url: `urn:test:${name}`, valueString: 'x' })
const patient = (members: JsonObject): JsonObject => ({ resourceType: 'Patient', id: 'p', ...members })

async function told(resource: JsonObject): Promise<string[]> {
  const { sightings } = await judgeFiles([[resource]], { loaded })
  return sightings.map((each) => `${each.code.slice(10)} ${pathOf(each)}`)
}

test.each<[name: string, resource: JsonObject]>([
  ['by path', patient({ contact: [{ name: { text: 'x' }, extension: [use('contact')] }] })],
  ['by data type', patient({ name: [{ text: 'x', extension: [use('name')] }] })],
  ['on a primitive', patient({ name: [{ family: 'x', _family: { extension: [use('family'), use('anywhere')] } }] })],
  ['in another extension', patient({ extension: [{ url: 'urn:test:anywhere', extension: [use('inner')] }] })],
  ['as a modifier', patient({ modifierExtension: [use('turning')] })],
  [
    'on a choice',
    { resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueQuantity: { value: 1, extension: [use('value')] } },
  ],
  [
    'in a contained resource',
    patient({
      contained: [{ ...patient({}), id: 'c', contact: [{ name: { text: 'x' }, extension: [use('contact')] }] }],
      link: [{ other: { reference: '#c' }, type: 'seealso' }],
    }),
  ],
  ['where an expression decides', patient({ extension: [use('later')] })],
  ['where a profile decides', patient({ name: [{ text: 'x', extension: [use('profiled')] }] })],
  ['where a slice decides', patient({ name: [{ text: 'x', extension: [use('sliced')] }] })],
])('a known extension stands where it may: %s', async (_name, resource) => {
  expect(await told(resource)).toEqual([])
})

test.each<[name: string, resource: JsonObject, expected: string]>([
  ['at the wrong element', patient({ extension: [use('contact')] }), 'extension-context Patient.extension[0]'],
  [
    'at a value of another type',
    patient({ telecom: [{ system: 'phone', value: 'x', extension: [use('name')] }] }),
    'extension-context Patient.telecom[0].extension[0]',
  ],
  ['a modifier as extension', patient({ extension: [use('turning')] }), 'extension-context Patient.extension[0]'],
  [
    'an extension as modifier',
    patient({ modifierExtension: [use('anywhere')] }),
    'extension-context Patient.modifierExtension[0]',
  ],
  ['outside the extension it belongs to', patient({ extension: [use('inner')] }), 'extension-context Patient.extension[0]'],
  ['outside the element of its profile', patient({ extension: [use('profiled')] }), 'extension-context Patient.extension[0]'],
  ['outside the element of its slice', patient({ extension: [use('sliced')] }), 'extension-context Patient.extension[0]'],
  ['unknown', patient({ extension: [use('unheard')] }), 'extension-unknown Patient.extension[0]'],
  ['an unknown modifier', patient({ modifierExtension: [use('unheard')] }), 'modifier-unknown Patient.modifierExtension[0]'],
])('an extension is told: %s', async (_name, resource, expected) => {
  expect(await told(resource)).toEqual([expected])
})

test('what a profile or a slice decides is counted as not evaluated', async () => {
  const resource = patient({ name: [{ text: 'x', extension: [use('profiled'), use('sliced')] }] })
  const { notEvaluated } = await judgeFiles([[resource]], { loaded })
  expect(notEvaluated.map(({ what }) => what)).toContain('Place of 2 extensions, on 2 values')
})
