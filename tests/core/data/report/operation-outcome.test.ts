/** OperationOutcome: issue types, severities, expected and found, places; every outcome is a valid resource of R4 by our own judge. */

import { describe, expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { reportOf } from '../../../../src/core/data/report/document.ts'
import { fhirPathOf } from '../../../../src/core/data/report/fhirpath-names.ts'
import { operationOutcomeReport } from '../../../../src/core/data/report/operation-outcome.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataPath, hasData } from '../../../beside.ts'
import { filesIn, readJson, troublesOf } from '../fhir/judged.ts'
import { signal } from '../reading.ts'

interface Issue {
  readonly severity: string
  readonly code: string
  readonly details: { readonly text: string; readonly coding?: readonly { readonly code: string }[] }
  readonly expression?: readonly string[]
  readonly location?: readonly string[]
  readonly extension?: readonly { readonly url: string; readonly valueInteger: number }[]
}

async function outcomeOf(files: Readonly<Record<string, string>>, reveal = false, maxRows = 200) {
  const inputs = Object.entries(files).map(([name, text]) => ({
    source: bytesSource(name, new TextEncoder().encode(text)),
    side: null,
    format: null,
    table: name.replace(/\..*/, ''),
    reading: {},
    schema: null,
  }))
  const result = await finish(validate({ inputs, asOf: '2024-06-30', maxRows }, signal, (context) => createFhirJudge(context)))
  const choices = { version: '0', run: { started: 'then', seconds: 0 }, paths: Object.keys(files), reveal }
  const outcome: JsonObject & { readonly issue: readonly Issue[] } = JSON.parse(operationOutcomeReport(reportOf(result, choices)))
  return outcome
}

/** A hand-written record with one defect of each kind, and what HL7's issue types call it. */
const defects: readonly (readonly [defect: string, resource: object, code: string, severity: string, expression: string])[] = [
  ['missing', { resourceType: 'Observation', code: { text: 'x' } }, 'required', 'error', 'Observation.status'],
  ['unknown element', { resourceType: 'Patient', colour: 'red' }, 'structure', 'error', 'Patient'],
  ['date', { resourceType: 'Patient', birthDate: '2021-02-30' }, 'value', 'error', 'Patient.birthDate'],
  ['code', { resourceType: 'Patient', gender: 'Female' }, 'code-invalid', 'error', 'Patient.gender'],
  ['rule', { resourceType: 'Patient', contact: [{ gender: 'male' }] }, 'invariant', 'error', 'Patient.contact[0]'],
  [
    'inner reference',
    { resourceType: 'Patient', managingOrganization: { reference: '#a' } },
    'not-found',
    'error',
    'Patient.managingOrganization',
  ],
  [
    'extension',
    { resourceType: 'Patient', extension: [{ url: 'http://a.org/x', valueCode: 'y' }] },
    'extension',
    'information',
    'Patient.extension[0]',
  ],
  [
    'value of a choice',
    { resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueQuantity: { value: 'much' } },
    'structure',
    'error',
    'Observation.value.ofType(Quantity).value',
  ],
  [
    'wrong type of target',
    { resourceType: 'Patient', managingOrganization: { reference: 'Patient/1' } },
    'structure',
    'error',
    'Patient.managingOrganization',
  ],
]

describe('issues', () => {
  test.each(defects)('%s', async (_, resource, code, severity, expression) => {
    const { issue } = await outcomeOf({ 'r.json': JSON.stringify(resource, null, 1) })
    expect(issue.map((each) => [each.code, each.severity, each.expression?.[0]])).toContainEqual([code, severity, expression])
  })

  test('duplicates, missing targets and deleted ones have types of their own, and a critical finding is an error', async () => {
    const lines = [
      { resourceType: 'Patient', id: '1' },
      { resourceType: 'Patient', id: '1', active: true },
      { resourceType: 'AllergyIntolerance', id: 'a', patient: { reference: 'Patient/2' } },
    ]
    const { issue } = await outcomeOf({ 'p.ndjson': lines.map((line) => `${JSON.stringify(line)}\n`).join('') })
    const of = (code: string) => issue.find(({ details }) => details.coding?.some((coding) => coding.code === code))
    expect(of('data/fhir-duplicate-id')).toMatchObject({ severity: 'error', code: 'duplicate' })
    expect(of('data/fhir-reference-missing')).toMatchObject({ severity: 'error', code: 'not-found' })
    expect(of('data/fhir-reference-missing')?.details.coding).toContainEqual({
      system: 'urn:carryover:severity',
      code: 'critical',
    })
  })

  test('fatal is kept for what could not be read', async () => {
    const { issue } = await outcomeOf({ 'r.json': '{ "resourceType": "Patient", ' })
    expect(issue.filter(({ severity }) => severity === 'fatal').map(({ code }) => code)).toEqual(['incomplete'])
  })

  test('what was expected and what stands there is said, masked until it is asked for', async () => {
    const files = { 'p.ndjson': `${JSON.stringify({ resourceType: 'Patient', gender: 'Female' })}\n` }
    const [hidden, shown] = [await outcomeOf(files), await outcomeOf(files, true)]
    expect(hidden.issue[0]?.details.text).toBe(
      'Code is not in the required value set: 1 of 1. Expected: allowed codes female, male, other, unknown. By value set http://hl7.org/fhir/ValueSet/administrative-gender, did you mean female. Found: "Aaaaaa" (masked).',
    )
    expect(shown.issue[0]?.details.text).toContain('Found: "Female".')
  })

  test('line and column are the extensions that HL7 has for them', async () => {
    const { issue } = await outcomeOf({ 'r.json': '{ "resourceType": "Patient",\n  "birthDate": "2021-02-30" }' })
    const told = issue.find(({ code }) => code === 'value')
    expect(told?.location).toEqual(['Line[2] Column[16]'])
    expect(told?.extension?.map(({ valueInteger }) => valueInteger)).toEqual([2, 16])
  })

  test('what is counted beyond the places that are kept has an issue of its own', async () => {
    const lines = Array.from({ length: 50 }, () => `${JSON.stringify({ resourceType: 'Patient', gender: 'x' })}\n`).join('')
    const { issue } = await outcomeOf({ 'p.ndjson': lines }, false, 10)
    const told = issue.filter(({ code }) => code === 'code-invalid')
    expect(told).toHaveLength(11)
    expect(told.at(-1)?.details.text).toContain('50 of 50 in all; 40 more')
  })

  test('a table has its issues, too', async () => {
    const { issue } = await outcomeOf({ 'a.csv': 'id,born\n1,2020-01-01\n2,2020-13-45\n3\n' })
    expect(issue.map(({ code, severity }) => `${severity} ${code}`)).toContain('error structure')
  })
})

test('names of choices become FHIRPath where R4 has a choice, and stay where it has an element of that name', () => {
  const same = (path: string): string => fhirPathOf(path, path.replaceAll(/\[\d+\]/g, ''))
  expect(same('Observation.component[2].valueCodeableConcept.coding[0]')).toBe(
    'Observation.component[2].value.ofType(CodeableConcept).coding[0]',
  )
  expect(same('Immunization.doseQuantity.value')).toBe('Immunization.doseQuantity.value')
  expect(same('MedicationRequest.dosageInstruction[0].doseAndRate[0].doseQuantity')).toBe(
    'MedicationRequest.dosageInstruction[0].doseAndRate[0].dose.ofType(Quantity)',
  )
  expect(same('Consent.dateTime')).toBe('Consent.dateTime')
  expect(fhirPathOf('Bundle.entry[3].resource.onsetDateTime', 'Condition.onsetDateTime')).toBe(
    'Bundle.entry[3].resource.onset.ofType(dateTime)',
  )
})

test.skipIf(!hasData('fhir/fhir-test-cases/'))('every outcome is a valid OperationOutcome (../shared/data/fhir)', async () => {
  const folder = `${dataPath('fhir/fhir-test-cases/')}validator`
  const files = filesIn(folder, '.json')
    .filter((file) => !/manifest|json-|bad-json/.test(file))
    .slice(0, 60)
  const read = files.map((file) => [file.split('/').at(-1) ?? '', JSON.stringify(readJson(file), null, 2)] as const)
  const outcome = await outcomeOf(Object.fromEntries(read))
  expect(outcome.issue.length).toBeGreaterThan(50)
  expect(await troublesOf(outcome)).toEqual([])
  expect(await troublesOf(await outcomeOf({ 'p.ndjson': `${JSON.stringify({ resourceType: 'Patient' })}\n` }))).toEqual([])
})
