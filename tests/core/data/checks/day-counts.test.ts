/** Days counted in one array: the same counts as a Map, whatever the days are. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DayCounts } from '../../../../src/core/data/checks/bytes/day-counts.ts'

it('counts days as a Map does', () => {
  const day = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 10_000_101, max: 99_991_231 }))
  fc.assert(
    fc.property(fc.array(day, { maxLength: 4000, size: 'max' }), (days) => {
      const counts = new DayCounts()
      const expected = new Map<number, number>()
      for (const one of days) {
        counts.add(one)
        expected.set(one, (expected.get(one) ?? 0) + 1)
      }
      expect(counts.size).toBe(expected.size)
      expect(new Map(counts)).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})
