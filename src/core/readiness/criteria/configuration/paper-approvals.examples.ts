/** Examples of `paper-approvals.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison, exampleStep } from '../examples/example-evidence.ts'

export const paperApprovalsExamples: EvidenceExamples = {
  code: 'readiness/paper-approvals',
  decides: 'Approvals without a decision that are still in a future map count. None may be open that nobody accepted.',
  flags: [
    {
      name: 'supervisor clicks Approve where a slip was signed',
      value: 1,

      evidence: { comparison: exampleComparison([exampleStep({ outcome: 'digitized' })]), baseline: [] },
    },
  ],
  passes: [
    {
      name: 'the approval was delegated by protocol',
      value: 0,

      evidence: { comparison: exampleComparison([exampleStep({ outcome: 'eliminated' })]), baseline: [] },
    },
  ],
}
