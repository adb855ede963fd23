/** The cut of bookings: the same seed gives the same answer, and where chance plays no part the runs are the formula of the queue. */
import { expect, test } from 'vitest'
import { adviseCut, type ClinicWeeks, cutChoices } from '../../../src/core/readiness/booking-cut.ts'
import { bookedClinics } from '../../../src/core/readiness/clinic-weeks.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/example-evidence.ts'

const usual = { slowdown: 0.5, halfLifeDays: 7, spread: 0.3, rebookWeeks: 4, mostLeft: 0.1 }
const clinic: ClinicWeeks = { clinic: 'Family', visits: 100, minutes: 20, noShow: 0.1, capacity: 2200 }

test('without chance every run is the recursion of the queue, worked out here', () => {
  const even = { ...usual, spread: 0, slowdown: 0.6, rebookWeeks: 2, mostLeft: 0 }
  const { forecasts } = adviseCut({ ...clinic, noShow: 0 }, even, 's')
  for (const { cut, weeks } of forecasts) {
    let left = 0
    for (const { week, left: mean, left95, booked } of weeks) {
      // The mean of 0.6 · 2^(−t/7) over week w is 0.6 · 2^(−w) · 0.5 / ln 2.
      const slow = (0.6 * 2 ** -week * 0.5) / Math.LN2
      const visits = week === 0 ? 100 * (1 - cut) : 100 + (week <= 2 ? (100 * cut) / 2 : 0)
      left = Math.max(0, left + visits * 20 * (1 + slow) - 2200)
      expect(booked).toBeCloseTo(visits, 9)
      expect([mean, left95]).toEqual([expect.closeTo(left, 6), expect.closeTo(left, 6)])
    }
  }
  // 1.433 × 2,000 × (1 − cut) ≤ 2,200 from 23.2 % on: the next step of five points, then the least of the published band.
  expect(adviseCut({ ...clinic, noShow: 0 }, even, 's')).toMatchObject({ wanted: 0.25, recommended: 0.25 })
})

test('the same seed gives the same answer, whatever the horizon; another seed hardly another one', () => {
  const advice = adviseCut(clinic, usual, 's')
  expect(adviseCut(clinic, usual, 's')).toEqual(advice)
  expect(adviseCut(clinic, usual, 's', 1).wanted).toBe(advice.wanted)
  expect(Math.abs((adviseCut(clinic, usual, 'other').wanted ?? 1) - (advice.wanted ?? 1))).toBeLessThanOrEqual(0.05)
})

test('a larger cut leaves less after the first week and holds more often; more slowness asks for a larger one', () => {
  const { forecasts } = adviseCut(clinic, usual, 's')
  expect(forecasts.map(({ cut }) => cut)).toEqual(cutChoices)
  for (const [index, each] of forecasts.entries()) {
    const before = forecasts[index - 1]
    if (!before) continue
    expect(each.holds).toBeGreaterThanOrEqual(before.holds)
    expect(each.weeks[0]?.left95).toBeLessThanOrEqual(before.weeks[0]?.left95 ?? 0)
  }
  const wanted = [0.2, 0.5, 0.8, 1.1].map((slowdown) => adviseCut(clinic, { ...usual, slowdown }, 's').wanted ?? 1)
  expect(wanted).toEqual(wanted.toSorted((a, b) => a - b))
  expect(new Set(wanted).size).toBeGreaterThan(2)
})

test('a clinic with room recovers, one that is full every week never does', () => {
  const roomy = adviseCut({ ...clinic, capacity: 2600 }, usual, 's').forecasts.find(({ cut }) => cut === 0.25)
  expect(roomy?.recovered).toBeGreaterThanOrEqual(4)
  expect(roomy?.recovered).toBeLessThan(12)
  const full = adviseCut({ ...clinic, noShow: 0, capacity: 2000 }, usual, 's').forecasts.find(({ cut }) => cut === 0.25)
  expect(full?.recovered).toBeNull()
})

test('the appointment book gives usual week, busiest week and who does not come; cancelled bookings count nowhere', () => {
  const line = (id: string, day: string, minutes: number, status: string): string =>
    `${id},Family,${day}T09:00:00Z,${minutes},${status}`
  const { rows } = exampleFile(
    'bookings',
    [
      'booking_id,clinic,start,minutes,status',
      line('a', '2026-10-20', 20, 'completed'),
      line('b', '2026-10-21', 40, 'completed'),
      line('c', '2026-10-22', 30, 'no-show'),
      line('d', '2026-10-23', 30, 'cancelled'),
      line('e', '2026-10-27', 30, 'booked'),
      line('f', '2026-11-02', 30, 'booked'),
      '',
    ].join('\n'),
  )
  expect(bookedClinics(rows, '2026-11-02', 2)).toEqual([
    { clinic: 'Family', visits: 2, minutes: 30, noShow: 1 / 3, capacity: 60, first: 1, cut: 50, firstLines: [7] },
  ])
  expect(bookedClinics(rows, '2027-11-02', 2)).toEqual([])
})
