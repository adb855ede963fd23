/** Counts and times of the logs at hand are exactly the published ones. */
import { expect, test } from 'vitest'
import { statisticsOf } from '../../../../src/core/workflow/log/statistics.ts'
import { hasLog, logAtHand } from '../logs-at-hand.ts'

const hour = 3600
const running = 'bpmn-pm4js/running-example.xes'
const road = 'bpmn-pm4js/roadtraffic100traces.xes'
const patients = 'logs/bupar-patients.csv'
const tickets = 'bpmn-pm4js/11_tickets.xes'
const sepsis = 'logs/sepsis-first300cases.csv'

const counts: readonly (readonly [string, number, number, number, number, number])[] = [
  [running, 6, 42, 8, 6, 16],
  [road, 100, 390, 10, 10, 18],
  [patients, 500, 2721, 7, 7, 7],
  [tickets, 9, 43, 6, 9, 11],
  [sepsis, 300, 4178, 16, 256, 99],
]

for (const [path, cases, events, activities, variants, arcs] of counts)
  test.skipIf(!hasLog(path))(`${path}: cases, events, activities, variants and arcs`, async () => {
    const found = statisticsOf(await logAtHand(path))
    expect([found.cases, found.events, found.activities.length, found.variantCount, found.directlyFollows.length]).toEqual([
      cases,
      events,
      activities,
      variants,
      arcs,
    ])
  })

test.skipIf(!hasLog(running))('running-example: arcs, ends, times, hand-overs and rework', async () => {
  const found = statisticsOf(await logAtHand(running))
  expect(found.directlyFollows[0]).toMatchObject({ from: 'check ticket', to: 'decide', count: 6 })
  expect(ends(found)).toEqual({ 'pay compensation': 3, 'reject request': 3 })
  expect((found.times.completeToComplete?.median ?? 0) / hour).toBeCloseTo(226.65, 4)
  expect((found.times.completeToComplete?.mean ?? 0) / hour).toBeCloseTo(268.5806, 4)
  expect([found.handOvers.changes, found.handOvers.total]).toEqual([32, 36])
  expect(found.rework.selfLoops).toEqual({ repeat: 0, redo: 0, unknown: 0, cases: 0 })
  expect(found.rework.repetitions).toEqual({ repeat: 5, redo: 4, unknown: 0, cases: 2 })
})

test.skipIf(!hasLog(road))('roadtraffic100: arcs, ends and times', async () => {
  const log = await logAtHand(road)
  const found = statisticsOf(log)
  expect(found.directlyFollows[0]).toMatchObject({ from: 'Create Fine', to: 'Send Fine', count: 77 })
  expect(ends(found)).toEqual({ 'Send Fine': 17, Payment: 47, 'Send for Credit Collection': 36 })
  expect((found.times.completeToComplete?.median ?? 0) / hour).toBeCloseTo(6072, 6)
  expect((found.times.completeToComplete?.mean ?? 0) / hour).toBeCloseTo(7499.26, 4)
  expect(found.casesWithTies).toBe(8)
  // The dates as people saw them, on clocks that change with summer time, give the published 7,499.04.
  const shown = { ...log, time: log.time.map((time, event) => time + (log.offset?.[event] ?? 0) * 60_000) }
  expect((statisticsOf(shown).times.completeToComplete?.mean ?? 0) / hour).toBeCloseTo(7499.04, 4)
})

test.skipIf(!hasLog(patients))('patients: variants, both throughputs and processing per activity', async () => {
  const found = statisticsOf(await logAtHand(patients))
  expect(found.variants.map(({ cases }) => cases)).toEqual([258, 234, 2, 2, 2, 1, 1])
  const { completeToComplete, startToComplete, processing } = found.times
  expect((completeToComplete?.median ?? 0) / hour).toBeCloseTo(143.4706, 4)
  expect((completeToComplete?.mean ?? 0) / hour).toBeCloseTo(157.4776, 4)
  expect((startToComplete?.median ?? 0) / hour).toBeCloseTo(146.0522, 4)
  expect((startToComplete?.mean ?? 0) / hour).toBeCloseTo(160.2314, 4)
  expect((processing?.mean ?? 0) / hour).toBeCloseTo(27.7, 1)
  const minutes = Object.fromEntries(
    found.activities.map(({ name, processing: time }) => [name, Number(((time?.mean ?? 0) / 60).toFixed(2))]),
  )
  expect(minutes).toEqual({
    Registration: 165.23,
    'Triage and Assessment': 786.33,
    'Blood test': 332.15,
    'MRI SCAN': 248.99,
    'X-Ray': 290.76,
    'Discuss Results': 166.55,
    'Check-out': 123.77,
  })
  const open = Object.fromEntries(found.resources.map(({ name, mostOpen }) => [name, mostOpen]))
  expect([open.r7, open.r1]).toEqual([4, 2])
})

test.skipIf(!hasLog(tickets))('11_tickets: times as strings, all the same, keep the order of the file', async () => {
  const found = statisticsOf(await logAtHand(tickets))
  expect(found.directlyFollows.find(({ from, to }) => from === 'Resolve ticket' && to === 'Closed')?.count).toBe(9)
  expect(found.times.completeToComplete?.max).toBe(0)
})

test.skipIf(!hasLog(sepsis))('sepsis: top arcs, median and rework', async () => {
  const found = statisticsOf(await logAtHand(sepsis))
  const arc = (from: string, to: string): number | undefined =>
    found.directlyFollows.find((one) => one.from === from && one.to === to)?.count
  expect([arc('Leucocytes', 'CRP'), arc('ER Registration', 'ER Triage'), arc('ER Triage', 'ER Sepsis Triage')]).toEqual([
    435, 281, 261,
  ])
  expect((found.times.completeToComplete?.median ?? 0) / hour).toBeCloseTo(129.3608, 4)
  expect(found.rework.selfLoops).toMatchObject({ repeat: 241, redo: 49, cases: 116 })
  expect(found.rework.repetitions).toMatchObject({ repeat: 1114, redo: 45, cases: 204 })
  expect(found.casesWithTies).toBe(286)
})

function ends(found: ReturnType<typeof statisticsOf>): Record<string, number> {
  return Object.fromEntries(found.activities.filter(({ ends: n }) => n > 0).map(({ name, ends: n }) => [name, n]))
}
