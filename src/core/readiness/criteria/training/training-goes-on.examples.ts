/** Examples of `training-goes-on.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const trainingGoesOnExamples: EvidenceExamples = {
  code: 'readiness/training-goes-on',
  decides: 'Each month after go-live, up to the limit, needs at least the planned hours of the limit.',
  flags: [{ name: 'the plan ends after three months', value: 3, evidence: { 'training-plan': planned(3) } }],
  passes: [{ name: 'twelve months are planned', value: 12, evidence: { 'training-plan': planned(12) } }],
}

function planned(months: number) {
  const lines = Array.from({ length: months }, (_, index) => `${index + 1},8`)
  return exampleFile('training-plan', `month,hours\n${lines.join('\n')}\n`)
}
