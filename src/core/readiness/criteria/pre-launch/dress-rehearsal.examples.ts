/** Examples of `dress-rehearsal.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'

export const dressRehearsalExamples: EvidenceExamples = {
  code: 'readiness/dress-rehearsal',
  decides:
    'Each step of the future maps inside the clinic must have been rehearsed, and its last try must have passed without a defect. The share must reach the limit.',
  flags: [
    { name: 'one of two steps was left out', value: 1, evidence: rehearsed('sign,pass') },
    { name: 'the last try failed', value: 1, evidence: rehearsed('sign,pass', 'send,pass', 'send,fail') },
  ],
  passes: [{ name: 'both passed in the end', value: 2, evidence: rehearsed('send,fail', 'sign,pass', 'send,pass') }],
}

function rehearsed(...tries: readonly string[]) {
  const lines = tries.map((line, n) => {
    const [step, result] = line.split(',')
    return `D1,dress,refill,${step},Nurse,2026-10-1${n}T09:00:00Z,${result}`
  })
  return {
    workflows: [
      exampleWorkflow({
        future: [
          { id: 'sign', type: 'step' },
          { id: 'send', type: 'step' },
        ],
      }),
    ],
    rehearsals: exampleFile('rehearsals', `run,kind,workflow,step,role,started_at,result\n${lines.join('\n')}\n`),
  }
}
