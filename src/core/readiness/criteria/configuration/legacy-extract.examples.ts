/** Examples of `legacy-extract.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const legacyExtractExamples: EvidenceExamples = {
  code: 'readiness/legacy-extract',
  flags: [
    {
      name: '3 rows with damaged characters',
      value: 3,

      evidence: {
        validation: exampleValidation([exampleFinding('data/invalid-bytes', { input: 'allergies.csv' })]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'the extract reads as declared',
      value: 0,

      evidence: { validation: exampleValidation([], [exampleInput({ name: 'allergies.csv', side: 'legacy' })]), baseline: [] },
    },
  ],
}
