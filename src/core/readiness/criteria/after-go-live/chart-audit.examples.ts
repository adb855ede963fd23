/** Examples of `chart-audit.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const chartAuditExamples: EvidenceExamples = {
  code: 'readiness/chart-audit',
  decides:
    'The last months of each measure must lie within the control limits of the months before (p-chart), and form no long run below the centre.',
  flags: [
    // 270 of 300 before: centre 0.9, limit 0.9 − 3 √(0.9 · 0.1 / 100) = 0.81; 0.70 lies below.
    { name: 'the fourth month fell to seventy', value: 0, evidence: { quality: audited(90, 90, 90, 70) } },
    // Pooled with the bad months the limit would be 0.9 − …: of 90, 90, 90, 75, 75 it is 0.84 − 0.11 = 0.73, and both would pass.
    { name: 'two bad months do not excuse each other', value: 0, evidence: { quality: audited(90, 90, 90, 75, 75) } },
    {
      name: 'the last audit is of two months ago',
      value: 1,
      evidence: { quality: audited(90, 90, 90, 88) },
      asOf: '2026-08-14',
    },
  ],
  passes: [
    // 0.82 lies above 0.81.
    { name: 'eighty-two is within the limits', value: 1, evidence: { quality: audited(90, 90, 90, 82) } },
  ],
}

function audited(...met: readonly number[]) {
  const lines = met.map((count, n) => `allergies complete,2026-0${n + 3}-01,${count},100,Lead`)
  return exampleFile('quality', `measure,month,met,of,owner\n${lines.join('\n')}\n`)
}
