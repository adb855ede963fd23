/** Item 6: a senior clinician answers for the change, has accepted it in writing, has hours for it, and decisions do not wait. */

import { beside, fileCell, held, lineCell, medianOf } from '../../measures/lines.ts'
import { isHere } from '../../measures/teams.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const clinicalOwner: Criterion<'roster' | 'decisions'> = {
  code: 'readiness/clinical-owner',
  items: [6],
  phase: 'discovery',
  severity: 'error',
  title: 'No senior clinician owns the change',
  why: 'Without "explicit time allocated for the role", clinical questions are decided by whoever configures the system.',
  remedy:
    'Name a senior clinician in the roster with hours per week and the day of acceptance, and bring decisions to that person.',
  needs: ['roster', 'decisions'],
  thresholds: { leastHours: 4, mostMedianDays: 7 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('roster')
    const owners = rows.filter((row) => row.senior_owner === true && isHere(row, asOf))
    const least = thresholds.leastHours ?? 4
    const cells: Cell[] = owners.flatMap((row) => {
      const wrong: string[] = []
      if (row.profession !== 'clinical') wrong.push('is not a clinician')
      if ((row.project_hours_per_week ?? 0) < least)
        wrong.push(`has ${row.project_hours_per_week ?? 0} of ${least} hours per week`)
      if (row.accepted_on === null) wrong.push('has not accepted in writing')
      return wrong.length === 0 ? [] : [lineCell('roster', row.line, `${row.role}, ${row.department}: ${wrong.join(', ')}`)]
    })
    if (owners.length === 0) cells.push(fileCell('roster', 'nobody is named as senior owner'))
    const waits = given
      .value('decisions')
      .rows.flatMap(({ id, line, made_at, asked_at }) =>
        asked_at === null ? [] : [{ id, line, days: (made_at.at - asked_at.at) / 86_400_000 }],
      )
    const days = waits.flatMap((wait) => (wait.days < 0 ? [] : [wait.days]))
    for (const { id, line } of waits.filter((wait) => wait.days < 0))
      cells.push(lineCell('decisions', line, `${id}: made before it was asked for`))
    if (days.length === 0) return nothingToJudge('No decision says when it was asked for')
    const most = thresholds.mostMedianDays ?? 7
    const exactly = medianOf(days)
    const median = beside(exactly, most)
    if (exactly > most) cells.push(fileCell('decisions', `decisions take ${median} days (median of ${days.length})`))
    const open = cells.length === 0 ? '' : ` (${counted(cells.length, 'point')} open)`
    const words = `${owners.length} senior owner named${open}, decisions take ${median} days (median of ${days.length}, at most ${most})`
    return held(cells.length === 0, { value: median, of: days.length, threshold: most, words, cells })
  },
}
