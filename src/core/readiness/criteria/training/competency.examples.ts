/** Examples of `competency.ts`, for tests and rule pages. */

import { blankLane } from '../../../workflow/map/workflow.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'

export const competencyExamples: EvidenceExamples = {
  code: 'readiness/competency',
  decides:
    'Everybody who works in the system must have passed, in the last attempt, every task that the maps give to the role. Clinical shifts may be worked by people of the roster only.',
  flags: [
    {
      name: 'one nurse failed the second attempt',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical', 'Nurse,Ward,clinical'], ['0,refill,1,pass', '1,refill,1,pass', '1,refill,2,fail']),
    },
    {
      name: 'a nurse is called neither clinical nor tested, and does the steps of nurses',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical', 'Nurse,Ward,other'], ['0,refill,1,pass']),
    },
    {
      name: 'somebody of IT who was never tested works a clinical shift',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical', 'Helper,IT,it'], ['0,refill,1,pass'], ['refill'], ['Ward,0', 'Ward,1']),
    },
    {
      name: 'a shift is worked by somebody in no roster',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical'], ['0,refill,1,pass'], ['refill'], ['Ward,0', 'Ward,9']),
    },
    {
      name: 'nobody knows who works in the laboratory',
      value: 2,
      evidence: tested(
        ['Nurse,Ward,clinical', 'Nurse,Lab,clinical'],
        ['0,refill,1,pass', '1,refill,1,pass'],
        ['refill'],
        ['Ward,0'],
      ),
    },
    {
      name: 'one was never tested',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical', 'Nurse,Lab,clinical'], ['0,refill,1,pass']),
    },
    {
      name: 'a nurse passed the refill, and the lane of nurses also checks',
      value: 0,
      evidence: tested(['Nurse,Ward,clinical'], ['0,refill,1,pass'], ['refill', 'check']),
    },
  ],
  passes: [
    {
      name: 'both passed, one at the second attempt; IT is not asked',
      value: 2,
      evidence: tested(
        ['Nurse,Ward,clinical', 'Nurse,Ward,clinical', 'Admin,IT,it'],
        ['0,refill,1,pass', '1,refill,1,fail', '1,refill,2,pass'],
      ),
    },
    {
      name: 'both tasks of the lane are passed, one by its name',
      value: 1,
      evidence: tested(['Nurse,Ward,clinical'], ['0,Refill,1,pass', '0,Check the dose,1,pass'], ['refill', 'check']),
    },
  ],
}

/** People by role, department and profession; results by person, task and attempt; tasks of the lane of nurses. */
function tested(
  people: readonly string[],
  results: readonly string[],
  lane: readonly string[] = ['refill'],
  working: readonly string[] = ['Ward,0', 'Lab,1'].slice(0, people.some((each) => each.includes('Lab')) ? 2 : 1),
) {
  const day = (attempt: string): string => `2026-06-0${attempt}T10:00:00Z`
  const nodes = lane.map((id) => ({ id, label: id === 'check' ? 'Check the dose' : id, type: 'step' as const, lane: 'nurse' }))
  const drawn = exampleWorkflow({ future: nodes })
  return {
    workflows: [{ ...drawn, future: { ...drawn.future, lanes: new Map([['nurse', { ...blankLane, label: 'Nurse' }]]) } }],
    roster: exampleFile(
      'roster',
      `person_id,role,department,profession\n${people.map((person, n) => `${n},${person}\n`).join('')}`,
    ),
    shifts: exampleFile(
      'shifts',
      `shift_id,department,start,end,function,person_id\n${working
        .map((line) => line.split(','))
        .map(([where, who]) => `S,${where},2026-06-01T07:00:00Z,2026-06-01T15:00:00Z,clinical,${who}\n`)
        .join('')}`,
    ),
    competency: exampleFile(
      'competency',
      `person_id,task_id,item_id,taken_at,result,attempt\n${results
        .map((line) => line.split(','))
        .map(([who, task, attempt = '1', result]) => `${who},${task},a,${day(attempt)},${result},${attempt}\n`)
        .join('')}`,
    ),
  }
}
