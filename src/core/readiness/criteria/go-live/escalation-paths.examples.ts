/** Examples of `escalation-paths.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const escalationPathsExamples: EvidenceExamples = {
  code: 'readiness/escalation-paths',
  decides:
    'Each line of the contacts must have been tried within the days of the limit and answered within its minutes. Each branch needs at least the levels of the limit.',
  flags: [
    { name: 'the vendor did not answer', value: 1, evidence: called('yes,2', 'no,') },
    { name: 'the second level took twenty minutes', value: 1, evidence: called('yes,2', 'yes,20') },
    { name: 'there is one level', value: 1, evidence: called('yes,2') },
  ],
  passes: [{ name: 'both levels answered', value: 2, evidence: called('yes,2', 'yes,9') }],
}

function called(...answers: readonly string[]) {
  const lines = answers.map((answer, n) => `orders,${n + 1},Role ${n},2026-07-10T10:00:00Z,${answer}`)
  return { contacts: exampleFile('contacts', `branch,level,role,tested_at,answered,minutes\n${lines.join('\n')}\n`) }
}
