/** Examples of `legacy-extract.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const legacyExtractExamples: EvidenceExamples = {
  code: 'readiness/legacy-extract',
  decides:
    'Occurrences of the findings listed are counted in files of the old system. None may be open that nobody accepted, and without a schema that asks nothing is judged; a file not read to its end leaves the answer open.',
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
  silent: [
    {
      name: 'no schema says how the extract is to be read',
      value: null,
      evidence: {
        validation: exampleValidation([], [exampleInput({ name: 'allergies.csv', side: 'legacy' })], []),
        baseline: [],
      },
    },
  ],
}
