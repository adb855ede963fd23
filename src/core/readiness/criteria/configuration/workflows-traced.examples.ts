/** Examples of `workflows-traced.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const workflowsTracedExamples: EvidenceExamples = {
  code: 'readiness/workflows-traced',
  decides:
    'Each step of a current map needs a confirmed trace link to a future step, or an elimination with a reason. Suggested links do not count.',
  flags: [
    { name: 'a fax that nobody traced', value: 1, evidence: { workflows: [exampleWorkflow({ current: [{ id: 'fax' }] })] } },
  ],
  passes: [
    {
      name: 'the fax is eliminated with a reason',
      value: 0,

      evidence: {
        workflows: [
          exampleWorkflow({
            current: [{ id: 'fax' }],
            trace: [{ from: ['fax'], fate: 'eliminated', reason: 'The ward reads the order in the chart', by: 'analyst' }],
          }),
        ],
      },
    },
  ],
}
