/** Examples of `capacity-cut.ts`, for tests and rule pages. */

import { addDays } from '../../../values/day.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const capacityCutExamples: EvidenceExamples = {
  code: 'readiness/capacity-cut',
  decides:
    'Each clinic must book as much less in the first week as its simulation asks, within the band of the limits. The simulation takes half the speed on the first day and halves the loss every week.',
  flags: [
    // Ten a week before, ten in the first week: no cut. Four of ten would be a cut of 60 %: more than asked.
    { name: 'the first week is booked as always', value: 0, asOf: '2026-11-02', evidence: lists(10) },
    // 15 visits of 20 minutes take 36 % longer, and in one of twenty weeks 13 % more than that: 460 minutes, 440 are allowed.
    {
      name: 'a quarter was cut where the queue asks for thirty percent',
      value: 0,
      asOf: '2026-11-02',
      evidence: lists(15, 20),
    },
    // Six visits of an hour are 360 minutes; ten of twenty are 200.
    {
      name: 'six visits of an hour stand for ten of twenty minutes',
      value: 0,
      asOf: '2026-11-02',
      evidence: lists(6, 10, 60),
    },
    { name: 'more than half was cut', value: 0, asOf: '2026-11-02', evidence: lists(4) },
    // 190 three times and 230 once are usually 200: 151 are 24.5 % less.
    { name: 'a visit less than a quarter was cut', value: 0, asOf: '2026-11-02', evidence: lists(151, 190, 20, 40) },
  ],
  // Six visits take 163 minutes, and in one of twenty weeks 20 % more than that: 196; the busiest week had 260, so what is put off has room.
  passes: [
    { name: 'six of ten are booked', value: 1, asOf: '2026-11-02', evidence: lists(6, 10, 20, 3) },
    { name: 'exactly a quarter was cut', value: 1, asOf: '2026-11-02', evidence: lists(150, 190, 20, 40) },
  ],
}

/** @param more visits of the busiest week beyond the usual ones */
function lists(first: number, usual = 10, length = 20, more = 0) {
  const line = (week: number, n: number): string =>
    `B${week}-${n},Family,${addDays('2026-11-02', week * 7 + (n % 5))}T${String(8 + (Math.floor(n / 5) % 10)).padStart(2, '0')}:00:00Z,${week === 0 ? length : 20},booked`
  const before = [-4, -3, -2, -1].flatMap((week) =>
    Array.from({ length: week === -4 ? usual + more : usual }, (_, n) => line(week, n)),
  )
  const after = Array.from({ length: first }, (_, n) => line(0, n))
  return {
    bookings: exampleFile('bookings', `booking_id,clinic,start,minutes,status\n${[...before, ...after].join('\n')}\n`),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
  }
}
