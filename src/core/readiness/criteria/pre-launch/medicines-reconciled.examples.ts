/** Examples of `medicines-reconciled.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing } from '../examples/example-evidence.ts'

export const medicinesReconciledExamples: EvidenceExamples = {
  code: 'readiness/medicines-reconciled',
  decides:
    'Wrong doses, units, values and patients are counted over all compared medicines. Without a medicine nothing is judged; a table that may hold some lets nobody say that the line does not apply. None may be open that nobody accepted; withheld comparisons leave the answer open.',
  flags: [
    {
      name: '500 mg became 5000 mg',
      // The finding counts three entries.
      value: 3,

      evidence: { pairing: examplePairing([atMedicine('data/dose-changed')]), baseline: [] },
    },
  ],
  passes: [{ name: 'every dose arrived with its unit', value: 0, evidence: { pairing: examplePairing([]), baseline: [] } }],
  silent: [
    {
      name: 'units of results changed and there are no medicines',
      value: null,
      evidence: {
        pairing: examplePairing([exampleFinding('data/unit-changed', { place: 'Observation.valueQuantity.unit' })], {
          bySafety: { identity: 300, result: 1700 },
        }),
        baseline: [],
      },
    },
    {
      name: 'no medicines were compared, and no line of the field map speaks of a table',
      value: null,
      evidence: {
        pairing: { ...examplePairing([], { bySafety: { identity: 300, result: 1700 } }), maybeMedicines: ['T47'] },
        baseline: [],
      },
    },
  ],
}

function atMedicine(code: string) {
  return exampleFinding(code, { severity: 'critical', place: 'MedicationRequest.dosageInstruction.doseAndRate.doseQuantity' })
}
