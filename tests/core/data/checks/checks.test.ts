/** Every check speaks for itself: its examples are tables, and the whole reader and engine run over them. */
import { expect, test } from 'vitest'
import { checkExamples } from '../../../../src/core/data/checks/every-example.ts'
import { checks, wordingOf } from '../../../../src/core/data/checks/index.ts'
import { fhirExamples } from '../../../../src/core/data/fhir/definitions/codes.examples.ts'
import { fhirWordings } from '../../../../src/core/data/fhir/definitions/codes.ts'
import { referenceExamples } from '../../../../src/core/data/fhir/definitions/reference-codes.examples.ts'
import { judgeGiven } from '../../../../src/core/data/fhir/given.ts'
import type { TableExample } from '../../../../src/core/data/model/table-example.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { filesOf, runOf } from '../../../../src/core/project/rule-pages/table-example.ts'

const signal = new AbortController().signal
async function codesIn(example: TableExample): Promise<string[]> {
  const { definitions, ...run } = runOf(example)
  const inputs = filesOf(example).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const result = await finish(validate({ inputs, ...run }, signal, judgeGiven({ definitions })))
  return result.findings.map((finding) => finding.code)
}

for (const { code, flags, passes } of [...checkExamples, ...fhirExamples, ...referenceExamples]) {
  for (const example of flags)
    test(`${code} flags ${example.name}`, async () => expect(await codesIn(example.subject)).toContain(code))
  for (const example of passes)
    test(`${code} lets pass ${example.name}`, async () => expect(await codesIn(example.subject)).not.toContain(code))
}

test('every check has its examples, and every example its check', () => {
  const all = [...checkExamples, ...fhirExamples, ...referenceExamples]
  const codes = [...checks, ...fhirWordings].map(({ code }) => code)
  expect(all.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  for (const { code, flags, passes, unshown } of all)
    expect([code, flags.length > 0, passes.length > 0]).toEqual([code, unshown === undefined, true])
})

test('every code is unique and has its words', () => {
  const codes = checks.map((check) => check.code)
  expect(new Set(codes).size).toBe(codes.length)
  for (const check of checks) expect(wordingOf(check.code)).toMatchObject({ title: check.title, severity: check.severity })
})
