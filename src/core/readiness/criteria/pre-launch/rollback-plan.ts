/** Item 62: the way back has timed steps, a point of no return, the data written since; it was rehearsed and every department signed for it. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import { rosterPeople } from '../../measures/roster-people.ts'
import { departmentKey } from '../../measures/shifts.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const rollbackPlan: Criterion<'rollback' | 'acknowledgements' | 'roster'> = {
  code: 'readiness/rollback-plan',
  items: [62],
  phase: 'pre-launch',
  severity: 'error',
  title: 'There is no rollback plan that was rehearsed and handed out',
  why: 'Without an agreed way back, the decision to stop is made too late and by nobody.',
  remedy: 'Rehearse the steps listed within the window, and have somebody of each department listed sign for the plan.',
  needs: ['rollback', 'acknowledgements', 'roster'],
  thresholds: { windowMinutes: 240 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const steps = given.value('rollback').rows
    if (steps.length === 0) return nothingToJudge('No step of the way back is listed')
    const roster = given.value('roster').rows
    const departments = [...new Set(roster.map((row) => row.department))].sort()
    const people = rosterPeople(roster, asOf)
    const signatures = given
      .value('acknowledgements')
      .rows.filter((row) => row.document === 'rollback' && row.signed_on !== null && row.person_id !== null)
    // A department is bound by its own people; who works in two of them stands in the roster for both.
    const own = signatures.filter(({ person_id, department }) => people.worksIn(person_id, department))
    const [named, signed] = [signatures, own].map((rows) => new Set(rows.map((row) => departmentKey(row.department))))
    const unsigned = departments.filter((department) => !signed?.has(departmentKey(department)))
    const minutes = steps.reduce((sum, row) => sum + (row.rehearsed_minutes ?? row.minutes), 0)
    const window = thresholds.windowMinutes ?? 240
    const cells: readonly Cell[] = [
      ...openLines('rollback', steps, (row) => {
        const lacks = [row.owner === null ? 'nobody does it' : '', rehearsed(row) ? '' : 'not rehearsed'].filter(
          (word) => word !== '',
        )
        return lacks.length === 0 ? null : `${row.order}. ${row.step}: ${lacks.join(', ')}`
      }),
      ...(steps.some((row) => row.no_return === true)
        ? []
        : [fileCell('rollback', 'no step is named as the point of no return')]),
      ...(steps.some((row) => row.exports_new_data === true)
        ? []
        : [fileCell('rollback', 'no step saves what was written since the cutover')]),
      ...(minutes <= window ? [] : [fileCell('rollback', `${minutes} minutes, the window is ${window}`)]),
      ...unsigned.map((department) =>
        fileCell(
          'acknowledgements',
          `${department}: ${named?.has(departmentKey(department)) ? 'signed by nobody whom the roster has there now' : 'not signed'}`,
        ),
      ),
    ]
    const words = `${departments.length - unsigned.length} of ${departments.length} departments signed; ${steps.length} steps take ${minutes} of ${window} minutes`
    return held(cells.length === 0, {
      value: departments.length - unsigned.length,
      of: departments.length,
      threshold: departments.length,
      words,
      cells,
    })
  },
}

/** A rehearsal has a day, and took a time. */
function rehearsed({ rehearsed_on, rehearsed_minutes }: EvidenceOf['rollback']['rows'][number]): boolean {
  return rehearsed_on !== null && rehearsed_minutes !== null && rehearsed_minutes > 0
}
