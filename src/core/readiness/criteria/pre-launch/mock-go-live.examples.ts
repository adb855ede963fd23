/** Examples of `mock-go-live.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'

export const mockGoLiveExamples: EvidenceExamples = {
  code: 'readiness/mock-go-live',
  decides:
    'The last try of every scenario must have passed. Each step that approves or touches safety must be in such a scenario, played after the incidents that it met were mended.',
  flags: [
    { name: 'one of two critical steps is in no scenario', value: 1, evidence: played('Check', 'pass') },
    {
      name: 'both passed, and what went wrong was mended only afterwards',
      value: 0,
      evidence: played('Check;Sign', 'pass', '2026-07-03'),
    },
    { name: 'both were played and the last try failed', value: 0, evidence: played('Check;Sign', 'fail') },
  ],
  passes: [{ name: 'both were played and passed', value: 2, evidence: played('Check;Sign', 'pass') }],
}

function played(steps: string, result: string, mended = '2026-07-02') {
  const future = [
    { id: 'Check', type: 'step', safety: true },
    { id: 'Sign', type: 'step', kind: 'approve' },
    { id: 'File', type: 'step' },
  ] as const
  const head = 'event,scenario,workflow,steps,roles,started_at,result'
  return {
    workflows: [exampleWorkflow({ future })],
    'mock-incidents': exampleFile(
      'mock-incidents',
      `id,event,opened_at,severity,what,scenario,owner,closed_on,tried_again_on\nI1,M1,2026-07-01T10:00:00Z,high,Label prints twice,Refill,IT lead,${mended},${mended}\n`,
    ),
    'mock-scenarios': exampleFile(
      'mock-scenarios',
      `${head}\nM1,Refill,refill,${steps},Nurse,2026-07-01T09:00:00Z,fail\nM1,Refill,refill,${steps},Nurse,2026-07-02T09:00:00Z,${result}\n`,
    ),
  }
}
