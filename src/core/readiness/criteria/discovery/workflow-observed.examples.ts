/** Examples of `workflow-observed.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const workflowObservedExamples: EvidenceExamples = {
  code: 'readiness/workflow-observed',
  decides:
    'The share of steps of the current maps whose evidence is “log” or “observed” must reach the limit. Interviews and assumptions do not count.',
  flags: [
    {
      name: 'one of two steps is only assumed',
      value: 1,

      evidence: {
        workflows: [
          exampleWorkflow({
            current: [
              { id: 'call', evidence: { level: 'observed', source: 'walk-through', n: 22 } },
              { id: 'sign', evidence: { level: 'assumed', source: '', n: null } },
            ],
          }),
        ],
      },
    },
  ],
  passes: [
    {
      name: 'the only step was seen 22 times',
      value: 1,

      evidence: {
        workflows: [
          exampleWorkflow({ current: [{ id: 'call', evidence: { level: 'observed', source: 'walk-through', n: 22 } }] }),
        ],
      },
    },
  ],
}
