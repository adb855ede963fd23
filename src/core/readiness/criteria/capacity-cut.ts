/** Item 67: each clinic books less in the first week after go-live: as much as its simulated queue asks for, within a quarter to a half. */
import { adviseCut, type CutAssumptions } from '../booking-cut.ts'
import { bookedClinics } from '../clinic-weeks.ts'
import { type Cell, type Criterion, nothingToJudge, type Thresholds } from '../criterion.ts'
import { addDays, dayText } from '../day.ts'
import { goLiveOf } from '../go-live.ts'
import { exampleFile } from './example-evidence.ts'
import { held } from './lines.ts'

/** One seed for criterion and view: both meet the same runs. */
export const cutSeed = 'booking-cut'

export function cutAssumptions(thresholds: Thresholds): CutAssumptions {
  return {
    slowdown: (thresholds.slowdownPercent ?? 50) / 100,
    halfLifeDays: thresholds.halfLifeDays ?? 7,
    spread: (thresholds.spreadPercent ?? 30) / 100,
    rebookWeeks: thresholds.rebookWeeks ?? 4,
    mostLeft: (thresholds.mostLeftPercent ?? 10) / 100,
  }
}

export const capacityCut: Criterion<'bookings' | 'milestones'> = {
  code: 'readiness/capacity-cut',
  items: [67],
  phase: 'go-live',
  severity: 'error',
  title: 'Bookings of the first week are not cut',
  why: 'Staff at half speed before a full waiting room is how the first day is lost.',
  remedy: 'Move bookings of each clinic listed out of the first week until the cut is reached.',
  needs: ['bookings', 'milestones'],
  // Half slower on the first day, halved every week; a visit's length varies by a third; put-off visits come back over four weeks.
  thresholds: {
    leastPercent: 25,
    mostPercent: 50,
    weeksBefore: 4,
    slowdownPercent: 50,
    halfLifeDays: 7,
    spreadPercent: 30,
    rebookWeeks: 4,
    mostLeftPercent: 10,
  },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const weeks = thresholds.weeksBefore ?? 4
    const clinics = bookedClinics(given.value('bookings').rows, day, weeks)
    if (clinics.length === 0) return nothingToJudge(`No clinic has bookings in the ${weeks} weeks before ${dayText(day)}`)
    const [least, most] = [thresholds.leastPercent ?? 25, thresholds.mostPercent ?? 50]
    const cells = clinics.flatMap((clinic): readonly Cell[] => {
      const { first, visits, cut } = clinic
      const { recommended } = adviseCut(clinic, cutAssumptions(thresholds), cutSeed, 1)
      const asked = Math.max(least, Math.min(most, 100 * recommended))
      // Half a point is less than one visit of any clinic of this size.
      if (cut >= asked - 0.5 && cut <= most) return []
      const words = `${clinic.clinic}: ${first} bookings, usually ${visits} a week (${cut} % less; the simulation asks for ${asked} %, ${least} to ${most} % are usual)`
      return [{ name: words, route: `/readiness/views/bookings?clinic=${encodeURIComponent(clinic.clinic)}` }]
    })
    const value = clinics.length - cells.length
    const words = `${value} of ${clinics.length} clinics book as much less in the first week as their simulation asks, within ${least} to ${most} %`
    return held(cells.length === 0, { value, of: clinics.length, threshold: clinics.length, words, cells })
  },
  examples: {
    flags: [
      // Ten a week before, ten in the first week: no cut. Four of ten would be a cut of 60 %: more than asked.
      { name: 'the first week is booked as always', value: 0, evidence: booked(10) },
      // 15 visits of 20 minutes take 36 % longer, and in one of twenty weeks 13 % more than that: 460 minutes, 440 are allowed.
      { name: 'a quarter was cut where the queue asks for thirty percent', value: 0, evidence: booked(15, 20) },
      { name: 'more than half was cut', value: 0, evidence: booked(4) },
    ],
    // Six visits take 163 minutes, and in one of twenty weeks 20 % more than that: 196 of the 220 that are allowed.
    passes: [{ name: 'six of ten are booked', value: 1, evidence: booked(6) }],
  },
}

function booked(first: number, usual = 10) {
  const line = (week: number, n: number): string =>
    `B${week}-${n},Family,${addDays('2026-11-02', week * 7 + (n % 5))}T${String(8 + Math.floor(n / 5)).padStart(2, '0')}:00:00Z,20,booked`
  const before = [-4, -3, -2, -1].flatMap((week) => Array.from({ length: usual }, (_, n) => line(week, n)))
  const after = Array.from({ length: first }, (_, n) => line(0, n))
  return {
    bookings: exampleFile('bookings', `booking_id,clinic,start,minutes,status\n${[...before, ...after].join('\n')}\n`),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
  }
}
