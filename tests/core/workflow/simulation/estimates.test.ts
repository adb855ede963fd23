/** Queueing formulas against the published table and each other. */
import { expect, test } from 'vitest'
import {
  erlangB,
  erlangC,
  networkLead,
  priorityWaits,
  queueWait,
  waitsLonger,
} from '../../../../src/core/workflow/times/estimates.ts'

const loads = [0.7, 0.8, 0.85, 0.9, 0.95]

test('waits and shares that wait, as in the table of M/M/c', () => {
  for (const [c, waits, shares] of [
    [1, [2.3333, 4, 5.6667, 9, 19], [0.7, 0.8, 0.85, 0.9, 0.95]],
    [2, [0.9608, 1.7778, 2.6036, 4.2632, 9.2564], [0.5765, 0.7111, 0.7811, 0.8526, 0.9256]],
    [3, [0.547, 1.0787, 1.6231, 2.7235, 6.0467], [0.4923, 0.6472, 0.7304, 0.8171, 0.907]],
    [5, [0.2519, 0.5541, 0.8726, 1.525, 3.5112], [0.3778, 0.5541, 0.6545, 0.7625, 0.8778]],
    [10, [0.0739, 0.2046, 0.3532, 0.6687, 1.6512], [0.2217, 0.4092, 0.5299, 0.6687, 0.8256]],
  ] as const)
    loads.forEach((load, index) => {
      expect(queueWait(1, load, c)).toBeCloseTo(waits[index] ?? 0, 4)
      expect(erlangC(load, c)).toBeCloseTo(shares[index] ?? 0, 4)
    })
  expect(erlangC(0.85, 3)).toBeCloseTo(0.730377, 6)
})

test('Erlang-B blocks as published', () => {
  expect(erlangB(2, 3)).toBeCloseTo(0.210526, 6)
  expect(erlangB(4, 5)).toBeCloseTo(0.199067, 6)
  expect(erlangB(8, 10)).toBeCloseTo(0.121661, 6)
})

test('one person and any service: Pollaczek–Khinchine', () => {
  for (const [variation, wait] of [
    [0, 2],
    [0.25, 2.5],
    [0.5, 3],
    [1 / 3, 2.666667],
    [2.25, 6.5],
    [4, 10],
  ] as const)
    expect(queueWait(1, 0.8, 1, (1 + variation) / 2)).toBeCloseTo(wait, 6)
})

test('priority without interruption: Cobham, and the classes together wait as without priority', () => {
  const each = (service: number, rates: readonly number[], c: number): readonly number[] =>
    priorityWaits(
      service,
      rates.map((rate) => (rate * service) / c),
      c,
    )
  expect(each(1, [0.3, 0.5], 1).map((wait) => wait.toFixed(6))).toEqual(['1.142857', '5.714286'])
  expect(each(1, [0.6, 1], 2).map((wait) => wait.toFixed(6))).toEqual(['0.507937', '2.539683'])
  expect(each(1, [0.5, 1, 1.05], 3).map((wait) => wait.toFixed(6))).toEqual(['0.292151', '0.584301', '3.246118'])
  const [first = 0, second = 0] = each(1, [0.6, 1], 2)
  expect((0.6 * first + second) / 1.6).toBeCloseTo(queueWait(1, 0.8, 2), 9)
  // The class that overloads the role is never served; those before it are.
  const [served = 0, never = 0] = each(1, [0.5, 0.9], 1)
  expect(served).toBeCloseTo(2, 9)
  expect(never).toBe(Number.POSITIVE_INFINITY)
})

test('the share that waits longer than t falls from the share that waits at all, and its 90th percentile is the published one', () => {
  expect(waitsLonger(60, 0.85, 3, 0)).toBeCloseTo(erlangC(0.85, 3), 12)
  expect(waitsLonger(1, 0.5, 1, 3.2189)).toBeCloseTo(0.1, 4)
  expect(waitsLonger(1, 0.8, 1, 10.3972)).toBeCloseTo(0.1, 4)
  expect(waitsLonger(1, 0.95, 1, 45.0258)).toBeCloseTo(0.1, 4)
  expect(waitsLonger(1, 0.85, 3, 4.418645)).toBeCloseTo(0.1, 6)
  expect(waitsLonger(1, 1.2, 3, 5)).toBe(1)
})

test('the clinic network takes 90.389830 minutes', () => {
  const steps = [
    [1, 3, 1],
    [1.2, 7, 2],
    [4 / 3, 12, 4],
    [2 / 3, 6, 1],
    [1, 4, 2],
    [0.25, 5, 1],
  ] as const
  const lead = networkLead(
    steps.map(([visits, work, c]) => ({ visits, work, wait: queueWait(work, (visits * work) / 5 / c, c) })),
  )
  expect(lead).toBeCloseTo(90.38983, 5)
})
