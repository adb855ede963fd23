/** The statistics of a sample against counting: every lot up to a size, every draw of it, by Pascal's triangle and plain search. */
import { expect, test } from 'vitest'
import { allocate } from '../../../src/core/review/plan/sampling-plan.ts'
import { acceptancePlan } from '../../../src/core/review/statistics/acceptance-plan.ts'
import {
  hypergeometricAtMost,
  lowerBound,
  smallestSample,
  tailWithin,
  upperBound,
} from '../../../src/core/review/statistics/hypergeometric.ts'

const largest = 12

const triangle: number[][] = [[1]]
for (let n = 1; n <= largest; n++) {
  const above = triangle[n - 1] ?? []
  triangle.push(Array.from({ length: n + 1 }, (_, k) => (above[k - 1] ?? 0) + (above[k] ?? 0)))
}
const choose = (n: number, k: number): number => triangle[n]?.[k] ?? 0

/** Ways to draw n of a lot, and those of them with at most c wrong. */
function ways(c: number, size: number, wrong: number, n: number): { few: number; all: number } {
  let few = 0
  for (let k = 0; k <= Math.min(c, n, wrong); k++) few += choose(wrong, k) * choose(size - wrong, n - k)
  return { few, all: choose(size, n) }
}

const upTo = (most: number, least = 0): readonly number[] => Array.from({ length: most - least + 1 }, (_, i) => least + i)
const lots = upTo(largest, 1).flatMap((size) => upTo(size, 1).map((n) => ({ size, n })))
/** Risks that some tail meets exactly (1/2, 1/4, 1/5) and ones that none does. */
const risks = [500_000, 250_000, 200_000, 100_000, 50_000, 10_000]

test('the chance of at most c wrong is the share of the draws that have no more', () => {
  for (const { size, n } of lots)
    for (const wrong of upTo(size))
      for (const c of upTo(n)) {
        const { few, all } = ways(c, size, wrong, n)
        expect(hypergeometricAtMost(c, size, wrong, n)).toBeCloseTo(few / all, 12)
        for (const risk of risks) expect(tailWithin(c, size, wrong, n, risk)).toBe(few * 1_000_000 <= risk * all)
      }
})

test('bounds are the most and the fewest wrong units that a search does not refute', () => {
  for (const { size, n } of lots)
    for (const x of upTo(n))
      for (const risk of risks) {
        // As many wrong as were found, and as many right, are in the lot in any case.
        const possible = upTo(size - (n - x), x)
        const notTooMany = possible.filter((wrong) => {
          const { few, all } = ways(x, size, wrong, n)
          return few * 1_000_000 > risk * all
        })
        const notTooFew = possible.filter((wrong) => {
          const { few, all } = ways(x - 1, size, wrong, n)
          return (all - few) * 1_000_000 > risk * all
        })
        expect(upperBound(size, n, x, risk)).toBe(notTooMany.at(-1))
        expect(lowerBound(size, n, x, risk)).toBe(notTooFew[0])
      }
})

test('the smallest sample is the first that proves it', () => {
  for (const size of upTo(largest, 1))
    for (const intolerable of upTo(size, 1))
      for (const c of upTo(intolerable - 1))
        for (const risk of risks) {
          const first = upTo(size, c + 1).find((n) => {
            const { few, all } = ways(c, size, intolerable, n)
            return few * 1_000_000 <= risk * all
          })
          expect(smallestSample(size, intolerable, c, risk)).toBe(first)
        }
  expect(smallestSample(5, 6, 0, 50_000)).toBe(0)
  expect(smallestSample(5, 3, 3, 50_000)).toBe(5)
})

test('an acceptance plan is the first that a search of numbers and samples finds', () => {
  const share = (c: number, size: number, wrong: number, n: number): number => {
    const { few, all } = ways(c, size, wrong, n)
    return few / all
  }
  for (const size of [8, 10, 12])
    for (const [good, bad] of [
      [1, 4],
      [1, 6],
      [2, 5],
      [0, 2],
    ] as const)
      for (const [most, least] of [
        [0.1, 0.9],
        [0.3, 0.6],
        [0.06, 0.5],
      ] as const) {
        const found = upTo(size - 1).flatMap((c) => {
          const n = upTo(size, c + 1).find((one) => share(c, size, bad, one) <= most)
          return n !== undefined && share(c, size, good, n) >= least ? [{ c, n }] : []
        })[0]
        const plan = acceptancePlan({
          size,
          goodRate: good / size,
          acceptGoodAtLeast: least,
          badRate: bad / size,
          acceptBadAtMost: most,
        })
        expect(plan && { c: plan.c, n: plan.n }).toEqual(found ?? null)
        if (!plan) continue
        expect(plan.acceptGood).toBeCloseTo(share(plan.c, size, good, plan.n), 12)
        expect(plan.acceptBad).toBeCloseTo(share(plan.c, size, bad, plan.n), 12)
      }
})

test('shares of a total are whole, sum up to it, and are less than one away from their proportion', () => {
  for (const sizes of [[7, 7, 7], [1, 2, 9], [5, 5], [3, 4, 5, 6], [10]])
    for (const total of upTo(sizes.reduce((sum, size) => sum + size, 0))) {
      const whole = sizes.reduce((sum, size) => sum + size, 0)
      const strata = sizes.map((size, i) => ({ id: `s${i}`, size, minimum: 0 }))
      const counts = allocate(total, strata)
      expect([...counts.values()].reduce((sum, n) => sum + n, 0)).toBe(total)
      for (const { id, size } of strata) expect(Math.abs((counts.get(id) ?? 0) - (total * size) / whole)).toBeLessThan(1)
    }
})
