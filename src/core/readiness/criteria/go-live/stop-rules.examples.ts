/** Examples of `stop-rules.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const stopRulesExamples: EvidenceExamples = {
  code: 'readiness/stop-rules',
  decides:
    'Each stop rule must have been agreed by name before go-live and watched since. A rule that reached its limit needs a cause and a decision.',
  flags: [
    { name: 'the limit was reached and nobody decided', value: 1, evidence: rules('6,,') },
    { name: 'it was agreed on the day itself', value: 1, evidence: rules('0,,', '2026-11-02') },
  ],
  passes: [
    { name: 'not reached', value: 2, evidence: rules('3,,') },
    { name: 'reached, with cause and decision', value: 2, evidence: rules('6,2026-11-04,queue full') },
  ],
}

function rules(second: string, agreed = '2026-10-01') {
  return {
    'stop-rules': exampleFile(
      'stop-rules',
      `id,measure,limit,agreed_on,agreed_by,highest,decided_on,cause\nS1,orders lost,1,2026-10-01,Director,0,,\nS2,hours without results,4,${agreed},Director,${second}\n`,
    ),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
  }
}
