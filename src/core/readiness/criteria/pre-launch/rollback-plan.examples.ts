/** Examples of `rollback-plan.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const rollbackPlanExamples: EvidenceExamples = {
  code: 'readiness/rollback-plan',
  decides:
    'Each step of the way back needs an owner and a rehearsal. One step must be the point of no return, and one must bring new data out. Together they must fit the window, and each department must have signed.',
  flags: [
    { name: 'one of two departments has not signed', value: 1, evidence: wayBack(['35', '40'], ['Ward,1']) },
    { name: 'the nurse of the ward signed for the desk, too', value: 1, evidence: wayBack(['35', '40'], ['Ward,1', 'Desk,1']) },
    { name: 'somebody in no roster signed for both', value: 0, evidence: wayBack(['35', '40'], ['Ward,9', 'Desk,9']) },
    { name: 'the rehearsal took longer than the window', value: 2, evidence: wayBack(['200', '41'], ['Ward,1', 'Desk,2']) },
  ],
  passes: [{ name: 'rehearsed in 75 minutes, both signed', value: 2, evidence: wayBack(['35', '40'], ['Ward,1', 'Desk,2']) }],
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
