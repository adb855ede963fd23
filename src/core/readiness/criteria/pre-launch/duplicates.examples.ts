/** Examples of `duplicates.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing, exampleValidation } from '../examples/example-evidence.ts'

export const duplicatesExamples: EvidenceExamples = {
  code: 'readiness/duplicates',
  decides:
    'Patients with two records under one number, and resources with one id, are counted. None may be open that nobody accepted. Patients that exist only in the target leave the answer open.',
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
  silent: [
    {
      name: 'three patients exist only in the target',
      value: null,
      evidence: {
        validation: exampleValidation([]),
        pairing: examplePairing([exampleFinding('data/patient-appeared', { place: 'Patient' })]),
        baseline: [],
      },
    },
    {
      name: 'no patient was compared',
      value: null,
      evidence: { validation: exampleValidation([]), pairing: examplePairing([], { patients: 0 }), baseline: [] },
    },
  ],
}
