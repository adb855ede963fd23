/** Item 15: every role was told why, when, who helps, where to answer and what success is; it reached most, and is still true. */

import { shareText } from '../../../share-text.ts'
import { fileCell, held, lineCell, percent } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const parts = ['why', 'timeline', 'support', 'feedback', 'success'] as const

export const changeCommunication: Criterion<'communication'> = {
  code: 'readiness/change-communication',
  items: [15],
  phase: 'discovery',
  severity: 'warning',
  title: 'People were not told',
  why: 'Who does not know "why the change is happening" fills the gap with what was lost last time.',
  remedy: 'Tell each role listed the part that is missing, count who it reached, and tell it anew when it is out of date.',
  needs: ['communication'],
  thresholds: { leastReachPercent: 80 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('communication')
    if (rows.length === 0) return nothingToJudge('No message is listed')
    const roles = [...new Set(rows.map((row) => row.role))]
    const least = thresholds.leastReachPercent ?? 80
    const cells = roles.flatMap((role) =>
      parts.flatMap((part): readonly Cell[] => {
        const row = rows.find((each) => each.role === role && each.part === part)
        if (!row) return [fileCell('communication', `${role}, ${part}: not planned`)]
        const reach = percent(row.reached ?? 0, row.people ?? 0)
        if (row.sent_on === null || row.sent_on > asOf)
          return [lineCell('communication', row.line, `${role}, ${part}: not told yet`)]
        if (row.good_until !== null && row.good_until < asOf)
          return [lineCell('communication', row.line, `${role}, ${part}: out of date since ${row.good_until}`)]
        if ((row.reached ?? 0) > (row.people ?? 0))
          return [lineCell('communication', row.line, `${role}, ${part}: reached more people than there are`)]
        return reach < least ? [lineCell('communication', row.line, `${role}, ${part}: reached ${shareText(reach / 100)}`)] : []
      }),
    )
    const of = roles.length * parts.length
    const value = of - cells.length
    const words = `${value} of ${of} messages (five for each role) were told, are true and reached ${least} %`
    return held(cells.length === 0, { value, of, threshold: of, words, cells })
  },
}
