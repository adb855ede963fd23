/** Item 85: each ticket is about exactly one thing, so that complaints can be counted. */

import { shareText } from '../../../share-text.ts'
import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const complaintClasses: Criterion<'tickets'> = {
  code: 'readiness/complaint-classes',
  items: [85],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Complaints are not sorted',
  why: '"It requires too many clicks", "the support team is unresponsive, the reports are wrong": unsorted, they sound like mood.',
  remedy: 'Give each ticket listed one class; use "other" only for what no class fits.',
  needs: ['tickets'],
  thresholds: { leastPercent: 95, mostOtherPercent: 20 },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('tickets')
    if (rows.length === 0) return nothingToJudge('No ticket is listed')
    const sorted = rows.filter((row) => row.category !== null)
    const other = sorted.filter((row) => row.category === 'other').length
    const least = thresholds.leastPercent ?? 95
    const most = thresholds.mostOtherPercent ?? 20
    const many = other * 100 > most * rows.length
    const cells = openLines('tickets', rows, (row) => {
      if (row.category === null) return `${row.ticket_id}: no class`
      return many && row.category === 'other' ? `${row.ticket_id}: other` : null
    })
    const words = `${sorted.length} of ${rows.length} tickets have one class, ${shareText(other / rows.length)} are "other"`
    return held(sorted.length * 100 >= least * rows.length && !many, {
      value: sorted.length,
      of: rows.length,
      threshold: least,
      words,
      cells,
    })
  },
}
