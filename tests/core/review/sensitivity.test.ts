import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../src/core/random.ts'
import { auditAgainst } from '../../../src/core/review/statistics/audit.ts'
import { binomialAtMost } from '../../../src/core/review/statistics/binomial.ts'
import { stratifiedSampleHolds, stratifiedUpperBound } from '../../../src/core/review/statistics/bound.ts'
import { hypergeometricAtMost, smallestSample, upperBound } from '../../../src/core/review/statistics/hypergeometric.ts'
import {
  correctedIntolerable,
  flaggedAtMost,
  leastSensitivity,
  smallestEndlessSampleFor,
  smallestSampleFor,
  splitRisk,
  upperBoundFor,
} from '../../../src/core/review/statistics/sensitivity.ts'

const alpha = 50_000

test('readers who miss some need more records: the published sizes', () => {
  const shares = [0.95, 0.9, 0.8, 0.7]
  expect(shares.map((se) => smallestEndlessSampleFor(10_000, 0, alpha, se))).toEqual([314, 332, 373, 427])
  expect(shares.map((se) => smallestSampleFor(5_000, 51, 0, alpha, se))).toEqual([299, 316, 356, 407])
  expect(smallestSampleFor(5_000, 51, 0, alpha, 1)).toBe(smallestSample(5_000, 51, 0, alpha))
  // With readers who see one error in a thousand even all records prove nothing.
  expect(smallestSampleFor(5_000, 51, 0, alpha, 0.001)).toBeNull()
})

test('the chance of few flags is the sum over what the sample may hold', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 120 }),
      fc.nat(),
      fc.nat(),
      fc.nat(4),
      fc.integer({ min: 1, max: 99 }),
      (size, a, b, c, se) => {
        const wrong = a % (size + 1)
        const n = b % (size + 1)
        const at = (h: number): number =>
          hypergeometricAtMost(h, size, wrong, n) - (h === 0 ? 0 : hypergeometricAtMost(h - 1, size, wrong, n))
        let sum = 0
        for (let h = 0; h <= Math.min(n, wrong); h++) sum += at(h) * binomialAtMost(c, h, se / 100)
        expect(Math.abs(flaggedAtMost(c, size, wrong, n, se / 100) - sum)).toBeLessThan(1e-9)
      },
    ),
  )
})

test('the corrected bound is the last number that the flags do not refute, and the plain one where readers miss nothing', () => {
  for (const [size, n, x] of [
    [500, 60, 0],
    [500, 120, 2],
    [2_000, 300, 1],
  ] as const) {
    expect(upperBoundFor(size, n, x, alpha, 1)).toBe(upperBound(size, n, x, alpha))
    const bound = upperBoundFor(size, n, x, alpha, 0.85)
    expect(bound).toBeGreaterThan(upperBound(size, n, x, alpha))
    expect(flaggedAtMost(x, size, bound, n, 0.85)).toBeGreaterThan(0.05)
    if (bound < size) expect(flaggedAtMost(x, size, bound + 1, n, 0.85)).toBeLessThanOrEqual(0.05)
    expect(stratifiedUpperBound([{ size, n }], x, alpha, 0.85)).toBe(bound)
  }
  const strata = [
    { size: 700, n: 90 },
    { size: 300, n: 40 },
  ]
  const bound = stratifiedUpperBound(strata, 1, alpha, 0.85)
  expect(bound).toBeGreaterThan(stratifiedUpperBound(strata, 1, alpha))
  expect(stratifiedSampleHolds(strata, bound + 1, 1, alpha, 0.85)).toBe(true)
  expect(stratifiedSampleHolds(strata, bound, 1, alpha, 0.85)).toBe(false)
})

test('what traps prove, one-sided', () => {
  const least = (caught: number, seeded: number): number => leastSensitivity(caught, seeded, 50_000)
  // Caught needed so that the lower limit stays at 0.70 or above.
  for (const [caught, seeded] of [
    [10, 10],
    [13, 14],
    [17, 18],
    [18, 20],
    [21, 24],
    [26, 30],
  ] as const) {
    expect(least(caught, seeded), `${caught} of ${seeded}`).toBeGreaterThanOrEqual(0.7)
    expect(least(caught - 1, seeded)).toBeLessThan(0.7)
  }
  expect([10, 30, 51].map((n) => leastSensitivity(n, n, 5_000).toFixed(2))).toEqual(['0.59', '0.84', '0.90'])
  expect(splitRisk(50_000)).toEqual({ test: 35_000, unseen: 10_000, readers: 5_000 })
})

test('a sequential audit by readers of known sensitivity: published thresholds and stops', () => {
  const stop = (se: number): [number, number] => {
    const intolerable = correctedIntolerable(51, se, 10_000)
    const lot = { size: 5_000, intolerable, riskPpm: 40_000, expectedRight: 1 - 0.3 * 0.01 }
    for (let n = 1; ; n++)
      if (
        auditAgainst(
          lot,
          Array.from({ length: n }, () => true),
        ).decision === 'accept'
      )
        return [intolerable, n]
  }
  expect(stop(0.9)).toEqual([40, 582])
  expect(stop(0.8)).toEqual([34, 736])
})

/** The order of flags in a full review of a lot with so many wrong units. */
function flags(size: number, wrong: number, se: number, random: Random): boolean[] {
  const right = Array.from({ length: size }, (_, n) => n >= wrong || random.next() >= se)
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const [a = true, b = true] = [right[i], right[j]]
    right[i] = b
    right[j] = a
  }
  return right
}

test('a full review by imperfect readers is no census: uncorrected it accepts what it must not, corrected it does not', () => {
  const random = seededRandom('imperfect')
  const runs = process.env.LONG ? 20_000 : 300
  const [size, intolerable, se] = [1_000, 21, 0.9]
  const corrected = correctedIntolerable(intolerable, se, 10_000)
  let plain = 0
  let wrongly = 0
  for (let run = 0; run < runs; run++) {
    const right = flags(size, intolerable, se, random)
    if (auditAgainst({ size, intolerable, riskPpm: alpha }, right).decision === 'accept') plain++
    if (auditAgainst({ size, intolerable: corrected, riskPpm: 40_000 }, right).decision === 'accept') wrongly++
  }
  expect(plain / runs).toBeGreaterThan(0.5)
  expect(wrongly / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
})
