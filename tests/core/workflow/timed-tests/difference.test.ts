/** Intervals of timed differences against published examples of Student's and Welch's t, and what is not enough to say. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from '../../../../src/core/workflow/timed-tests/difference.ts'
import { pairsOf, runOf } from './runs.ts'

/** Hours of extra sleep of ten patients under two drugs (Student 1908), as in the data set `sleep` of R. */
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

test('the paired interval is that of Student’s own example', () => {
  const runs = first.flatMap((hours, at) => [
    runOf('old', hours, { person: `p${at}` }),
    runOf('new', second[at] ?? 0, { person: `p${at}` }),
  ])
  const found = differenceOf(runs)
  expect(found).toMatchObject({ how: 'paired', n: 10, degrees: 9 })
  expect(found?.mean).toBeCloseTo(1.58, 10)
  expect(found?.low).toBeCloseTo(0.7001142, 3)
  expect(found?.high).toBeCloseTo(2.4598858, 3)
})

test('of two groups of persons it is Welch’s interval, never narrower than with fractional degrees of freedom', () => {
  const found = differenceOf([
    ...first.map((hours, at) => runOf('old', hours, { person: `a${at}` })),
    ...second.map((hours, at) => runOf('new', hours, { person: `b${at}` })),
  ])
  expect(found).toMatchObject({ how: 'unpaired', n: 10, degrees: 17 })
  // R gives −0.2054832 to 3.3654832 with 17.776 degrees.
  expect(found?.low).toBeLessThanOrEqual(-0.2054832)
  expect(found?.low).toBeGreaterThan(-0.22)
  expect(found?.high).toBeGreaterThanOrEqual(3.3654832)
  expect(found?.high).toBeLessThan(3.38)
})

test('five persons are enough and four are not; runs that were discarded do not count', () => {
  expect(differenceOf(pairsOf([10, 12, 9, 11, 10]))?.n).toBe(5)
  expect(differenceOf(pairsOf([10, 12, 9, 11]))).toBeNull()
  expect(
    differenceOf(pairsOf([10, 12, 9, 11, 10]).map((run, at) => (at === 0 ? { ...run, discarded: 'fire alarm' } : run))),
  ).toBeNull()
})

test('somebody who did a task several times counts as one pair, by the means', () => {
  const runs = [...pairsOf([10, 12, 9, 11, 10]), runOf('new', 150, { person: 'p0' })]
  // p0: old 100, new 110 and 150 → 30 instead of 10.
  expect(differenceOf(runs)?.persons.get('p0')).toBe(30)
  expect(differenceOf(runs)?.n).toBe(5)
})

test('how slow a person is makes no difference to the paired interval, and order makes none at all', () => {
  const change = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: 5, maxLength: 12 })
  fc.assert(
    fc.property(change, fc.integer({ min: 0, max: 5000 }), (changes, slower) => {
      const runs = pairsOf(changes)
      const found = differenceOf(runs)
      const moved = differenceOf(runs.map((run) => (run.person === 'p1' ? { ...run, seconds: run.seconds + slower } : run)))
      const shuffled = differenceOf([...runs].reverse())
      expect(moved?.low).toBeCloseTo(found?.low ?? Number.NaN, 6)
      expect(shuffled?.high).toBeCloseTo(found?.high ?? Number.NaN, 6)
    }),
    { numRuns: 100 },
  )
})

test('ten runs of one person are one person, and runs that name nobody are not enough to say anything', () => {
  const often = (system: 'old' | 'new', person: string) =>
    Array.from({ length: 10 }, (_, at) => runOf(system, 100 + at, { person }))
  expect(differenceOf([...often('old', 'p0'), ...often('new', 'p1')])).toBeNull()
  const unnamed = Array.from({ length: 10 }, (_, at) => [runOf('old', 100 + at), runOf('new', 130 + at)]).flat()
  expect(differenceOf(unnamed)).toBeNull()
  // Means of persons: old 100 … 104, new 131 … 135; variance 2.5 each, so the error is √(2.5/5 + 2.5/5) = 1 with 8 degrees.
  const groups = [0, 1, 2, 3, 4].flatMap((at) => [
    runOf('old', 90 + at, { person: `a${at}` }),
    runOf('old', 110 + at, { person: `a${at}` }),
    runOf('new', 131 + at, { person: `b${at}` }),
  ])
  const found = differenceOf([...groups, ...unnamed])
  expect(found).toMatchObject({ how: 'unpaired', n: 5, mean: 31, degrees: 8, error: 1, unused: unnamed })
  expect(found?.high).toBeCloseTo(31 + 2.306, 3)
})

test('equal differences are known no better than times are kept', () => {
  // Rounding to whole seconds: 1/12 for each of both times, five pairs: √(1/6/5) = 0.18257; t with 4 degrees is 2.776.
  const whole = differenceOf(pairsOf([10, 10, 10, 10, 10]))
  expect(whole?.high).toBeCloseTo(10 + 2.776 * 0.18257, 3)
  const tenths = differenceOf(pairsOf([10.1, 10.1, 10.1, 10.1, 10.1]))
  expect(tenths?.low).toBeCloseTo(10.1 - 2.776 * 0.018257, 3)
})

test('runs that no pair is made of are named, and so is a difference that points the other way', () => {
  const others = Array.from({ length: 80 }, (_, at) => runOf('new', 20 + (at % 3), { person: `q${at}` }))
  const found = differenceOf([...pairsOf([10, 12, 9, 11, 10]), ...others])
  expect(found).toMatchObject({ how: 'paired', n: 5 })
  expect([found?.used.length, found?.unused.length]).toEqual([10, 80])
  // Old 174 on average; new (5 × 184.4 + 20 + 21 + 22 …) / 85.
  const now = (174 * 5 + 52 + others.reduce((sum, { seconds }) => sum + seconds, 0)) / 85
  expect(found?.against).toBeCloseTo(now - 174, 9)
  expect(differenceOf(pairsOf([10, 12, 9, 11, 10]))).toMatchObject({ against: null, unused: [] })
})
