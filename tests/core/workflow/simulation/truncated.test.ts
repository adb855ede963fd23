/** The truncated normal: shares above a bound against tables, and draws that have the mean and spread the formulas use. */
import { expect, test } from 'vitest'
import { drawKey } from '../../../../src/core/random.ts'
import { readDuration } from '../../../../src/core/workflow/interop/sketch-facts.ts'
import { type Distribution, meanOf, variationOf } from '../../../../src/core/workflow/map/distribution.ts'
import { readGraph } from '../../../../src/core/workflow/map/read.ts'
import { hazard, normalTail, tailVariance } from '../../../../src/core/workflow/numerics/normal-tail.ts'
import { samplerOf } from '../../../../src/core/workflow/simulation/model/sampler.ts'

test('shares of the normal above a bound, as in the tables', () => {
  for (const [bound, share] of [
    [0, 0.5],
    [1, 0.158655253931457],
    [2, 0.0227501319481792],
    [5, 2.86651571879194e-7],
    [10, 7.61985302416053e-24],
    [-1, 0.841344746068543],
  ] as const)
    expect(normalTail(bound) / share).toBeCloseTo(1, 12)
  // The two ways of working it out meet without a step.
  expect(normalTail(2 - 1e-9) / normalTail(2)).toBeCloseTo(1, 7)
  expect(hazard(2 - 1e-9)).toBeCloseTo(hazard(2), 7)
})

test('a mean of 60 with a spread of 60, never below 0, is 77.3 in formulas as in draws', () => {
  const duration: Distribution = { dist: 'truncnormal', mean: 60, sd: 60, min: 0 }
  expect(meanOf(duration)).toBeCloseTo(77.256, 3)
  expect(variationOf(duration) * meanOf(duration) ** 2).toBeCloseTo(3600 * 0.62968628, 3)
})

test.each([
  [60, 60, 0],
  [100, 10, 0],
  [0, 1, 3],
  [-50, 1, 0],
  [10, 40, 30],
])('draws of mean %d, sd %d above %d have the mean and spread of the formulas, and none lies below', (mean, sd, min) => {
  const duration: Distribution = { dist: 'truncnormal', mean, sd, min }
  const sampler = samplerOf(duration)
  const key = drawKey(5, 6, 7)
  const draws = Array.from({ length: 40_000 }, (_, counter) => sampler(key, counter))
  const found = draws.reduce((sum, value) => sum + value, 0) / draws.length
  const spread = Math.sqrt(draws.reduce((sum, value) => sum + (value - found) ** 2, 0) / draws.length)
  const expected = Math.sqrt(variationOf(duration)) * meanOf(duration)
  expect(Math.abs(found - meanOf(duration))).toBeLessThan((4 * expected) / Math.sqrt(draws.length))
  expect(spread / expected).toBeGreaterThan(0.97)
  expect(spread / expected).toBeLessThan(1.03)
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(min)
  // No heap of draws at the bound itself.
  expect(draws.filter((value) => value === min).length).toBeLessThan(3)
})

test('without a spread a duration is its mean, or the bound above it', () => {
  const at = (mean: number): Distribution => ({ dist: 'truncnormal', mean, sd: 0, min: 10 })
  expect([meanOf(at(20)), variationOf(at(20)), samplerOf(at(20))(1, 1)]).toEqual([20, 0, 20])
  expect([meanOf(at(5)), variationOf(at(5)), samplerOf(at(5))(1, 1)]).toEqual([10, 0, 10])
})

test('far out the spread of what lies above stays positive and falls as 1/a²', () => {
  for (const bound of [20, 99, 101, 1000]) {
    expect(tailVariance(bound) * bound * bound).toBeGreaterThan(0.97)
    expect(tailVariance(bound) * bound * bound).toBeLessThanOrEqual(1)
  }
})

test('numbers that make no time are refused with what is wrong about them, and stay in the file', () => {
  const step = (service: unknown) => ({ nodes: [{ id: 'a', type: 'step', label: 'A', service }] })
  for (const [service, words] of [
    [{ dist: 'truncnormal', mean: 60, sd: -1, min: 0 }, 'sd is -1'],
    [{ dist: 'triangular', min: 9, mode: 4, max: 12 }, 'min 9 lies above mode 4'],
    [{ dist: 'triangular', min: 1, mode: 14, max: 12 }, 'mode 14 lies above max 12'],
    [{ dist: 'uniform', min: 9, max: 4 }, 'min 9 lies above max 4'],
    [{ dist: 'erlang', mean: 9, k: 0.4 }, 'k is 0.4'],
    [{ dist: 'empirical', values: [1, 2], weights: [0, 0] }, 'no value has a weight above 0'],
  ] as const) {
    const { value, problems } = readGraph(step(service), 'current')
    expect(value.nodes.get('a')?.service).toBeNull()
    expect(value.nodes.get('a')?.extra.service).toEqual(service)
    expect(problems.map(({ sentence }) => sentence).join()).toContain(words)
  }
  expect(readDuration('tri(9m,4m,12m)')).toBeNull()
})
