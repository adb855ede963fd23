/** Item 8: every goal has a measure, a value before, a value to reach and an owner. */

import { goalLacks } from '../../measures/goal-standing.ts'
import { openLines } from '../../measures/lines.ts'
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const goalsMeasured: Criterion<'goals'> = {
  code: 'readiness/goals-measured',
  items: [8],
  phase: 'discovery',
  severity: 'error',
  title: 'Goals can not be measured',
  why: 'A goal without the value of today can be declared reached by anybody.',
  remedy: 'Give each goal listed what it lacks, and take the baseline before anything changes.',
  needs: ['goals'],
  thresholds: { open: 0 },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('goals')
    if (rows.length === 0) return nothingToJudge('No goal is listed')
    const cells = openLines('goals', rows, (row) => {
      const lacks = goalLacks(row)
      return lacks === null ? null : `${row.id}, ${row.goal}: ${lacks}`
    })
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${cells.length} of ${rows.length} goals lack measure, baseline, target or owner`,
      cells,
    )
  },
}
