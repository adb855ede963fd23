/** Items 4 and 13: each clinical department has somebody with hours for the project, and a lead user whom others follow. */

import { isHere } from '../../measures/teams.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const departmentsRepresented: Criterion<'roster'> = {
  code: 'readiness/departments-represented',
  items: [4, 13],
  phase: 'discovery',
  severity: 'error',
  title: 'Departments have nobody in the project',
  why: '"A member from each clinical department": the one that is missing finds out at go-live.',
  remedy: 'Give somebody of each department listed hours for the project, and name its lead user.',
  needs: ['roster'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds, asOf) {
    const rows = given.value('roster').rows.filter((row) => isHere(row, asOf) && row.profession !== 'it')
    const departments = [
      ...new Set(rows.filter((row) => row.profession === 'clinical' || row.profession === null).map((row) => row.department)),
    ].sort()
    if (departments.length === 0) return nothingToJudge('No clinical department is in the roster')
    const cells = departments.flatMap((department): readonly Cell[] => {
      const own = rows.filter((row) => row.department === department)
      const missing = [
        ...(own.some((row) => (row.project_hours_per_week ?? 0) > 0) ? [] : ['nobody has hours for the project']),
        ...(own.some((row) => row.lead_user === true) ? [] : ['no lead user']),
      ]
      return missing.length === 0
        ? []
        : [{ name: `${department}: ${missing.join(', ')}`, route: '/readiness/inputs?kind=roster' }]
    })
    return atMost(
      thresholds.open ?? 0,
      departments.length,
      `${counted(cells.length, 'department')} of ${departments.length} without a member or a lead user`,
      cells,
    )
  },
}
