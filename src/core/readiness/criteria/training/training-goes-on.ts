/** Item 41: every month of the first year after go-live has hours of training planned. */

import { fileCell, held } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const trainingGoesOn: Criterion<'training-plan'> = {
  code: 'readiness/training-goes-on',
  items: [41],
  phase: 'training',
  severity: 'warning',
  title: 'Training ends with go-live',
  why: 'To "continue training programs long after go-live" is what new staff and the second half of the functions need.',
  remedy: 'Plan hours for each month listed.',
  needs: ['training-plan'],
  thresholds: { months: 12, leastHours: 1 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('training-plan')
    if (rows.length === 0) return nothingToJudge('No month is planned')
    const months = thresholds.months ?? 12
    const hoursOf = (month: number): number => rows.reduce((sum, row) => sum + (row.month === month ? row.hours : 0), 0)
    const bare = Array.from({ length: months }, (_, index) => index + 1).filter(
      (month) => hoursOf(month) < (thresholds.leastHours ?? 1),
    )
    return held(bare.length === 0, {
      value: months - bare.length,
      of: months,
      threshold: months,
      words: `${months - bare.length} of ${months} months after go-live have hours planned`,
      cells: bare.map((month) => fileCell('training-plan', `month ${month}: no hours`)),
    })
  },
}
