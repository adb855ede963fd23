/** Examples of `first-open.ts`, for tests and rule pages. */

import type { SamplingPlan } from '../../../review/plan/sampling-plan.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleDraw, examplePlan } from '../examples/example-review.ts'

export const firstOpenExamples: EvidenceExamples = {
  code: 'readiness/first-open',
  decides:
    'The number of drawn patients who are certainly booked in the next 30 days must reach the limit. The plan says how many of each group are booked.',
  flags: [
    {
      name: 'the plan counts nobody as booked, though its rule names the next 30 days',
      value: 0,

      evidence: { plan: planWith(0, 'open critical finding, booked in the next 30 days'), draw: exampleDraw(['must-see']) },
    },
    {
      name: 'an earlier plan does not say who is booked',
      value: null,

      evidence: { plan: examplePlan(['adults']), draw: exampleDraw(['adults']) },
    },
    {
      name: '2 of 3 records are booked, and the one that is drawn may be the third',
      // 1 drawn, 3 − 2 not booked: 1 − 1.
      value: 0,

      evidence: { plan: planWith(2), draw: exampleDraw(['must-see']) },
    },
  ],
  passes: [
    {
      name: 'all 3 are booked, and one of them is drawn',
      // 1 drawn, 3 − 3 not booked: 1 − 0.
      value: 1,
      evidence: { plan: planWith(3), draw: exampleDraw(['must-see']) },
    },
  ],
}

function planWith(booked: number, rule = 'must-see'): SamplingPlan {
  const plan = examplePlan(['must-see'])
  return { ...plan, strata: plan.strata.map((stratum) => ({ ...stratum, rule, size: 3, booked })) }
}
