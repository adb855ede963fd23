/** The assignment against trying every permutation. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign } from '../../../../src/core/assignment.ts'

function best(scores: readonly Float64Array[], row = 0, used: ReadonlySet<number> = new Set()): number {
  if (row === scores.length) return 0
  // A row may stay without a column where there are fewer columns.
  let most = best(scores, row + 1, used)
  for (const [column, score] of (scores[row] ?? []).entries())
    if (!used.has(column)) most = Math.max(most, score + best(scores, row + 1, new Set([...used, column])))
  return most
}

test('no other one-to-one assignment has a higher total, whatever the shape', () => {
  const shape = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat(100)))
  fc.assert(
    fc.property(shape, ([rows, columns, numbers]) => {
      const scores = Array.from({ length: rows }, () =>
        Float64Array.from({ length: columns }, () => (numbers.next().value ?? 0) / 100),
      )
      const columnOf = assign(scores)
      const taken = [...columnOf].filter((column) => column >= 0)
      expect(new Set(taken).size).toBe(taken.length)
      expect(taken.length).toBe(Math.min(rows, columns))
      const total = [...columnOf].reduce((sum, column, row) => sum + (column < 0 ? 0 : (scores[row]?.[column] ?? 0)), 0)
      expect(total).toBeCloseTo(best(scores), 9)
    }),
    { numRuns: 100 },
  )
})
