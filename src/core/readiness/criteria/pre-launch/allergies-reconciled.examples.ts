/** Examples of `allergies-reconciled.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing } from '../examples/example-evidence.ts'

export const allergiesReconciledExamples: EvidenceExamples = {
  code: 'readiness/allergies-reconciled',
  decides:
    'Differences of allergies between both systems are counted over all paired patients. None may be open that nobody accepted. Without an allergy on either side nothing is judged; withheld comparisons leave the answer open.',
  flags: [
    {
      name: 'a penicillin allergy that did not arrive',
      // The finding counts three patients.
      value: 3,

      evidence: { pairing: examplePairing([exampleFinding('data/allergy-lost', { severity: 'critical' })]), baseline: [] },
    },
  ],
  passes: [{ name: 'every allergy arrived as it was', value: 0, evidence: { pairing: examplePairing([]), baseline: [] } }],
  silent: [
    {
      name: 'neither side has an allergy',
      value: null,
      evidence: {
        pairing: examplePairing([], {
          allergyStates: { 'not-recorded → not-recorded': 300 },
          bySafety: { identity: 300, result: 1700 },
        }),
        baseline: [],
      },
    },
  ],
}
