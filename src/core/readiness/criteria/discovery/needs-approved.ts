/** Item 10: each need was observed at a step with its frequency and approved by a clinician, after its words last changed. */

import { emptyOf, openLines } from '../../measures/lines.ts'
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const needsApproved: Criterion<'needs'> = {
  code: 'readiness/needs-approved',
  items: [10],
  phase: 'discovery',
  severity: 'error',
  title: 'The needs were not approved by clinical staff',
  why: 'A list that only managers read is a list of wants; the first clinic day finds what is missing.',
  remedy: 'Watch the work for each need listed, write down step and frequency, and have a clinician approve its present words.',
  needs: ['needs'],
  thresholds: { open: 0 },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds) {
    const needs = given.value('needs').rows.filter((row) => row.kind === 'need')
    if (needs.length === 0) return nothingToJudge('No need is listed')
    const cells = openLines('needs', needs, (row) => {
      const parts: string[] = []
      const lacks = emptyOf(row, ['step', 'per_week', 'approved_by', 'approved_on'])
      if (lacks !== null) parts.push(lacks)
      if (row.per_week === 0) parts.push('never observed')
      if (row.approved_on !== null && row.clinical !== true) parts.push('approved by nobody clinical')
      if (row.approved_on !== null && row.changed_on !== null && row.changed_on > row.approved_on)
        parts.push('changed after it was approved')
      return parts.length === 0 ? null : `${row.id}, ${row.role}: ${parts.join(', ')}`
    })
    return atMost(
      thresholds.open ?? 0,
      needs.length,
      `${cells.length} of ${needs.length} needs are not traced to a step or not approved`,
      cells,
    )
  },
}
