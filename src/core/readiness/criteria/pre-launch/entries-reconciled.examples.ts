/** Examples of `entries-reconciled.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing } from '../examples/example-evidence.ts'

export const entriesReconciledExamples: EvidenceExamples = {
  code: 'readiness/entries-reconciled',
  decides:
    'Wrong values, units and patients are counted over all compared entries that are no medicines. None may be open that nobody accepted; withheld comparisons leave the answer open.',
  flags: [
    {
      name: 'mg/dl became mmol/l',
      // The finding counts three results.
      value: 3,
      evidence: {
        pairing: examplePairing([exampleFinding('data/unit-changed', { place: 'Observation.valueQuantity.unit' })]),
        baseline: [],
      },
    },
  ],
  passes: [{ name: 'every value arrived with its unit', value: 0, evidence: { pairing: examplePairing([]), baseline: [] } }],
  silent: [
    {
      name: 'no entry was compared',
      value: null,
      evidence: { pairing: examplePairing([], { items: 0, bySafety: {} }), baseline: [] },
    },
  ],
}
