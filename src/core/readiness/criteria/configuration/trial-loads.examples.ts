/** Examples of `trial-loads.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const trialLoadsExamples: EvidenceExamples = {
  code: 'readiness/trial-loads',
  decides:
    'The last trial load must be within the errors per 1,000 records. Otherwise a line through the logarithm of the error shares must come below it at go-live, with the upper end of its 95 % band.',
  flags: [
    // 80, 76, 72 in 1,000: falling by a twentieth each month is far from 5 by November.
    { name: 'errors fall by a twentieth a month', value: 72, evidence: loads([800, 760, 720, 720]) },
  ],
  passes: [
    // 80, 40, 20, 10 in 1,000: halved each month, 5 in the month after, go-live three months later.
    { name: 'errors are halved each month', value: 10, evidence: loads([800, 400, 200, 100]) },
  ],
}

function loads(errors: readonly number[]) {
  const lines = errors.map((count, n) => `L${n},2026-0${n + 5}-01,10000,${count}`)
  return {
    'trial-loads': exampleFile('trial-loads', `load,loaded_on,records,errors\n${lines.join('\n')}\n`),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
  }
}
