/** Examples of `value-lists.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const valueListsExamples: EvidenceExamples = {
  code: 'readiness/value-lists',
  decides:
    'Values outside their lists are counted in files of the new system. None may be open that nobody accepted, and without a schema that asks nothing is judged; a file not read to its end leaves the answer open.',
  flags: [
    {
      name: 'a gender that the list does not know',
      // Three records have it.
      value: 3,

      evidence: {
        validation: exampleValidation([exampleFinding('data/value-list', { input: 'Patient.ndjson' })]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'every value is one of its list',
      value: 0,

      evidence: { validation: exampleValidation([], [exampleInput({ name: 'Patient.ndjson', side: 'target' })]), baseline: [] },
    },
  ],
  silent: [
    {
      name: 'no schema declares a list',
      value: null,
      evidence: {
        validation: exampleValidation([], [exampleInput({ name: 'person.csv', side: 'target' })], []),
        baseline: [],
      },
    },
  ],
}
