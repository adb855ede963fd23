/** Inputs and numbers of the Simulate screen, without a screen: texts that read back, axes that are round, hours that were never seen. */
import { expect, test } from 'vitest'
import {
  ratesOf,
  readShifts,
  shiftsText,
  stretchOf,
  withArrival,
  withStretch,
} from '../../../../src/app/routes/workflow/simulate/simulate-scenario.ts'
import { axisOf, queueByHour, timeAxis } from '../../../../src/app/routes/workflow/simulate/simulate-view.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'

test('opening hours read back as they are written, and other words are refused', () => {
  const text = 'mon-fri 08:00-12:00; mon-thu 13:00-17:30; sat,sun 09:00-10:00'
  const shifts = readShifts(text)
  expect(shifts?.length).toBe(3)
  expect(shiftsText(shifts ?? [])).toBe(text)
  expect(readShifts('Mon-Fri 8:00 – 12:00')).toEqual([{ days: 'mon-fri', from: '08:00', to: '12:00' }])
  for (const wrong of ['', 'weekdays 8-12', 'mon 08:00', 'mon 08:00-12:00, tue']) expect(readShifts(wrong)).toBeNull()
})

test('a day is one stretch of one rate, or its hours differ', () => {
  const arrival = withStretch({ node: 'start', perHour: 2 }, 'mon', { from: 9, to: 12, perHour: 6 })
  const rates = ratesOf(arrival)
  expect(stretchOf(rates?.mon)).toEqual({ from: 9, to: 12, perHour: 6 })
  // The other days keep what was said of all hours.
  expect(rates?.tue?.every((rate) => rate === 2)).toBe(true)
  expect(stretchOf([0, 1, 2, ...Array.from({ length: 21 }, () => 0)])).toBeNull()
  expect(stretchOf(undefined)?.perHour).toBe(0)
})

test('a stream is added, changed and taken away without touching the others', () => {
  const one = withArrival(blankScenario, 0, { node: 'start', perHour: 1 })
  const two = withArrival(one, 1, { node: 'walk-in', perHour: 2 })
  expect(two.arrivals.length).toBe(2)
  expect(withArrival(two, 0, { node: 'start', perHour: 3 }).arrivals).toEqual([
    { node: 'start', perHour: 3 },
    { node: 'walk-in', perHour: 2 },
  ])
  expect(withArrival(two, 0, null).arrivals).toEqual([{ node: 'walk-in', perHour: 2 }])
})

test('axes end at a round number that nothing exceeds', () => {
  for (const most of [0.013, 0.4, 1, 7.3, 99, 12_345]) {
    const { end, ticks } = axisOf(most)
    expect(end).toBeGreaterThanOrEqual(most)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThanOrEqual(6)
    expect(ticks.at(-1)).toBeCloseTo(end, 9)
  }
  expect(timeAxis(30 * 3600).ticks).toEqual([0, 10, 20, 30].map((hours) => hours * 3600))
})

test('a queue by the hour is the mean of the days asked for; an hour never seen stays empty', () => {
  const week = (value: (day: number, hour: number) => number | null): (number | null)[] =>
    Array.from({ length: 168 }, (_, at) => value(Math.floor(at / 24), at % 24))
  const role = {
    id: 'md',
    utilisation: 0,
    interval: [0, 0],
    series: [],
    load: 0,
    wait: { mean: 0, interval: [0, 0], series: [] },
    late: null,
    queueByHour: [week((day, hour) => (hour === 3 ? null : day)), week((day, hour) => (hour === 3 ? null : day + 2))],
  } as const
  const monday = queueByHour(role, [0])
  expect(monday[8]?.mean).toBe(1)
  expect(monday[8]?.series).toEqual([0, 2])
  expect(monday[3]).toBeNull()
  expect(queueByHour(role, [0, 6])[8]?.mean).toBe(4)
})
