/** Examples of `simulation-run.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison } from '../examples/example-evidence.ts'

export const simulationRunExamples: EvidenceExamples = {
  code: 'readiness/simulation-run',
  decides: 'Every workflow must have been simulated at least as often as the limit, and must have a lead time.',
  flags: [{ name: 'five replications', value: 1, evidence: { comparison: exampleComparison([], { replications: 5 }) } }],
  passes: [{ name: 'twenty replications', value: 0, evidence: { comparison: exampleComparison([]) } }],
}
