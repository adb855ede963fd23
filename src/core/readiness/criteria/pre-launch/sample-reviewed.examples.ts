/** Examples of `sample-reviewed.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleDraw, exampleVerdicts } from '../examples/example-review.ts'

export const sampleReviewedExamples: EvidenceExamples = {
  code: 'readiness/sample-reviewed',
  decides: 'Every drawn record must have a verdict; the limit says how many may be left.',
  flags: [
    {
      name: 'one of two records is read',
      value: 1,

      evidence: { draw: exampleDraw(['adults', 'adults']), verdicts: exampleVerdicts(1, 2) },
    },
  ],
  passes: [
    { name: 'both are read', value: 0, evidence: { draw: exampleDraw(['adults', 'adults']), verdicts: exampleVerdicts(2, 2) } },
  ],
}
