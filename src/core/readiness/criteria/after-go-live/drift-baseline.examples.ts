/** Examples of `drift-baseline.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison, exampleValidation } from '../examples/example-evidence.ts'

export const driftBaselineExamples: EvidenceExamples = {
  code: 'readiness/drift-baseline',
  decides:
    'At least the limit of workflows must have a simulated lead time, and the checks must have read every source to its end, before go-live.',
  flags: [
    {
      name: 'no workflow has times',
      value: 0,

      evidence: { comparison: exampleComparison([], { leadTime: null }), validation: exampleValidation([]) },
    },
  ],
  passes: [
    {
      name: 'one workflow was simulated and the data were checked',
      value: 1,

      evidence: { comparison: exampleComparison([]), validation: exampleValidation([]) },
    },
  ],
}
