/** Very long and very rare: what would be walked through hour by hour is worked out by the week, with the same numbers. */
import { expect, test } from 'vitest'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { blankScenario, type Scenario } from '../../../../src/core/workflow/map/scenario.ts'
import { DayCounts } from '../../../../src/core/workflow/simulation/engine/day-counts.ts'
import { QueueHours } from '../../../../src/core/workflow/simulation/engine/queue-hours.ts'
import { Shifts } from '../../../../src/core/workflow/simulation/model/shifts.ts'
import { obstacles } from '../../../../src/core/workflow/simulation/obstacles.ts'
import { weekOf } from '../../../../src/core/workflow/times/calendar.ts'

const week = 604_800

test('a queue that stands for weeks adds to each hour what it adds step by step, and one that stands for ever ends', () => {
  const from = 3 * 3600 + 700
  const until = 5 * week + 30 * 3600 + 100
  const atOnce = new QueueHours(2)
  atOnce.change(1, from, 2)
  atOnce.change(1, until, -1)
  const stepwise = new QueueHours(2)
  stepwise.change(1, from, 2)
  for (let at = from + 1800; at < until; at += 1800) stepwise.change(1, at, 0)
  stepwise.change(1, until, -1)
  for (const [hour, sum] of stepwise.sums.entries()) expect(atOnce.sums[hour]).toBeCloseTo(sum, 3)
  atOnce.change(1, until + 500, 0)
  stepwise.change(1, until + 500, 0)
  expect(atOnce.sums[168 + 30]).toBeCloseTo(stepwise.sums[168 + 30] ?? 0, 3)
  const endless = new QueueHours(1)
  endless.change(0, 10, 1)
  endless.change(0, 1e300, -1)
  expect(endless.sums.every((sum) => sum > 1e200)).toBe(true)
})

test('work that pauses between shifts ends at the same moment however many weeks it takes', () => {
  const shifts = new Shifts(weekOf([{ days: 'mon-fri', from: '08:00', to: '16:00' }]), 'pause')
  const start = 86_400 + 10 * 3600
  // 40 hours a week: Tuesday at 10 and so many weeks later.
  for (const weeks of [1, 2, 3, 50, 5000]) {
    expect(shifts.done(start, weeks * 40 * 3600)).toBe(start + weeks * week)
    expect(shifts.done(start, weeks * 40 * 3600 + 7 * 3600)).toBe(start + weeks * week + 23 * 3600)
  }
  expect(shifts.done(start, 1e300)).toBeGreaterThan(1e300)
})

test('days are counted up to the last one asked for, whatever comes after it', () => {
  const days = new DayCounts(2)
  days.begin(43_200, false)
  days.begin(86_400 + 43_200, false)
  days.end(1e300, 1e300)
  expect(days.means(2).open).toEqual([0.5, 1.5])
  expect([...days.came]).toEqual([1, 1])
})

test.each<[Partial<Scenario>, number, string]>([
  [{ cases: 100_000_000_000 }, 2, '100,000,000,000 cases are asked for; at most 1,000,000 can be run.'],
  [{ cases: 900_000, replications: 30 }, 2, '900,000 cases are asked for, 30 times; at most 20,000,000 can be run together.'],
  [{ replications: 1e20, cases: 1 }, 2, '1e+20 replications are asked for; at most 1,000 can be run.'],
  [{}, 6e-300, 'Cases come so rarely that 1,000 of them take more than 1,000 years.'],
  [{ days: 400_000 }, 2, '400,000 days are asked for; at most 1,000 years can be run.'],
  [{ days: 3650 }, 1e6, 'About 87,600,000,000 cases come in 3,650 days; at most 1,000,000 can be run.'],
])('more than can be run is refused in words: %o at %d an hour', (asked, perHour, words) => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {10m}')
  const scenario: Scenario = { ...blankScenario, ...asked, arrivals: [{ node: 'start', perHour }] }
  expect(obstacles(graph, scenario).join('\n')).toContain(words)
})

test('the largest run that is allowed, and a year of a case a day, are not in the way', () => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {10m}')
  const of = (asked: Partial<Scenario>, perHour: number): readonly string[] =>
    obstacles(graph, { ...blankScenario, ...asked, arrivals: [{ node: 'start', perHour }] })
  expect(of({ cases: 1_000_000, replications: 20 }, 2)).toEqual([])
  expect(of({ days: 365 }, 1 / 24)).toEqual([])
})
