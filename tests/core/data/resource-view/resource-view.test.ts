import { expect, test } from 'vitest'
import { readJsonTree } from '../../../../src/core/data/read/json/json-tree.ts'
import { elementNames } from '../../../../src/core/data/resource-view/element-names.ts'
import { resourceView } from '../../../../src/core/data/resource-view/resource-view.ts'
import type { ResourceView, ShownRow, ShownValue } from '../../../../src/core/data/resource-view/view.ts'

function viewOf(resource: object | string): ResourceView {
  const node = readJsonTree(typeof resource === 'string' ? resource : JSON.stringify(resource))
  const view = node && resourceView(node)
  if (!view) throw new Error('no resource')
  return view
}

function words(value: ShownValue): string {
  if (value.kind === 'parts') return value.rows.map(line).join('; ')
  if (value.kind === 'period') return `${value.start ?? ''}–${value.end ?? ''}`
  return value.text
}

function line({ label, values, absent }: ShownRow): string {
  return `${label}: ${values.length > 0 ? values.map(words).join(' | ') : `not recorded${absent === null ? '' : ` (${absent})`}`}`
}

test('a result is shown with its number as written, its unit, its code behind its words, and what is not recorded', () => {
  const view = viewOf(
    `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2345-7","display":"Glucose"}]},
      "valueQuantity":{"value":5.10,"comparator":"<","unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"effectiveDateTime":"2024-02-03T10:11:12Z"}`,
  )
  const main = view.main.map(line)
  expect(main).toContain('Observed: Glucose')
  expect(main).toContain('Result: <5.10 mmol/L')
  expect(main).toContain('When: 2024-02-03T10:11:12Z')
  expect(main).toContain('Patient: not recorded')
  expect(view.main.find(({ name }) => name === 'code')?.values[0]).toMatchObject({
    codings: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }],
  })
  expect(view.main.find(({ label }) => label === 'Result')?.path).toEqual(['valueQuantity'])
})

test('a quantity without unit says so', () => {
  const view = viewOf({ resourceType: 'Observation', valueQuantity: { value: 7 } })
  expect(view.main.map(line)).toContain('Result: 7 (no unit recorded)')
})

test('why something is not recorded is said where the resource tells it', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
  const view = viewOf({
    resourceType: 'Patient',
    _birthDate: { extension: [{ url, valueCode: 'asked-declined' }] },
    name: [{ family: 'Example', given: ['Ada', 'Bea'], prefix: ['Dr'], use: 'official' }],
    telecom: [{ system: 'phone', value: '555-0100', use: 'home' }],
    address: [{ line: ['1 High Street'], city: 'Riverside', postalCode: '1234' }],
  })
  const main = view.main.map(line)
  expect(main).toContain('Born: not recorded (asked-declined)')
  expect(main).toContain('Name: Example, Ada Bea (Dr) (official)')
  expect(main).toContain('Contact details: phone: 555-0100 (home)')
  expect(main).toContain('Address: 1 High Street, Riverside, 1234')
})

test('every member of a resource of any type is in its view, with unknown members and those of wrong shape', () => {
  const resource = {
    resourceType: 'Basic',
    id: 'b',
    code: { text: 'one', coding: [{ code: 'two', extra: 'three' }] },
    foreign: { inside: [{ deep: 'four' }] },
    author: { reference: 'Patient/five', display: 'six' },
    period: { start: '2024-01-01' },
    gone: null,
    _created: { extension: [{ url: 'seven', valueString: 'eight' }] },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">nine</div>' },
  }
  const view = viewOf(resource)
  const all = [view.narrative ?? '', ...view.rest.map(line)].join('\n')
  for (const word of ['one', 'two', 'three', 'four', 'Patient/five', 'six', '2024-01-01', 'seven', 'eight', 'nine'])
    expect(all).toContain(word)
})

test('a dose keeps its words and its parts', () => {
  const view = viewOf({
    resourceType: 'MedicationRequest',
    medicationCodeableConcept: { text: 'Metformin' },
    dosageInstruction: [
      {
        text: 'twice a day',
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
      },
    ],
  })
  const dose = view.main.map(line).find((each) => each.startsWith('Dosage')) ?? ''
  expect(dose).toContain('twice a day')
  expect(dose).toContain('500 mg')
  expect(view.main.map(line)).toContain('Medicine: Metformin')
})

test('names of elements are known, names that somebody made up are not', async () => {
  const names = await elementNames(['Observation'])
  for (const name of ['resourceType', 'valueQuantity', '_status', 'coding', 'contained', 'valueString', 'low'])
    expect(names.has(name)).toBe(true)
  for (const name of ['maria', 'Zq', '_maria', 'birthDate']) expect(names.has(name)).toBe(false)
})
