import { expect, test } from 'vitest'
import { parseElementPath, valuesAt } from '../../../../src/core/data/crosswalk/mapping/element-path.ts'
import { FhirDraft } from '../../../../src/core/data/crosswalk/records/write-fhir.ts'
import { fhirFields } from '../../../../src/core/data/crosswalk/suggest/target-fields.ts'
import { loadDefinitions } from '../../../../src/core/data/fhir/definitions/packs.ts'
import core from '../../../../src/core/data/fhir/packs/core.pack.json'
import more from '../../../../src/core/data/fhir/packs/more.pack.json'
import type { Carried } from '../../../../src/core/data/model/carried.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { troublesOf } from '../fhir/judged.ts'

const definitions = await loadDefinitions()
const types = Object.entries({ ...core.definitions, ...more.definitions })
  .filter(([, { kind, abstract }]) => kind === 'resource' && !abstract)
  .map(([name]) => name)
const link = (): string => 'Patient/p1'

/** A value of the kind that a rule gives for such an element. */
function carriedFor(type: string, values: readonly string[]): Carried {
  if (type === 'Reference') return { kind: 'reference', table: 'patients', key: 'p1' }
  if (type === 'CodeableConcept' || type === 'Coding')
    return { kind: 'code', system: 'http://loinc.org', code: '8480-6', display: '' }
  if (/^(Quantity|SimpleQuantity|Age|Duration|Count|Distance)$/.test(type))
    return { kind: 'quantity', comparator: '', value: '81.5', unit: 'kg', code: 'kg' }
  if (/^Money/.test(type)) return { kind: 'number', text: '12.5' }
  if (type === 'decimal') return { kind: 'number', text: '12.5' }
  if (/^(integer|positiveInt|unsignedInt)$/.test(type)) return { kind: 'number', text: '3' }
  if (/^(date|dateTime|instant)$/.test(type)) return { kind: 'date', text: '2024-02-29T08:00:00-08:00', swapped: null }
  const texts: Readonly<Record<string, string>> = {
    boolean: 'true',
    time: '08:30:00',
    oid: 'urn:oid:1.2.3',
    uuid: 'urn:uuid:0d1e2f30-1111-4222-8333-444455556666',
    base64Binary: 'words',
    xhtml: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>',
  }
  return { kind: 'text', text: texts[type] ?? (values[0] || (/uri|url|canonical/.test(type) ? 'http://a.org/b' : 'abc')) }
}

function written(target: string, carried: Carried): { readonly value: JsonObject; readonly read: readonly JsonValue[] } | string {
  const path = parseElementPath(target)
  if (typeof path === 'string') return path
  const draft = new FhirDraft(definitions, path.type, 'x1')
  const why = draft.put(path, carried, 'raw', 'copy', link)
  return why ?? { value: draft.value, read: valuesAt(draft.value, path) }
}

const structural = /^data\/fhir-(unknown|depth|json-type|choice|lexical|calendar|empty)/

test('what is offered for a type of FHIR can be written, read again, and has the form of FHIR', async () => {
  expect(types.length).toBeGreaterThan(140)
  const all = types.flatMap((type) => fhirFields(definitions, type))
  const failed: string[] = []
  const draw = seededRandom('paths')
  for (const { target, type, values } of all) {
    const made = written(target, carriedFor(type, values))
    if (typeof made === 'string') failed.push(`${target}: ${made}`)
    else if (made.read.length !== 1) failed.push(`${target}: ${made.read.length} values read of ${JSON.stringify(made.value)}`)
    else if (draw.next() < 0.1)
      for (const trouble of await troublesOf(made.value)) if (structural.test(trouble)) failed.push(`${target}: ${trouble}`)
  }
  expect(failed.slice(0, 20)).toEqual([])
  expect(all.length).toBeGreaterThan(10_000)
})

test.each([
  ['Procedure.performedPeriod.start', { kind: 'date', text: '2024-01-02T03:04:05Z', swapped: null }, '2024-01-02T03:04:05Z'],
  ['Observation.value[x]', { kind: 'text', text: 'Never smoked' }, 'Never smoked'],
  ['Observation.value[x]', { kind: 'number', text: '81.5' }, { value: 81.5 }],
  ['Observation.component.value[x]', { kind: 'quantity', comparator: '<', value: '5', unit: 'mg', code: 'mg' }, undefined],
  ['Condition.onset[x].start', { kind: 'date', text: '2024-01-02', swapped: null }, '2024-01-02'],
  ['Observation.subject.reference', { kind: 'reference', table: 'p', key: '1' }, 'Patient/p1'],
  ['Observation.subject.identifier.value', { kind: 'text', text: '7' }, '7'],
  ['Observation.code.coding.system', { kind: 'text', text: 'http://loinc.org' }, 'http://loinc.org'],
  ['Patient.birthDate', { kind: 'date', text: '1980-02-03T00:00:00Z', swapped: null }, '1980-02-03'],
  ["Patient.extension.where(url='http://a.org/x').valueString", { kind: 'text', text: 'x' }, 'x'],
  [
    "Patient.extension.where(url='http://hl7.org/fhir/us/core/StructureDefinition/us-core-race').extension.where(url='ombCategory').valueCoding.code",
    { kind: 'text', text: '2106-3' },
    '2106-3',
  ],
  ['Timing.repeat', { kind: 'text', text: 'x' }, null],
] as const)('%s takes %j', (target, carried, found) => {
  const made = written(target, carried)
  if (found === null) expect(made).toContain('is no resource of FHIR R4')
  else if (typeof made === 'string') expect(made).toBe('')
  else if (found !== undefined) expect(made.read).toEqual([found])
  else expect(made.read).toHaveLength(1)
})

test('a time without a zone, a word in a number and an element nobody knows are refused with the reason', () => {
  const date = { kind: 'date', text: '2024-01-02T03:04:05', swapped: null } as const
  expect(written('Condition.onsetDateTime', date)).toContain('zone')
  expect(written('Observation.valueInteger', { kind: 'number', text: '1.5' })).toContain('integer is wanted')
  expect(written('Procedure.performedPeriod.begin', date)).toBe(
    'Procedure.performed[x] as Period has no element begin in FHIR R4',
  )
})

test('lines that fill parts of one value share it, and two filters make two entries', () => {
  const draft = new FhirDraft(definitions, 'Observation', 'x1')
  const put = (target: string, carried: Carried): void => {
    const path = parseElementPath(target)
    if (typeof path === 'string') throw new Error(path)
    expect(draft.put(path, carried, '', 'copy', link)).toBeNull()
  }
  put("Observation.component.where(code.coding.code='8480-6').valueQuantity.value", { kind: 'number', text: '120' })
  put("Observation.component.where(code.coding.code='8480-6').code.text", { kind: 'text', text: 'Systolic' })
  put("Observation.component.where(code.coding.code='8462-4').valueQuantity.value", { kind: 'number', text: '80' })
  put("Observation.component.where(code.coding.code='8480-6').valueQuantity.unit", { kind: 'text', text: 'mmHg' })
  expect(draft.value.component).toEqual([
    { code: { coding: [{ code: '8480-6' }], text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } },
    { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 80 } },
  ])
})
