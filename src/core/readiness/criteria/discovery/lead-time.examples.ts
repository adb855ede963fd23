/** Examples of `lead-time.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison } from '../examples/example-evidence.ts'

export const leadTimeExamples: EvidenceExamples = {
  code: 'readiness/lead-time',
  decides:
    'The simulated mean lead time of every future map must be shorter than that of the current map by more than the limit. A queue that never ends counts as not shorter.',
  flags: [
    {
      name: '29 h today, 29 h tomorrow',
      value: 1,

      evidence: { comparison: exampleComparison([], { leadTime: { current: 104_400, future: 104_400 } }) },
    },
    {
      name: 'the queue of a role never ends, so that there is no mean to compare',
      value: 1,

      evidence: { comparison: exampleComparison([], { leadTime: null }) },
    },
  ],
  passes: [{ name: '29 h today, 22 h tomorrow', value: 0, evidence: { comparison: exampleComparison([]) } }],
}
