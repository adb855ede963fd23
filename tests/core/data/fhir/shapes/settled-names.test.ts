/** What names alone say of a constraint, and which values it reads where they do not. */
import { expect, test } from 'vitest'
import { loadDefinitions } from '../../../../../src/core/data/fhir/definitions/packs.ts'
import { compileFhirPath } from '../../../../../src/core/data/fhir/fhirpath/compile.ts'
import { dependenceOf } from '../../../../../src/core/data/fhir/shapes/settled-names.ts'

const settles = (expression: string, ...present: string[]) => dependenceOf(expression).settles(new Set(present))
const reads = (expression: string) => {
  const found = dependenceOf(expression).reads
  return found === null ? null : [...found].sort()
}

test('presence decides what asks for presence', () => {
  const pat1 = 'name.exists() or telecom.exists() or address.exists() or organization.exists()'
  expect(settles(pat1, 'telecom')).toBe(true)
  expect(settles(pat1, 'gender')).toBe(false)
  expect(reads(pat1)).toEqual([])
  const obs6 = 'dataAbsentReason.empty() or value.empty()'
  expect([settles(obs6), settles(obs6, 'value'), settles(obs6, 'value', 'dataAbsentReason')]).toEqual([true, true, false])
  const org1 = '(identifier.count() + name.count()) > 0'
  expect([settles(org1, 'name'), settles(org1, 'telecom')]).toEqual([true, false])
})

test('an absent element settles what would look into it', () => {
  const obs7 = 'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()'
  expect([settles(obs7, 'value'), settles(obs7, 'component'), settles(obs7, 'value', 'component')]).toEqual([true, true, false])
  // It looks beyond the object.
  expect(reads(obs7)).toBeNull()
})

test('values that are read are named, those that are only asked for are not', () => {
  const con4 =
    "abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and code='resolved').exists()"
  expect(reads(con4)).toEqual(['clinicalStatus'])
  expect(reads("where(use = 'home').empty()")).toEqual(['use'])
  expect(reads('start.hasValue().not() or end.hasValue().not() or (start <= end)')).toEqual(['end', 'start'])
  for (const expression of [
    '%context.name.exists()',
    'descendants().empty()',
    'subject.resolve().exists()',
    '$this.length() > 1',
  ])
    expect(reads(expression)).toBeNull()
})

test('all constraints of R4 types that compile are followed, and none is settled by an empty object that it needs something of', async () => {
  const definitions = await loadDefinitions()
  let followed = 0
  for (const name of ['Patient', 'Observation', 'Condition', 'Encounter', 'Timing', 'Dosage', 'Organization', 'CarePlan'])
    for (const { invariants } of definitions.type(name)?.byId.values() ?? [])
      for (const { expression } of invariants) {
        if (typeof compileFhirPath(expression, { trusted: true }) === 'string') continue
        dependenceOf(expression)
        followed++
      }
  expect(followed).toBeGreaterThan(30)
  expect(settles('contained.contained.empty()')).toBe(true)
  expect(settles('text.exists()')).toBe(false)
})
