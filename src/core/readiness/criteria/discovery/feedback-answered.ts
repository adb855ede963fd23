/** Item 14: what staff says is acted upon or acknowledged with a reason, within weeks. */

import { beside, medianOf } from '../../measures/lines.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const feedbackAnswered: Criterion<'feedback'> = {
  code: 'readiness/feedback-answered',
  items: [14],
  phase: 'discovery',
  severity: 'warning',
  title: 'Feedback stays without an answer',
  why: 'Feedback has to be "visibly acted upon or acknowledged if not feasible"; otherwise it stops, and workarounds begin.',
  remedy: 'Answer each entry listed with what was done, or why it can not be.',
  needs: ['feedback'],
  thresholds: { open: 0, mostDays: 30 },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('feedback')
    if (rows.length === 0) return nothingToJudge('No feedback is listed')
    const now = Date.parse(`${asOf}T23:59:59Z`)
    const most = thresholds.mostDays ?? 30
    const cells = rows.flatMap((row): readonly Cell[] => {
      const days = (now - row.opened_at.at) / 86_400_000
      const why =
        row.closed_at === null
          ? days > most
            ? `open for ${counted(beside(days, most, 0), 'day')}`
            : null
          : row.reason === null
            ? 'closed without a reason'
            : null
      return why === null
        ? []
        : [{ name: `${row.id}, ${row.role}: ${why}`, route: `/readiness/inputs?kind=feedback&line=${row.line}` }]
    })
    // What is still open was not answered within any number of days.
    const ages = rows.flatMap(({ opened_at, closed_at }) => (closed_at ? [(closed_at.at - opened_at.at) / 86_400_000] : []))
    const pace =
      ages.length === 0
        ? 'none is closed yet'
        : `half of the ${ages.length} closed ones took ${counted(Math.round(medianOf(ages)), 'day')} or less`
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${counted(cells.length, 'entry', 'entries')} of ${rows.length} without an answer; ${pace}`,
      cells,
    )
  },
}
