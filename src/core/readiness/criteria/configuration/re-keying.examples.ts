/** Examples of `re-keying.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison, exampleStep } from '../examples/example-evidence.ts'

export const reKeyingExamples: EvidenceExamples = {
  code: 'readiness/re-keying',
  decides: 'Double entries that are still in a future map count. None may be open that nobody accepted.',
  flags: [
    {
      name: 'vitals on paper, then typed',
      value: 1,

      evidence: { comparison: exampleComparison([exampleStep({ code: 'workflow/re-keying', outcome: 'kept' })]), baseline: [] },
    },
  ],
  passes: [
    {
      name: 'the device sends the vitals',
      value: 0,

      evidence: {
        comparison: exampleComparison([exampleStep({ code: 'workflow/re-keying', outcome: 'eliminated' })]),
        baseline: [],
      },
    },
  ],
}
