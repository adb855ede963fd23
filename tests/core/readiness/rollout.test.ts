/** Ways of rolling out: cases with a known answer, and simulated runs around the expected values. */
import { expect, test } from 'vitest'
import {
  expectedRollout,
  type RolloutDepartment,
  rolloutWays,
  simulateRollouts,
  slownessOf,
} from '../../../src/core/readiness/statistics/rollout.ts'

const assumptions = { slowdown: 0.5, halfLifeDays: 7, parallelWeeks: 4, pilotWeeks: 6 }
const department = (name: string, parts: Partial<RolloutDepartment> = {}): RolloutDepartment => ({
  department: name,
  visitsPerWeek: 300,
  minutesPerVisit: 20,
  startWeek: 0,
  pilot: false,
  exchangesWith: [],
  ...parts,
})
/** Three departments of 100 hours a week: two exchange data with the first. */
const three = [
  department('Ward', { pilot: true }),
  department('Laboratory', { startWeek: 4, exchangesWith: ['Ward'] }),
  department('Desk', { startWeek: 8, exchangesWith: ['Ward'] }),
]

test('a half-life of a week halves the slowness from week to week; all weeks together are one first week twice', () => {
  expect(slownessOf(0, assumptions)).toBeCloseTo(0.25 / Math.LN2, 12)
  expect(slownessOf(3, assumptions)).toBeCloseTo(slownessOf(0, assumptions) / 8, 12)
  expect(slownessOf(-1, assumptions)).toBe(0)
})

test('known cases: hours, exposed visits and temporary interfaces of each way', () => {
  const of = (way: (typeof rolloutWays)[number]) => expectedRollout(way, three, assumptions)
  // 300 hours a week, slower by 36.07 % in the first: 108.2 hours; in all weeks up to twice that.
  expect(of('at-once')).toMatchObject({ exposedVisits: 900, mostExposedInAWeek: 900, temporaryInterfaces: 0 })
  expect(of('at-once').worstWeekPercent).toBeCloseTo(36.067, 3)
  expect(of('at-once').extraHours).toBeCloseTo(216.4, 1)
  // One department at a time: a third of the visits exposed in a week; four weeks later what is left of the first adds a sixteenth.
  expect(of('phased')).toMatchObject({ exposedVisits: 900, mostExposedInAWeek: 300, temporaryInterfaces: 2 })
  expect(of('phased').worstWeekPercent).toBeCloseTo((36.067 / 3) * (1 + 1 / 16 + 1 / 256), 3)
  // Side by side everything is entered twice: four weeks of 300 hours beyond the learning.
  expect(of('parallel')).toMatchObject({ exposedVisits: 0, temporaryInterfaces: 3 })
  expect(of('parallel').extraHours - of('at-once').extraHours).toBeCloseTo(1200, 6)
  // The pilot exchanges with both others, which follow together.
  expect(of('pilot')).toMatchObject({ mostExposedInAWeek: 600, temporaryInterfaces: 2 })
})

test('simulated runs lie around the expected values, and the same seed gives the same runs', () => {
  const simulated = simulateRollouts(three, assumptions, 's', 400)
  expect(simulated.map(({ way }) => way)).toEqual(rolloutWays)
  for (const { way, mean, worstWeekPercent95 } of simulated) {
    const expected = expectedRollout(way, three, assumptions)
    expect(Math.abs(mean.extraHours / expected.extraHours - 1)).toBeLessThan(0.02)
    expect(mean.exposedVisits).toBeGreaterThan(expected.exposedVisits * 0.98 - 1)
    expect(worstWeekPercent95).toBeGreaterThan(expected.worstWeekPercent)
    expect(mean.temporaryInterfaces).toBe(expected.temporaryInterfaces)
  }
  expect(simulateRollouts(three, assumptions, 's', 20)).toEqual(simulateRollouts(three, assumptions, 's', 20))
})
