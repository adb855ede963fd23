/** Examples of `medicines-reconciled.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing } from '../examples/example-evidence.ts'

export const medicinesReconciledExamples: EvidenceExamples = {
  code: 'readiness/medicines-reconciled',
  decides:
    'Wrong doses, units, values and patients are counted over all compared entries. None may be open that nobody accepted; withheld comparisons leave the answer open.',
  flags: [
    {
      name: '500 mg became 5000 mg',
      // The finding counts three entries.
      value: 3,

      evidence: { pairing: examplePairing([exampleFinding('data/dose-changed', { severity: 'critical' })]), baseline: [] },
    },
  ],
  passes: [{ name: 'every dose arrived with its unit', value: 0, evidence: { pairing: examplePairing([]), baseline: [] } }],
}
