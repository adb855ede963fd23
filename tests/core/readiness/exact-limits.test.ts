/** Values beside their limits: compared as they are, printed so that the words never contradict the comparison. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { goalWay } from '../../../src/core/readiness/measures/goal-standing.ts'
import { beside, exact, percent } from '../../../src/core/readiness/measures/lines.ts'
import { addMonths, monthsBetween } from '../../../src/core/values/day.ts'

test('a printed value reads as its limit only where it is the limit, and lies on its side', () => {
  expect([beside(7.04, 7), beside(7, 7), beside(7.26, 7), beside(59.8, 60, 0), beside(41.46, 41, 0)]).toEqual([
    7.04, 7, 7.3, 59.8, 41.5,
  ])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100 }), (thousandths, limit) => {
      const value = thousandths / 1000
      expect(Math.sign(beside(value, limit, 0) - limit)).toBe(Math.sign(value - limit))
    }),
  )
})

test('a share that is the limit is not taken for less or more because of binary digits', () => {
  expect([percent(7, 100), percent(29, 100), exact(100 * 0.55), exact(0.6 * 7)]).toEqual([7, 29, 55, 4.2])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 10_000 }), (share, hundreds) => {
      expect(percent(share * hundreds, 100 * hundreds)).toBe(share)
    }),
  )
})

test('months are those of the calendar', () => {
  expect(monthsBetween('2025-03-10', '2026-03-10')).toBe(12)
  expect(monthsBetween('2027-03-01', '2028-03-01')).toBe(12)
  expect(monthsBetween('2027-03-01', '2028-02-29')).toBeLessThan(12)
  expect(monthsBetween('2026-01-01', '2026-12-31')).toBeCloseTo(11 + 30 / 31, 12)
  // A month that has no such day ends on its last one.
  expect([addMonths('2028-02-29', 12), addMonths('2026-01-31', 1), addMonths('2026-11-30', 3)]).toEqual([
    '2029-02-28',
    '2026-02-28',
    '2027-02-28',
  ])
  expect([monthsBetween('2028-02-29', '2029-02-28'), monthsBetween('2026-07-15', '2026-06-15')]).toEqual([12, -1])
  expect(monthsBetween('2026-07-15', '2026-06-20')).toBeCloseTo(-25 / 30, 12)
})

test('a goal that is nearly reached is not the whole way there', () => {
  const rows = ['10.08', '10', '30.08'].map(
    (now) =>
      exampleFile(
        'goals',
        `id,goal,measure,baseline,target,better,owner,now,measured_on\nG1,Faster,hours,30,10,lower,Lead,${now},2026-07-01\n`,
      ).rows[0],
  )
  expect(rows.map((row) => row && goalWay(row))).toEqual([99, 100, -1])
})
