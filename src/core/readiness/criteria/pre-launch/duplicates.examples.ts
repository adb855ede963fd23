/** Examples of `duplicates.ts`, for tests and rule pages. */
import type { EvidenceOf } from '../../model/artifact.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFinding, examplePairing, exampleValidation } from '../examples/example-evidence.ts'

export const duplicatesExamples: EvidenceExamples = {
  code: 'readiness/duplicates',
  decides:
    'Patients with two records under one number, resources with one id, and groups that a pair search found are counted. Both see the same records, so the larger count stands. None may be open. Without a pair search, or with patients only in the target, nothing is judged.',
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
    {
      name: 'a pair search found two groups',
      value: 2,
      evidence: { validation: exampleValidation([]), pairing: searched(2), baseline: [] },
    },
    {
      name: 'a pair search found the patients that the run had found',
      value: 3,
      evidence: {
        validation: exampleValidation([]),
        pairing: { ...searched(3), findings: [exampleFinding('data/duplicate-patient')] },
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'every person once',
      value: 0,

      evidence: { validation: exampleValidation([]), pairing: searched(0), baseline: [] },
    },
  ],
  silent: [
    {
      name: 'nobody looked for pairs',
      value: null,
      evidence: { validation: exampleValidation([]), pairing: examplePairing([]), baseline: [] },
    },
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

function searched(groups: number): EvidenceOf['pairing'] {
  const source = { name: 'Patient.ndjson', sha256: 'sha256:00', reading: 'sha256:01' }
  return { ...examplePairing([]), pairSearch: { day: '2026-07-10', source, records: 300, pairs: 4100, groups } }
}
