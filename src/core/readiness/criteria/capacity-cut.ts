/** Item 67: each clinic books less in the first week after go-live: a quarter to a half less than its usual week. */
import { type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { addDays, daysBetween, dayText } from '../day.ts'
import { goLiveOf } from '../go-live.ts'
import { exampleFile } from './example-evidence.ts'
import { fileCell, held } from './lines.ts'

export const capacityCut: Criterion<'bookings' | 'milestones'> = {
  code: 'readiness/capacity-cut',
  items: [67],
  phase: 'go-live',
  severity: 'error',
  title: 'Bookings of the first week are not cut',
  why: 'Staff at half speed before a full waiting room is how the first day is lost.',
  remedy: 'Move bookings of each clinic listed out of the first week until the cut is reached.',
  needs: ['bookings', 'milestones'],
  thresholds: { leastPercent: 25, mostPercent: 50, weeksBefore: 4 },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const weeks = thresholds.weeksBefore ?? 4
    const rows = given.value('bookings').rows.filter((row) => row.status !== 'cancelled')
    const clinics = [...new Set(rows.map((row) => row.clinic))].sort()
    const judged = clinics.flatMap((clinic) => {
      const at = rows.filter((row) => row.clinic === clinic).map((row) => daysBetween(day, row.start.text))
      const usual = at.filter((days) => days < 0 && days >= -7 * weeks).length / weeks
      const first = at.filter((days) => days >= 0 && days < 7).length
      return usual === 0 ? [] : [{ clinic, usual, first, cut: Math.round((1 - first / usual) * 1000) / 10 }]
    })
    if (judged.length === 0) return nothingToJudge(`No clinic has bookings in the ${weeks} weeks before ${dayText(day)}`)
    const [least, most] = [thresholds.leastPercent ?? 25, thresholds.mostPercent ?? 50]
    const cells = judged.flatMap(({ clinic, usual, first, cut }): readonly Cell[] =>
      cut >= least && cut <= most
        ? []
        : [
            fileCell(
              'bookings',
              `${clinic}: ${first} bookings, usually ${usual} a week (${cut} % less, ${least} to ${most} % are wanted)`,
            ),
          ],
    )
    const value = judged.length - cells.length
    const words = `${value} of ${judged.length} clinics book ${least} to ${most} % less in the first week`
    return held(cells.length === 0, { value, of: judged.length, threshold: judged.length, words, cells })
  },
  examples: {
    flags: [
      // Ten a week before, ten in the first week: no cut. Four of ten would be a cut of 60 %: more than asked.
      { name: 'the first week is booked as always', value: 0, evidence: booked(10) },
      { name: 'more than half was cut', value: 0, evidence: booked(4) },
    ],
    passes: [{ name: 'seven of ten are booked', value: 1, evidence: booked(7) }],
  },
}

function booked(first: number) {
  const line = (week: number, n: number): string =>
    `B${week}-${n},Family,${addDays('2026-11-02', week * 7 + (n % 5))}T0${8 + Math.floor(n / 5)}:00:00Z,20,booked`
  const before = [-4, -3, -2, -1].flatMap((week) => Array.from({ length: 10 }, (_, n) => line(week, n)))
  const after = Array.from({ length: first }, (_, n) => line(0, n))
  return {
    bookings: exampleFile('bookings', `booking_id,clinic,start,minutes,status\n${[...before, ...after].join('\n')}\n`),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
  }
}
