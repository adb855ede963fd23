/** Item 54: "many duplicate records". */
import type { Criterion } from '../criterion.ts'
import { judgeData } from './data-judgement.ts'
import { exampleFinding, exampleInput, exampleValidation } from './example-evidence.ts'

const codes: ReadonlySet<string> = new Set(['data/duplicate-patient', 'data/unique-key', 'data/fhir-duplicate-id'])

export const duplicates: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/duplicates',
  items: [54],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Patients or keys are in the new system twice',
  why: 'Half of a chart is on each of two charts, and the allergy is on the other one.',
  remedy: 'Open the pairs, merge them in the new system, and load again.',
  needs: ['validation', 'baseline'],
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    return judgeData(given.value('validation'), given.value('baseline'), asOf, {
      side: 'target',
      codes,
      one: 'duplicate',
      many: 'duplicates',
      threshold: thresholds.open ?? 0,
    })
  },
  examples: {
    flags: [
      {
        name: 'the same person under two numbers',
        evidence: {
          validation: exampleValidation([exampleFinding('data/duplicate-patient', { input: 'Patient.ndjson' })]),
          baseline: [],
        },
      },
    ],
    passes: [
      {
        name: 'every person once',
        evidence: { validation: exampleValidation([], [exampleInput({ name: 'Patient.ndjson', side: 'target' })]), baseline: [] },
      },
    ],
  },
}
