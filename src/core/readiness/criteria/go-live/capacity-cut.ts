/** Item 67: each clinic books less in the first week after go-live: as much as its simulated queue asks for, within a quarter to a half. */

import { dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { type BookedClinic, bookedClinics, newClinics } from '../../measures/clinic-weeks.ts'
import { beside, exact, held } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge, type Thresholds } from '../../model/criterion.ts'
import { adviseCut, type CutAdvice, type CutAssumptions, neverWorkedOff } from '../../statistics/booking-cut.ts'

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

export interface JudgedCut {
  /** Percent of the usual bookings to leave out: what the simulation asks for, within the band. */
  readonly asked: number
  /** False where no cut of the band lets the first week hold, or where what is put off is never worked off. */
  readonly enough: boolean
  /** Null while the first week still fills and may yet be cut too little, or where it is cut too far for all that anybody knows. */
  readonly holds: boolean | null
}

/** What the criterion and the view say of a clinic, by the band of the thresholds. */
export function judgedCut(clinic: BookedClinic, { wanted }: CutAdvice, thresholds: Thresholds): JudgedCut {
  const { cut, comparable } = clinic
  const [least, most] = [thresholds.leastPercent ?? 25, thresholds.mostPercent ?? 50]
  const advised = exact(100 * (wanted ?? 1))
  const enough = wanted !== null && advised <= most && !neverWorkedOff(clinic)
  const asked = Math.max(least, Math.min(most, advised))
  const reached = cut >= asked
  // A book only fills: what is too full already stays too full.
  if (!enough || !reached) return { asked, enough, holds: false }
  return { asked, enough, holds: comparable === null ? null : cut <= most }
}

/** The cut of a clinic in percent, as it is printed beside what it is held against. */
export function shownCut({ cut }: BookedClinic, { asked }: JudgedCut, thresholds: Thresholds): number {
  const most = thresholds.mostPercent ?? 50
  return beside(cut, cut > most ? most : asked)
}

export const capacityCut: Criterion<'bookings' | 'milestones'> = {
  code: 'readiness/capacity-cut',
  items: [67],
  phase: 'go-live',
  severity: 'error',
  title: 'Bookings of the first week are not cut',
  why: 'Staff at half speed before a full waiting room is how the first day is lost.',
  remedy:
    'Move bookings of each clinic listed out of the first week until the cut is reached; where no cut of the band is enough, plan more staff for that week as well.',
  needs: ['bookings', 'milestones'],
  // "Decrease patient booking capacity by 25-50% for the first week" (Implementation phases). Half slower on the first day, halved every week; a visit's length varies by a third; put-off visits come back over four weeks.
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
  compute(given, thresholds, asOf) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const weeks = thresholds.weeksBefore ?? 4
    const clinics = bookedClinics(given.value('bookings').rows, day, weeks, asOf)
    if (clinics.length === 0)
      return nothingToJudge(`No clinic has bookings in the last ${weeks} whole weeks before go-live on ${dayText(day)}`)
    const [least, most] = [thresholds.leastPercent ?? 25, thresholds.mostPercent ?? 50]
    const judged = clinics.map((clinic) => {
      const advice = adviseCut(clinic, cutAssumptions(thresholds), cutSeed, 1)
      return { clinic, advice, ...judgedCut(clinic, advice, thresholds) }
    })
    const cells = judged.flatMap(({ clinic: booked, advice, ...own }): readonly Cell[] => {
      const { asked, enough, holds } = own
      if (holds !== false) return []
      const { clinic, first, visits, comparable } = booked
      const alone = advice.wanted === null ? 'no cut is enough for' : `${Math.round(100 * advice.wanted)} % is asked by`
      const never = 'a usual week already takes all the time of its busiest one, so what is put off is never worked off'
      const short = neverWorkedOff(booked) ? never : `${alone} the simulation, which takes more staff as well`
      const says = enough ? `the simulation asks for ${asked} %` : short
      const usual = Math.round(10 * (comparable ?? visits)) / 10
      const words = `${clinic}: ${first} bookings, usually ${usual} a week (${shownCut(booked, own, thresholds)} % less in visits or in minutes; ${says}, ${least} to ${most} % are usual)`
      return [{ name: words, route: `/readiness/views/bookings?clinic=${encodeURIComponent(clinic)}` }]
    })
    const open = judged.filter(({ holds }) => holds === null).length
    if (cells.length === 0 && open > 0)
      return nothingToJudge(
        `The week from ${dayText(day)} still fills, and the bookings of ${open} of ${clinics.length} clinics do not show how full earlier weeks were so long before (column created_at)`,
      )
    const unknown = newClinics(given.value('bookings').rows, day, clinics)
    if (cells.length === 0 && unknown.length > 0)
      return nothingToJudge(
        `Bookings of the first week are listed for ${unknown.join(', ')}, and none of the weeks before: nobody knows what is usual there`,
      )
    const value = clinics.length - cells.length - open
    const words = `${value} of ${clinics.length} clinics book as much less in the first week as their simulation asks, within ${least} to ${most} %`
    return held(cells.length === 0, { value, of: clinics.length, threshold: clinics.length, words, cells })
  },
}
