/** Examples of `failure-chain.ts`, for tests and rule pages. */

import { addDays } from '../../../values/day.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const failureChainExamples: EvidenceExamples = {
  code: 'readiness/failure-chain',
  decides:
    'The mean of the last weeks is compared with the median of the weeks before, for overtime and open tickets. Neither may have risen by more than the limit.',
  // Overtime of 20 became 30 in the last two weeks: 50 % more.
  flags: [
    { name: 'overtime is half as much again', value: 50, evidence: { strain: weeks(30) } },
    // 2500 became 3126: 25.04 % more.
    { name: 'overtime rose by a little more than a quarter', value: 25.04, evidence: { strain: weeks(3126, 2500) } },
  ],
  passes: [
    { name: 'overtime rose by a tenth', value: 10, evidence: { strain: weeks(22) } },
    { name: 'overtime rose by a quarter', value: 25, evidence: { strain: weeks(25) } },
  ],
}

function weeks(last: number, before = 20) {
  const lines = Array.from({ length: 10 }, (_, n) => `${addDays('2026-05-04', 7 * n)},${n < 8 ? before : last},10,5,1`)
  return exampleFile('strain', `week,overtime_hours,open_tickets,rework,cancelled\n${lines.join('\n')}\n`)
}
