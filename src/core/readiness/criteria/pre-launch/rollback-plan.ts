/** Item 62: the way back has timed steps, a point of no return, the data written since; it was rehearsed and every department signed for it. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import { rosterPeople } from '../../measures/roster-people.ts'
import { departmentKey } from '../../measures/shifts.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
  examples: {
    flags: [
      { name: 'one of two departments has not signed', value: 1, evidence: wayBack(['35', '40'], ['Ward,1']) },
      { name: 'the nurse of the ward signed for the desk, too', value: 1, evidence: wayBack(['35', '40'], ['Ward,1', 'Desk,1']) },
      { name: 'somebody in no roster signed for both', value: 0, evidence: wayBack(['35', '40'], ['Ward,9', 'Desk,9']) },
      { name: 'the rehearsal took longer than the window', value: 2, evidence: wayBack(['200', '41'], ['Ward,1', 'Desk,2']) },
    ],
    passes: [{ name: 'rehearsed in 75 minutes, both signed', value: 2, evidence: wayBack(['35', '40'], ['Ward,1', 'Desk,2']) }],
  },
}

/** A rehearsal has a day, and took a time. */
function rehearsed({ rehearsed_on, rehearsed_minutes }: EvidenceOf['rollback']['rows'][number]): boolean {
  return rehearsed_on !== null && rehearsed_minutes !== null && rehearsed_minutes > 0
}

/** @param signed departments with who signed for them */
function wayBack([first, second]: readonly [string, string], signed: readonly string[]) {
  return {
    rollback: exampleFile(
      'rollback',
      `order,step,minutes,owner,no_return,exports_new_data,rehearsed_on,rehearsed_minutes\n1,Save new records,30,Data lead,no,yes,2026-06-20,${first}\n2,Switch back,45,IT lead,yes,no,2026-06-20,${second}\n`,
    ),
    acknowledgements: exampleFile(
      'acknowledgements',
      `document,department,person_id,signed_on\n${signed.map((who) => `rollback,${who},2026-07-01`).join('\n')}\n`,
    ),
    roster: exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Receptionist,Desk\n'),
  }
}
