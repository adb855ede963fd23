/** Examples of `duplicates.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing, exampleValidation } from '../examples/example-evidence.ts'

export const duplicatesExamples: EvidenceExamples = {
  code: 'readiness/duplicates',
  decides: 'Patients with two records, and resources with one id, are counted. None may be open that nobody accepted.',
  flags: [
    {
      name: 'the same person under two numbers',
      // The finding counts three patients.
      value: 3,

      evidence: {
        validation: exampleValidation([]),
        pairing: examplePairing([exampleFinding('data/duplicate-patient')]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'every person once',
      value: 0,

      evidence: { validation: exampleValidation([]), pairing: examplePairing([]), baseline: [] },
    },
  ],
}
