/** Examples of `goals-measured.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const goalsMeasuredExamples: EvidenceExamples = {
  code: 'readiness/goals-measured',
  decides:
    'Each goal needs a measure, a baseline, a target, the better direction and an owner. The target must be better than the baseline.',
  flags: [
    {
      name: 'one of two goals has no baseline',
      value: 1,
      evidence: { goals: exampleFile('goals', goals('G1,Faster,hours,29,8,lower,Lead\nG2,Fuller,percent,,90,higher,Lead')) },
    },
  ],
  passes: [
    {
      name: 'the goal is complete',
      value: 0,
      evidence: { goals: exampleFile('goals', goals('G1,Faster,hours,29,8,lower,Lead')) },
    },
  ],
}

function goals(lines: string): string {
  return `id,goal,measure,baseline,target,better,owner\n${lines}\n`
}
