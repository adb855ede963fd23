/** Examples of `required-fields.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const requiredFieldsExamples: EvidenceExamples = {
  code: 'readiness/required-fields',
  decides:
    'Empty required fields are counted in files of the new system. None may be open that nobody accepted, and without a schema that asks nothing is judged; a file not read to its end leaves the answer open.',
  flags: [
    {
      name: '3 records without a name',
      value: 3,

      evidence: {
        validation: exampleValidation([exampleFinding('data/fhir-cardinality', { input: 'Patient.ndjson' })]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'every required field is filled',
      value: 0,

      evidence: { validation: exampleValidation([], [exampleInput({ name: 'Patient.ndjson', side: 'target' })]), baseline: [] },
    },
  ],
  silent: [
    {
      name: 'no schema declares a required field',
      value: null,
      evidence: {
        validation: exampleValidation([], [exampleInput({ name: 'person.csv', side: 'target' })], []),
        baseline: [],
      },
    },
  ],
}
