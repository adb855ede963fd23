/** Examples of `orphan-references.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const orphanReferencesExamples: EvidenceExamples = {
  code: 'readiness/orphan-references',
  decides:
    'References to records that are not there are counted in files of the new system. None may be open that nobody accepted, and without a schema that asks nothing is judged.',
  flags: [
    {
      name: '3 observations of a patient that is not there',
      value: 3,

      evidence: {
        validation: exampleValidation([exampleFinding('data/fhir-reference-missing', { input: 'Patient.ndjson' })]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'every reference resolves',
      value: 0,

      evidence: {
        validation: exampleValidation([], [exampleInput({ name: 'Patient.ndjson', side: 'target' })]),
        baseline: [],
      },
    },
  ],
  silent: [
    {
      name: 'no schema declares a key of another table',
      value: null,
      evidence: {
        validation: exampleValidation([], [exampleInput({ name: 'person.csv', side: 'target' })], []),
        baseline: [],
      },
    },
  ],
}
