/** Examples of `click-budget.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const clickBudgetExamples: EvidenceExamples = {
  code: 'readiness/click-budget',
  decides: 'Every step of a future map whose clicks were counted must stay within the budget of the limit.',
  flags: [
    {
      name: '14 clicks for one set of vitals',
      value: 1,

      evidence: { workflows: [exampleWorkflow({ future: [{ id: 'vitals', clicks: 14 }] })] },
    },
  ],
  passes: [
    { name: '13 clicks', value: 0, evidence: { workflows: [exampleWorkflow({ future: [{ id: 'vitals', clicks: 13 }] })] } },
  ],
}
