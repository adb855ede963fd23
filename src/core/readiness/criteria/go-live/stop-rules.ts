/** Item 82: the rules for stopping were agreed before go-live, and each that was reached has a cause and a decision. */

import { dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const stopRules: Criterion<'stop-rules' | 'milestones'> = {
  code: 'readiness/stop-rules',
  items: [82],
  phase: 'go-live',
  severity: 'error',
  title: 'When to stop was not agreed, or was not acted on',
  why: '"A temporary rollback" is only thought of in time when the number that asks for it was agreed in calm.',
  remedy: 'Agree on measure and limit before go-live; where a limit was reached, find the cause and decide.',
  needs: ['stop-rules', 'milestones'],
  thresholds: { leastRules: 1 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, _thresholds, asOf) {
    const { rows } = given.value('stop-rules')
    const day = goLiveOf(given.value('milestones').rows)
    if (rows.length === 0 || day === null) return nothingToJudge('No rule is listed, or go-live has no day')
    const cells = openLines('stop-rules', rows, (row) => {
      const parts: string[] = []
      if (row.agreed_on >= day) parts.push(`agreed on ${dayText(row.agreed_on)}, go-live is ${dayText(day)}`)
      if (row.agreed_by === null) parts.push('agreed by nobody')
      if (row.highest === null && asOf > day) parts.push('not watched since go-live')
      if (row.highest !== null && row.highest >= row.limit && (row.decided_on === null || row.cause === null))
        parts.push(`reached ${row.highest} of ${row.limit} without cause and decision`)
      return parts.length === 0 ? null : `${row.id}, ${row.measure}: ${parts.join('; ')}`
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} stop rules were agreed before go-live and acted on`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
