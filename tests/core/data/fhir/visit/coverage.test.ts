/** What a run says about itself: how many rules gave an answer, and what was left out, why and how often. */
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { recordOf } from '../judged.ts'

async function coverageOf(
  resources: readonly JsonObject[],
  loaded: readonly JsonObject[] = [],
): Promise<{ rules: number; left: string[] }> {
  const judge = await createFhirJudge({ loaded })
  for (const [index, resource] of resources.entries()) [...judge.see(recordOf(resource, index + 1), 0)]
  ;[...judge.finish()]
  return { rules: judge.rulesRun, left: judge.notEvaluated().map(({ what, why }) => `${what} · ${why}`) }
}

const patient: JsonObject = { resourceType: 'Patient', id: 'p', gender: 'female' }

test('only rules that met a value count, and the same ones once', async () => {
  const none = (await coverageOf([])).rules
  const one = (await coverageOf([patient])).rules
  const twice = (await coverageOf([patient, { ...patient, id: 'q' }])).rules
  const more = (await coverageOf([patient, { ...patient, id: 'q', contact: [{ name: { text: 'x' } }] }])).rules
  expect(one).toBe(none + 1)
  expect(twice).toBe(one)
  expect(more).toBeGreaterThan(one)
})

test('what can not be followed is counted by name and does not count as run', async () => {
  const profile = (expression: string): JsonObject => ({
    resourceType: 'StructureDefinition',
    url: 'urn:test:profile',
    name: 'p',
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    differential: {
      element: [{ id: 'Patient', path: 'Patient', constraint: [{ key: 'own-1', severity: 'error', human: 'x', expression }] }],
    },
  })
  const named = { ...patient, meta: { profile: ['urn:test:profile'] } }
  const followed = await coverageOf([named, named], [profile('gender.exists()')])
  const unknown = await coverageOf([named, named], [profile('gender.divine()')])
  expect(unknown.rules).toBe(followed.rules - 1)
  expect(followed.left.join()).not.toContain('own-1')
  expect(unknown.left.find((each) => each.includes('own-1'))).toMatch(/1 FHIRPath rule, on 2 values/)
})

test('profiles, questionnaires and extensions without a definition are listed with their counts', async () => {
  const { left } = await coverageOf([
    { ...patient, meta: { profile: ['urn:test:absent'] }, extension: [{ url: 'urn:test:x', valueString: 'x' }] },
    { resourceType: 'QuestionnaireResponse', questionnaire: 'urn:test:form', status: 'completed' },
  ])
  expect(left.find((each) => each.includes('urn:test:absent'))).toMatch(/^1 profile, on 1 value/)
  expect(left.find((each) => each.includes('urn:test:x'))).toMatch(/1 extension, on 1 value/)
  expect(left.find((each) => each.includes('urn:test:form'))).toMatch(/1 questionnaire, in 1 response/)
})
