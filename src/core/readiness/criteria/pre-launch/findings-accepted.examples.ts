/** Examples of `findings-accepted.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleValidation } from '../examples/example-evidence.ts'

export const findingsAcceptedExamples: EvidenceExamples = {
  code: 'readiness/findings-accepted',
  decides: 'Each accepted finding must name a reason, a person and an expiry that has not passed. Assignments accept nothing.',
  flags: [
    {
      name: 'accepted until last week',
      value: 1,

      evidence: {
        validation: exampleValidation([exampleFinding('data/value-list')]),
        baseline: [{ fingerprint: 'f', reason: 'Recoded by 1 July', by: 'Data lead', expires: '2026-07-01' }],
      },
      asOf: '2026-07-14',
    },
  ],
  passes: [
    {
      name: 'accepted with reason, name and a day that lies ahead',
      value: 0,
      evidence: {
        validation: exampleValidation([exampleFinding('data/value-list')]),
        baseline: [{ fingerprint: 'f', reason: 'Recoded by 1 August', by: 'Data lead', expires: '2026-08-01' }],
      },
      asOf: '2026-07-14',
    },
  ],
}
