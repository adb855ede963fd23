/** The cut of bookings: the same seed gives the same answer, and where chance plays no part the runs are the formula of the queue. */
import { expect, test } from 'vitest'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { capacityCut, cutAssumptions, judgedCut } from '../../../src/core/readiness/criteria/go-live/capacity-cut.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { bookedClinics } from '../../../src/core/readiness/measures/clinic-weeks.ts'
import type { Thresholds } from '../../../src/core/readiness/model/criterion.ts'
import { adviseCut, type ClinicWeeks, cutChoices, neverWorkedOff } from '../../../src/core/readiness/statistics/booking-cut.ts'
import { addDays } from '../../../src/core/values/day.ts'

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
  // 1.433 × 2,000 × (1 − cut) ≤ 2,200 from 23.2 % on: the next step of five points.
  expect(adviseCut({ ...clinic, noShow: 0 }, even, 's')).toMatchObject({ wanted: 0.25 })
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
  // 100 visits of 20 minutes take 2,000; nine of ten of them 1,800.
  expect([2000, 2001].map((capacity) => neverWorkedOff({ ...clinic, noShow: 0, capacity }))).toEqual([true, false])
  expect([1800, 1801].map((capacity) => neverWorkedOff({ ...clinic, noShow: 0.1, capacity }))).toEqual([true, false])
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
  const firstLines = [{ kind: 'bookings', line: 7, words: '02-Nov-2026, 30 minutes, booked' }]
  const usualWeek = { clinic: 'Family', visits: 2, minutes: 30, noShow: 1 / 3, capacity: 60 }
  expect(bookedClinics(rows, '2026-11-02', 2, '2026-11-02')).toEqual([
    { ...usualWeek, first: 1, comparable: 2, cut: 50, firstLines },
  ])
  expect(bookedClinics(rows, '2027-11-02', 2, '2027-11-02')).toEqual([])
})

const goLive = '2026-11-02'

/** Fifty visits a week, ten more in every third, of which the book holds `share(days)` so many days before; nobody has cut anything unless `cut` says so. */
function book(asOf: string, share: (daysAhead: number) => number, cut: number, made: boolean): string {
  const lines = ['booking_id,clinic,start,minutes,status,created_at']
  // A visit is made as long before its week as the share says.
  const early = Array.from(
    { length: 50 },
    (_, n) => Array.from({ length: 120 }, (_, days) => days).findLast((days) => share(days) >= (n + 1) / 50) ?? 0,
  )
  for (let week = -11; week <= 0; week++)
    for (let n = 0; n < (week < 0 && week % 3 === 0 ? 60 : 50); n++) {
      const day = addDays(goLive, 7 * week + (n % 5))
      const created = addDays(goLive, 7 * week - (early[n < 50 ? n : 5 * (n - 50)] ?? 0))
      if (created > asOf || (week === 0 && n % 10 < 10 * cut)) continue
      lines.push(
        `B${week}-${n},Family,${day}T09:00:00Z,20,${day < asOf ? 'completed' : 'booked'},${made ? `${created}T08:00:00Z` : ''}`,
      )
    }
  return `${lines.join('\n')}\n`
}

const judged = (bookings: string, asOf: string, thresholds: Thresholds = {}) =>
  capacityCut.compute(
    givenOf(
      {
        bookings: exampleFile('bookings', bookings),
        milestones: exampleFile('milestones', `milestone,planned_on\ngo-live,${goLive}\n`),
      },
      capacityCut.code,
      capacityCut.needs,
    ),
    { ...capacityCut.thresholds, ...thresholds },
    asOf,
  )

test('visits booked under a clinic that nobody had before are no cut of the others', () => {
  const whole = book(goLive, () => 1, 0.4, true)
  expect(judged(whole, goLive).state).toBe('proven')
  const moved = judged(`${whole}X,Family annex,${goLive}T09:00:00Z,20,booked,\n`, goLive)
  expect([moved.state, moved.words]).toEqual(['missing', expect.stringContaining('Family annex')])
})

const fills = [(days: number) => Math.max(0, 1 - days / 112), (days: number) => 0.4 + 0.6 / (1 + days / 10), () => 1]

test('a book that thins into the future is no cut, however long before go-live it is read, and whatever it says of its making', () => {
  for (const share of fills)
    for (const ahead of [0, 1, 7, 20, 49]) {
      const asOf = addDays(goLive, -ahead)
      for (const made of [true, false])
        expect([ahead, judged(book(asOf, share, 0, made), asOf).state]).not.toEqual([ahead, 'proven'])
      // Three of ten visits were put off: seen as soon as half of a usual week is booked.
      const cut = judged(book(asOf, share, 0.3, true), asOf)
      expect([ahead, cut.state]).toEqual([ahead, share(ahead) >= 0.55 ? 'proven' : expect.stringMatching(/proven|missing/)])
      if (ahead > 0) expect(judged(book(asOf, share, 0.3, false), asOf).state).toBe('missing')
    }
})

test('a cut of the band that is not enough for the first week is said so and proves nothing, and the view says the same', () => {
  const asOf = goLive
  for (const [slowdownPercent, cut] of [
    [200, 0.5],
    [900, 0.5],
  ] as const) {
    const measure = judged(
      book(asOf, () => 1, cut, true),
      asOf,
      { slowdownPercent },
    )
    expect([measure.state, measure.value]).toEqual(['failed', 0])
    expect(measure.cells[0]?.name).toContain('takes more staff as well')
  }
  // The band is that of the thresholds, for the criterion and for the view.
  const clinic = bookedClinics(
    exampleFile(
      'bookings',
      book(asOf, () => 1, 0.1, true),
    ).rows,
    goLive,
    4,
    asOf,
  )[0]
  if (!clinic) throw new Error('no clinic')
  const narrow = { ...capacityCut.thresholds, leastPercent: 10, mostPercent: 20, slowdownPercent: 0 }
  const advice = adviseCut(clinic, cutAssumptions(narrow), 's', 1)
  expect(judgedCut(clinic, advice, narrow)).toMatchObject({ asked: expect.any(Number), enough: true, holds: true })
  expect(judgedCut(clinic, advice, capacityCut.thresholds).holds).toBe(false)
})
