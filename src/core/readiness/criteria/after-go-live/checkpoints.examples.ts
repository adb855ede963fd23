/** Examples of `checkpoints.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
import { months, monthsAfter } from './checkpoints.ts'

export const checkpointsExamples: EvidenceExamples = {
  code: 'readiness/checkpoints',
  decides:
    'Seven checkpoints must be planned in months 1, 2, 3, 4, 6, 9 and 12, each near its day. None may be missed, and each that was held needs an outcome.',
  flags: [
    { name: 'the year ends after month six', value: 5, evidence: planned('2026-11-30', 6) },
    { name: 'the first was held years before go-live', value: 6, evidence: planned('2026-10-31', 12, '2020-11-30,kept') },
    // Go-live on 31 January: month 1 is due on 28 February, and was not held by 14 July; so were months 2, 3 and 4.
    { name: 'four were missed', value: 3, evidence: planned('2026-01-31', 12) },
  ],
  passes: [{ name: 'all seven lie ahead, the shortest month included', value: 7, evidence: planned('2026-10-31', 12) }],
}

function planned(live: string, upTo: number, first = ',') {
  const lines = months
    .filter((month) => month <= upTo)
    .map((month) => `${month},${monthsAfter(live, month)},${month === 1 ? first : ','}`)
  return {
    checkpoints: exampleFile('checkpoints', `month,due_on,held_on,outcome\n${lines.join('\n')}\n`),
    milestones: exampleFile('milestones', `milestone,planned_on\ngo-live,${live}\n`),
  }
}
