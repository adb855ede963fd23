/** Examples of `claims-signed.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleSigned, exampleVerdicts } from '../examples/example-review.ts'

export const claimsSignedExamples: EvidenceExamples = {
  code: 'readiness/claims-signed',
  decides:
    'Every claim of the signed plan must hold by the verdicts of its readers, and a person must have signed it as approved. One rejection is enough to fail.',
  flags: [
    {
      name: 'signed, but one claim does not hold',
      value: 0,

      evidence: { verdicts: exampleVerdicts(1, 2), signatures: exampleSigned('review') },
    },
    {
      name: 'readers signed what they read, and nobody approved',
      value: 1,

      evidence: { verdicts: exampleVerdicts(2, 2), signatures: exampleSigned('review') },
    },
    {
      name: 'the owner does not approve',
      // The claim itself holds.
      value: 1,

      evidence: { verdicts: exampleVerdicts(2, 2), signatures: exampleSigned('rejection') },
    },
  ],
  passes: [
    {
      name: 'the claim holds and is signed',
      value: 1,

      evidence: { verdicts: exampleVerdicts(2, 2), signatures: exampleSigned('approval') },
    },
  ],
}
