/** Examples of `quality-trend.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const qualityTrendExamples: EvidenceExamples = {
  code: 'readiness/quality-trend',
  decides:
    'Each measure needs an owner, a recent month, and no fall against the month before. A 95 % interval must rule out a fall of more points than the limit.',
  flags: [
    { name: 'it fell from ninety to seventy', value: 0, evidence: { quality: months('90', '70,100,Lead') } },
    { name: 'nobody owns it', value: 0, evidence: { quality: months('90', '90,100,') } },
  ],
  passes: [
    // Two points less, 8.2 at most by the interval (Newcombe).
    {
      name: '176 of 200 after 180 is no fall of ten points',
      value: 1,
      evidence: { quality: months('180', '176,200,Lead', 200) },
    },
  ],
}

function months(before: string, last: string, of = 100) {
  return exampleFile(
    'quality',
    `measure,month,met,of,owner\nnotes closed,2026-05-01,${before},${of},Lead\nnotes closed,2026-06-01,${last}\n`,
  )
}
