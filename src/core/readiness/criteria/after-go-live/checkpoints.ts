/** Item 77: the seven checkpoints of the first year stand at their days, and none was missed. */

import { daysBetween, dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const months = [1, 2, 3, 4, 6, 9, 12]

export const checkpoints: Criterion<'checkpoints' | 'milestones'> = {
  code: 'readiness/checkpoints',
  items: [77],
  phase: 'after-go-live',
  severity: 'error',
  title: 'Checkpoints after go-live are missing or missed',
  why: 'From "Months 1–2: Optimism" to "Months 9–12: Replacement conversations" nobody looks unless the day was set before.',
  remedy: 'Set the day of each month listed within a week of the month itself, and hold those that were missed.',
  needs: ['checkpoints', 'milestones'],
  thresholds: { mostDaysOff: 7, mostDaysLate: 14 },
  maxAgeDays: 400,
  claimable: false,
  compute(given, thresholds, asOf) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const { rows } = given.value('checkpoints')
    const cells = months.flatMap((month): readonly Cell[] => {
      const row = rows.find((each) => each.month === month)
      const due = monthsAfter(day, month)
      if (!row) return [fileCell('checkpoints', `month ${month}: not planned (${dayText(due)})`)]
      const off = Math.abs(daysBetween(due, row.due_on))
      if (off > (thresholds.mostDaysOff ?? 7))
        return [lineCell('checkpoints', row.line, `month ${month}: ${off} days off ${dayText(due)}`)]
      const late = row.held_on === null && daysBetween(row.due_on, asOf) > (thresholds.mostDaysLate ?? 14)
      if (row.held_on !== null && row.outcome === null)
        return [lineCell('checkpoints', row.line, `month ${month}: held on ${dayText(row.held_on)} without an outcome`)]
      if (row.held_on !== null && row.held_on < day)
        return [lineCell('checkpoints', row.line, `month ${month}: held on ${dayText(row.held_on)}, before go-live`)]
      return late ? [lineCell('checkpoints', row.line, `month ${month}: missed on ${dayText(row.due_on)}`)] : []
    })
    const value = months.length - cells.length
    const words = `${value} of ${months.length} checkpoints are planned for their month and none of them was missed`
    return held(cells.length === 0, { value, of: months.length, threshold: months.length, words, cells })
  },
}

/** The same day of a later month, or its last day where the month is shorter. */
export function monthsAfter(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}
