/** Drift: silence where nothing changes, an alarm where something does, and thresholds that fit the size of the windows. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/core/random.ts'
import type { EventLog } from '../../../../src/core/workflow/log/event-log.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { arcsOfCases, caseCounts } from '../../../../src/core/workflow/mining/case-counts.ts'
import { jensenShannon } from '../../../../src/core/workflow/mining/distribution-distance.ts'
import { driftOf } from '../../../../src/core/workflow/mining/drift.ts'
import { hasLog, logAtHand, logOf } from '../logs-at-hand.ts'

interface Change {
  readonly from: number
  /** Share of cases without triage; how much longer cases take; share of cases with another order. */
  readonly skip?: number
  readonly slower?: number
  readonly reorder?: number
}

/** Cases every half hour; what happens in them is drawn. */
async function made(seed: string, cases: number, change: Change = { from: cases }): Promise<EventLog> {
  const random = seededRandom(seed)
  const rows: string[] = []
  for (let c = 0; c < cases; c++) {
    const now = c >= change.from ? change : { from: 0 }
    const skips = random.next() < (now.skip ?? 0.02)
    const turns = random.next() < (now.reorder ?? 0)
    const middle = turns ? ['Bloods', 'Triage'] : ['Triage', 'Bloods']
    const steps = [
      'Register',
      ...middle.filter((step) => step !== 'Triage' || !skips),
      ...(random.next() < 0.3 ? ['X-ray'] : []),
      'Discharge',
    ]
    let time = Date.UTC(2024, 0, 1) + c * 1_800_000
    for (const step of steps) {
      time += (1 + random.next() * 2) * 600_000 * (now.slower ?? 1)
      rows.push(`${c},${step},${new Date(time).toISOString()}`)
    }
  }
  return logOf('log.csv', `case,activity,time\n${rows.join('\n')}\n`)
}

const runs = process.env.LONG === undefined ? 8 : 200

test('no change, no alarm: in at most one of eight logs, five of a hundred over many', async () => {
  let alarms = 0
  for (let seed = 0; seed < runs; seed++) {
    const drift = driftOf({ log: await made(`calm ${seed}`, 300) })
    if (drift && (drift.windows.some(({ alarms: found }) => found.length > 0) || drift.leadTime || drift.missing.length > 0))
      alarms++
  }
  expect(alarms).toBeLessThanOrEqual(Math.max(1, runs / 20))
})

test('a step left out by 15 % of the cases is found and named within 200 cases', async () => {
  for (let seed = 0; seed < 3; seed++) {
    const drift = driftOf({ log: await made(`skip ${seed}`, 600, { from: 300, skip: 0.17 }), baseline: 200, window: 100 })
    const found = drift?.missing.find(({ activity }) => activity === 'Triage')
    expect(found?.before).toBeGreaterThan(0.93)
    expect(drift?.windows[found?.window ?? 99]?.to).toBeLessThanOrEqual(Date.UTC(2024, 0, 1) + 502 * 1_800_000)
    expect(drift?.missing.map(({ activity }) => activity)).toEqual(['Triage'])
  }
})

test('another order of steps raises the alarm of arcs', async () => {
  const drift = driftOf({ log: await made('order', 500, { from: 250, reorder: 0.6 }) })
  expect(drift?.windows.at(-1)?.alarms).toEqual(['arcs'])
  expect(drift?.windows[0]?.alarms).toEqual([])
})

test('cases that take longer are found by their lead time, with where it began', async () => {
  const drift = driftOf({ log: await made('slow', 500, { from: 250, slower: 1.6 }) })
  expect(drift?.leadTime?.direction).toBe('up')
  const at = ((drift?.leadTime?.began ?? 0) - Date.UTC(2024, 0, 1)) / 1_800_000
  expect(Math.abs(at - 250)).toBeLessThan(30)
})

test('cases that no longer go as drawn raise the alarm of conformance', async () => {
  const log = await made('fit', 400)
  const order = caseCounts(instancesOf(log)).order
  const fits = order.map((_, index) => index % 10 !== 0 && (index < 250 || index % 3 !== 0))
  const drift = driftOf({ log, fits, baseline: 100 })
  expect(drift?.windows[0]?.alarms).toEqual([])
  expect(drift?.windows.at(-1)?.alarms).toEqual(['conformance'])
})

test.each([60, 0.1, 7.7, 86_400])('cases that all take %d seconds never take longer', async (seconds) => {
  const rows = Array.from({ length: 300 }, (_, c) => {
    const from = Date.UTC(2024, 0, 1) + c * 1_800_000
    return [from, from + seconds * 1000].map((time, step) => `${c},${'ab'[step]},${new Date(time).toISOString()}`).join('\n')
  })
  const drift = driftOf({ log: await logOf('log.csv', `case,activity,time\n${rows.join('\n')}\n`) })
  expect(drift?.windows.length).toBeGreaterThan(0)
  expect(drift?.leadTime).toBeNull()
})

test('the last window ends with the last case, however many there are', async () => {
  for (const cases of [200, 213, 229]) {
    const log = await made(`tail ${cases}`, cases)
    const counts = caseCounts(instancesOf(log))
    const drift = driftOf({ log, baseline: 100, window: 50 })
    expect(drift?.windows.at(-1)?.to).toBe(counts.startOf[counts.order.at(-1) ?? 0])
    expect(drift?.windows.every((one) => one.cases === 50)).toBe(true)
    expect(new Set(drift?.windows.map(({ from }) => from)).size).toBe(drift?.windows.length)
  }
})

test('a log with too few cases gives no verdict', async () => {
  expect(driftOf({ log: await made('short', 20) })).toBeNull()
})

const sepsis = 'logs/sepsis-first300cases.csv'
test.skipIf(!hasLog(sepsis))('sepsis: halves of one log lie 0.02 bit apart by arcs, small windows more than 0.1', async () => {
  const instances = instancesOf(await logAtHand(sepsis))
  const counts = caseCounts(instances)
  const random = seededRandom('halves')
  const draw = (size: number): number => {
    const mixed = [...counts.order].map((one) => [random.next(), one] as const).sort((a, b) => a[0] - b[0])
    const cases = mixed.map(([, one]) => one)
    return jensenShannon(arcsOfCases(counts, cases.slice(0, size)), arcsOfCases(counts, cases.slice(size, 2 * size)))
  }
  const halves = Array.from({ length: 100 }, () => draw(150)).sort((a, b) => a - b)
  expect(halves[50]).toBeGreaterThan(0.015)
  expect(halves[50]).toBeLessThan(0.03)
  const small = Array.from({ length: 100 }, () => draw(30)).sort((a, b) => a - b)
  expect(small[95]).toBeGreaterThan(0.08)
  const drift = driftOf({ log: instances.log, window: 30 }, instances)
  expect(drift?.threshold).toBeGreaterThan(0.08)
})
