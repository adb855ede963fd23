/** Findings of many files with one cause are one, with exact sums. */
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { causesOf } from '../../../../src/core/data/report/causes.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { Finding } from '../../../../src/core/finding.ts'
import { bytesSource } from '../../../../src/core/operation.ts'

async function findingsOf(files: readonly object[]): Promise<readonly Finding[]> {
  const inputs = files.map((file, index) => ({
    source: bytesSource(`visit-${'abcdefghijkl'[index]}.json`, new TextEncoder().encode(JSON.stringify(file))),
    side: null,
    format: null,
    table: `t${index}`,
    reading: {},
    schema: null,
  }))
  const run = validate({ inputs, asOf: '2024-06-30' }, new AbortController().signal, (context) => createFhirJudge(context))
  for await (const update of run) if (update.kind === 'result') return update.value.findings
  throw new Error('no result')
}

/** Two findings at one element with two rules: con-3 (advice) and the code of the status. */
function bundle(patient: string, conditions: number): object {
  const entry = Array.from({ length: conditions }, (_, index) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-0000000000${10 + index}`,
    resource: {
      resourceType: 'Condition',
      subject: { reference: `Patient/${patient}` },
      clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'activ' }] },
      code: { text: 'x' },
    },
  }))
  return { resourceType: 'Bundle', type: 'collection', entry }
}

test('twelve files with the same cause are one line with exact counts and patients', async () => {
  const files = Array.from({ length: 12 }, (_, index) => bundle(`p${index % 5}`, 1 + (index % 3)))
  const findings = await findingsOf(files)
  const causes = causesOf(findings, ({ place }) => place)
  const wrong = causes.find(({ code }) => code === 'data/fhir-code-required')
  expect(wrong).toMatchObject({ files: 12, count: 24, patients: 5, place: 'Condition.clinicalStatus' })
  expect(wrong?.cause).toContain('condition-clinical')
  expect(causes.reduce((sum, { count }) => sum + count, 0)).toBe(findings.reduce((sum, { count }) => sum + count, 0))
  // With a part of the files the union of their patients is not known.
  expect(causesOf(wrong?.findings.slice(1) ?? [], ({ place }) => place)[0]?.patients).toBeNull()
})

test('two rules broken at one element are two causes, and a rule that two profiles repeat is told once', async () => {
  const panel = {
    resourceType: 'Observation',
    meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp', 'http://hl7.org/fhir/StructureDefinition/vitalsigns'] },
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2024-01-01',
  }
  const causes = causesOf(await findingsOf([panel]), ({ place }) => place)
  const rules = causes.filter(({ code }) => code === 'data/fhir-invariant')
  expect(rules.map(({ cause, count }) => [cause, count])).toEqual([['rule vs-2', 1]])
})
