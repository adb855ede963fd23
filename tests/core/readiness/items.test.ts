/** The ninety practices: none without cover, most computed, each computed one with a measure that can say no and yes. */
import { expect, test } from 'vitest'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { coverageOf, items, vendorItems } from '../../../src/core/readiness/board/items.ts'
import { criterionExamples } from '../../../src/core/readiness/criteria/every-example.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

test('the ninety items stand once each, in order, with a title and a source', () => {
  expect(items.map((item) => item.number)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1))
  expect(new Set(items.map((item) => item.title)).size).toBe(90)
})

test('each item is a criterion, an input, a view or a report, and at least seventy are computed', () => {
  const covers = items.map((item) => ({ number: item.number, kind: coverageOf(item).kind }))
  expect(covers.filter(({ kind }) => kind === 'open')).toEqual([])
  const computed = covers.filter(({ kind }) => kind === 'computed').length
  const claimed = covers.filter(({ kind }) => kind === 'claimed').length
  process.stdout.write(
    `${computed} of 90 items are computed, ${claimed} stated by a person, ${90 - computed - claimed} are screens\n`,
  )
  expect(computed).toBeGreaterThanOrEqual(70)
})

test('each computed item has a criterion with an example that flags and one that passes, by a value worked out by hand', () => {
  for (const item of items) {
    const cover = coverageOf(item)
    if (cover.kind !== 'computed') continue
    const own = criteria.filter(({ code }) => cover.criteria.includes(code))
    for (const { code } of own) {
      const { flags = [], passes = [] } = criterionExamples.find((each) => each.code === code) ?? {}
      expect(flags.length, code).toBeGreaterThan(0)
      expect(passes.length, code).toBeGreaterThan(0)
      const values = [...flags, ...passes].filter(({ value }) => value !== null)
      expect(values.length, code).toBeGreaterThanOrEqual(2)
    }
  }
})

test('nothing is proven without the digest of what is behind it', () => {
  const project = readyProject([])
  const judged = assess(project, asOf, null, criteria, verified).phases.flatMap((phase) => phase.criteria)
  const proven = judged.filter(({ state }) => state === 'proven')
  expect(proven.length).toBeGreaterThanOrEqual(70)
  for (const { criterion, evidence } of proven) {
    expect(evidence.map(({ kind }) => kind).toSorted(), criterion.code).toEqual(criterion.needs.toSorted())
    for (const { digest } of evidence) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  }
  const bare = { ...project, workflows: [], runs: [], mapping: new Map(), other: new Map(), ledger: [], baseline: [] }
  const empty = { ...bare, review: { ...project.review, plan: null, draw: null, frame: null, events: [] } }
  expect(
    assess(empty, asOf, null, criteria, verified)
      .phases.flatMap((phase) => phase.criteria)
      .filter(({ state }) => state === 'proven'),
  ).toEqual([])
})

test('every criterion stands for an item, and the vendor view holds computed items only', () => {
  const numbers = new Set(items.map((item) => item.number))
  for (const criterion of criteria) for (const number of criterion.items) expect(numbers.has(number)).toBe(true)
  for (const number of vendorItems)
    expect(coverageOf(items[number - 1] ?? { number, title: '', source: 'Fails', by: null }).kind).toBe('computed')
})
