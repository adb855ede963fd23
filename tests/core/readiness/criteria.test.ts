import { expect, test } from 'vitest'
import { wordingOf as dataWording } from '../../../src/core/data/checks/index.ts'
import { pairWordings } from '../../../src/core/data/reconcile/compare/difference-codes.ts'
import { criterionExamples } from '../../../src/core/readiness/criteria/every-example.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { criteria, wordingOf } from '../../../src/core/readiness/criteria/index.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import type { EvidenceExample } from '../../../src/core/readiness/model/criterion.ts'
import { phaseIds } from '../../../src/core/readiness/model/phase.ts'
import { addDays } from '../../../src/core/values/day.ts'
import { wordingOf as workflowWording } from '../../../src/core/workflow/rules/index.ts'

const computed = criteria.filter((criterion) => criterion.needs.length > 0)
const stated = criteria.filter((criterion) => criterion.needs.length === 0)

for (const criterion of computed) {
  const judge = (example: EvidenceExample) =>
    criterion.compute(
      givenOf(example.evidence, criterion.code, criterion.needs),
      criterion.thresholds,
      example.asOf ?? '2026-07-14',
    )
  const { flags = [], passes = [], silent = [] } = criterionExamples.find(({ code }) => code === criterion.code) ?? {}
  for (const example of flags)
    test(`${criterion.code} does not hold where ${example.name}`, () => {
      const measure = judge(example)
      expect(measure.state).toBe('failed')
      expect(measure.value, 'as worked out by hand').toBe(example.value)
      expect(measure.cells.length, 'a failing criterion names its places').toBeGreaterThan(0)
    })
  for (const example of passes)
    test(`${criterion.code} holds where ${example.name}`, () => {
      const measure = judge(example)
      expect(measure).toMatchObject({ state: 'proven', cells: [] })
      expect(measure.value, 'as worked out by hand').toBe(example.value)
    })
  for (const example of silent)
    test(`${criterion.code} is not judged where ${example.name}`, () => {
      const measure = judge(example)
      expect(['missing', 'unknown']).toContain(measure.state)
      expect([measure.value, example.value]).toEqual([null, null])
    })
}

test('words say what was counted: no answer is no pace, no error is no forecast', () => {
  const wordsOf = (code: string, evidence: EvidenceExample['evidence']): string => {
    const criterion = computed.find((each) => each.code === `readiness/${code}`)
    if (!criterion) throw new Error(code)
    return criterion.compute(givenOf(evidence, criterion.code, criterion.needs), criterion.thresholds, '2026-07-14').words
  }
  const feedback = (closed: readonly (number | null)[]) => ({
    feedback: exampleFile(
      'feedback',
      `id,opened_at,role,text_digest,closed_at,reason\n${closed.map((days, n) => `${n},2026-06-01T10:00:00Z,Nurse,a,${days === null ? ',' : `${addDays('2026-06-01', days)}T10:00:00Z,done`}\n`).join('')}`,
    ),
  })
  for (const open of [1, 2, 9]) {
    const none = Array.from({ length: open }, () => null)
    expect(wordsOf('feedback-answered', feedback(none))).toMatch(/; none is closed yet$/)
    // However much is open, it makes no answer later.
    expect(wordsOf('feedback-answered', feedback([2, 4, 6, ...none]))).toMatch(/; half of the 3 closed ones took 4 days or less$/)
  }
  for (const errors of [0, 10, 49]) {
    const loads = [5, 6, 7].map((month) => `L${month},2026-0${month}-01,10000,${errors}\n`)
    const words = wordsOf('trial-loads', {
      'trial-loads': exampleFile('trial-loads', `load,loaded_on,records,errors\n${loads.join('')}`),
      milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
    })
    expect(words).toBe(`${errors / 10} in 1,000 records have errors; 5 in 1,000 are allowed`)
  }
})

test('each phase has criteria, and every computed one shows both answers', () => {
  for (const phase of phaseIds) expect(criteria.some((criterion) => criterion.phase === phase)).toBe(true)
  expect(computed.length).toBeGreaterThanOrEqual(14)
  const all = criterionExamples.flatMap(({ flags, passes }) => [...flags, ...passes])
  process.stdout.write(`${all.length} examples of ${computed.length} computed criteria have a value worked out by hand\n`)
  expect(criterionExamples.map(({ code }) => code).toSorted()).toEqual(computed.map(({ code }) => code).toSorted())
  for (const { code, flags, passes } of criterionExamples) {
    expect(flags.length, code).toBeGreaterThan(0)
    expect(passes.length, code).toBeGreaterThan(0)
  }
})

test('what nothing can compute can be claimed, and what is computed can not', () => {
  expect(stated.every((criterion) => criterion.claimable)).toBe(true)
  expect(computed.some((criterion) => criterion.claimable)).toBe(false)
})

test('codes are unique, named readiness/…, and carry their words', () => {
  expect(new Set(criteria.map((criterion) => criterion.code)).size).toBe(criteria.length)
  for (const { code, title, why, remedy, items } of criteria) {
    expect(code).toMatch(/^readiness\/[a-z-]+$/)
    expect(wordingOf(code)?.title).toBe(title)
    for (const words of [title, why, remedy]) expect(words.length).toBeGreaterThan(10)
    for (const item of items) expect(item).toBeLessThanOrEqual(90)
  }
  expect(wordingOf('readiness/none')).toBeUndefined()
})

test('every finding that a criterion counts is one that an engine can report', () => {
  const pairCodes = new Set<string>(pairWordings.map((wording) => wording.code))
  for (const { code, counts } of criteria)
    for (const counted of counts ?? []) {
      const known = pairCodes.has(counted) || dataWording(counted) || workflowWording(counted)
      expect(known, `${code} counts ${counted}`).toBeTruthy()
    }
})
