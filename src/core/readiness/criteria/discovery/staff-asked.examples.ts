/** Examples of `staff-asked.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const staffAskedExamples: EvidenceExamples = {
  code: 'readiness/staff-asked',
  decides:
    'Each clinical role of the roster must have been asked in as many ways as the limit. Its survey must reach the share of answers, and somebody must have told the role what came of it.',
  flags: [
    { name: 'nurses were asked by survey alone', value: 0, evidence: asked('survey,Nurse,2026-05-01,20,15,2026-05-20') },
    {
      name: 'eight of twenty answered the survey',
      // 40 %.
      value: 0,
      evidence: asked('survey,Nurse,2026-05-01,20,8,2026-05-20\ninterview,Nurse,2026-05-02,6,6,2026-05-20'),
    },
  ],
  passes: [
    {
      name: 'survey and interviews, and the answer',
      value: 1,
      evidence: asked('survey,Nurse,2026-05-01,20,15,2026-05-20\ninterview,Nurse,2026-05-02,6,6,2026-05-20'),
    },
  ],
}

function asked(lines: string) {
  return {
    asking: exampleFile('asking', `way,role,held_on,invited,answered,told_on\n${lines}\n`),
    roster: exampleFile('roster', 'person_id,role,department,profession\n1,Nurse,Ward,clinical\n2,Analyst,IT,it\n'),
  }
}
