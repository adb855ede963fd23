/** Durations drawn from a known distribution are fitted by it, with its parameters. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/core/random.ts'
import { meanOf, variationOf } from '../../../../src/core/workflow/map/distribution.ts'
import { fitDurations } from '../../../../src/core/workflow/mining/fit.ts'
import { gammaShare, logGamma, normalShare } from '../../../../src/core/workflow/mining/special-functions.ts'

const random = seededRandom('fit')
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
const exponential = (): number => -Math.log(1 - random.next())
const draw = (n: number, one: () => number): number[] => Array.from({ length: n }, one)

test.each([
  ['exponential', () => 600 * exponential(), 600, 1],
  ['lognormal', () => Math.exp(5 + 0.8 * normal()), Math.exp(5.32), Math.exp(0.64) - 1],
  ['gamma', () => 100 * (exponential() + exponential() + exponential()), 300, 1 / 3],
] as const)('%s', (name, one, mean, variation) => {
  const fit = fitDurations(draw(3000, one))
  expect(fit?.tried[0]?.name === name || (fit?.p ?? 0) > 0.05).toBe(true)
  if (!fit) return
  expect(Math.abs(meanOf(fit.distribution) / mean - 1)).toBeLessThan(0.05)
  expect(Math.abs(variationOf(fit.distribution) / variation - 1)).toBeLessThan(0.15)
})

test('values that no family describes stay as they are', () => {
  const fit = fitDurations([...draw(500, () => 60 + random.next()), ...draw(500, () => 3600 + random.next())])
  expect(fit?.distribution.dist).toBe('empirical')
  expect(meanOf(fit?.distribution ?? { dist: 'constant', value: 0 })).toBeCloseTo(1830.5, -1)
})

test('a share of zeros stays in the values, so that the mean is that of the log', () => {
  const values = [...draw(400, () => 600 * exponential()), ...draw(100, () => 0)]
  const fit = fitDurations(values)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(fit?.distribution.dist).toBe('empirical')
  expect(fit?.n).toBe(500)
  expect(Math.abs(meanOf(fit?.distribution ?? { dist: 'constant', value: 0 }) / mean - 1)).toBeLessThan(1e-3)
  expect(fit?.note).toMatch(/100 of 500 took no time/)
  const few = fitDurations([...draw(999, () => 600 * exponential()), 0])
  expect(few?.note).toMatch(/1 of 1000 took no time and were left out/)
})

test('a family that a map can not hold is named, not denied', () => {
  const fit = fitDurations(draw(3000, () => 600 * exponential() ** 0.25))
  expect(fit?.tried[0]?.name).toBe('weibull')
  expect(fit?.distribution.dist).toBe('empirical')
  expect(fit?.note).toMatch(/^Weibull fits \(p 0\.\d\d\), which a map can not hold/)
  const both = fitDurations([...draw(500, () => 60 + random.next()), ...draw(500, () => 3600 + random.next()), 0])
  expect(both?.note).toMatch(/No family fits.*1 of 1001 took no time/)
})

test('equal values are constant; none at all give nothing; zeros are said', () => {
  expect(fitDurations([60, 60, 60])?.distribution).toEqual({ dist: 'constant', value: 60 })
  expect(fitDurations([])).toBeNull()
  expect(fitDurations([0, 0, 60, 60])?.note).toContain('2 of 4')
})

test('shares of the normal and gamma distributions', () => {
  expect(normalShare(1.959963984540054)).toBeCloseTo(0.975, 10)
  expect(gammaShare(2, 2)).toBeCloseTo(1 - 3 * Math.exp(-2), 12)
  expect(gammaShare(0.5, 0.2)).toBeCloseTo(0.4729107431344619, 10)
  expect(logGamma(10)).toBeCloseTo(Math.log(362880), 10)
})
