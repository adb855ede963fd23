/** Every difference speaks for itself: its examples are read, mapped and reconciled as two systems are. */
import { expect, test } from 'vitest'
import { checks } from '../../../../src/core/data/checks/index.ts'
import type { PairExample } from '../../../../src/core/data/model/pair-example.ts'
import { pairWordings } from '../../../../src/core/data/reconcile/compare/difference-codes.ts'
import { differenceExamples } from '../../../../src/core/data/reconcile/examples/every-example.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../../src/core/project/rule-pages/pair-example.ts'

async function codesIn(example: PairExample): Promise<readonly string[]> {
  const inputs = pairFilesOf(example).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const { findings } = await finish(reconcile({ inputs, mapping: mappingOf(example) }, new AbortController().signal))
  return findings.map(({ code }) => code)
}

for (const { code, flags, passes } of differenceExamples) {
  for (const { name, subject } of flags) test(`${code} flags ${name}`, async () => expect(await codesIn(subject)).toContain(code))
  for (const { name, subject } of passes)
    test(`${code} lets pass ${name}`, async () => expect(await codesIn(subject)).toEqual([]))
}

test('every difference has one of each', () => {
  for (const { code, flags, passes } of differenceExamples) expect([code, flags.length, passes.length]).toEqual([code, 1, 1])
})

test('a code that a check and a reconciliation report has one title', () => {
  const shared = pairWordings.flatMap(({ code, title }) => {
    const check = checks.find((one) => one.code === code)
    return check === undefined ? [] : [[code, title, check.title]]
  })
  expect(shared.length).toBeGreaterThan(0)
  for (const [code, title, other] of shared) expect([code, other]).toEqual([code, title])
})
