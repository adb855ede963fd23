/** Examples of `refresher.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const refresherExamples: EvidenceExamples = {
  code: 'readiness/refresher',
  decides:
    'Of all who passed before go-live, at least the share of the limit must have passed again, four weeks or more after it. It is asked for from the day of the limit on.',
  // Go-live on 2 March, 91 days later is 1 June.
  flags: [{ name: 'one of two is overdue on 1 June', value: 1, asOf: '2026-06-01', evidence: tested('1,refill,2026-05-20') }],
  passes: [
    { name: 'nothing is due on 31 May', value: 1, asOf: '2026-05-31', evidence: tested('1,refill,2026-05-20') },
    { name: 'both passed again', value: 2, asOf: '2026-06-01', evidence: tested('1,refill,2026-05-20', '2,refill,2026-05-21') },
  ],
}

function tested(...again: readonly string[]) {
  const lines = ['1,refill,2026-02-20', '2,refill,2026-02-20', ...again].map((line) => `${line}T09:00:00Z,i,pass`)
  return {
    competency: exampleFile('competency', `person_id,task_id,taken_at,item_id,result\n${lines.join('\n')}\n`),
    milestones: exampleFile('milestones', 'milestone,planned_on,done_on\ngo-live,2026-03-02,2026-03-02\n'),
  }
}
