/** Item 46: "finds incomplete history, they immediately lose faith": the first records opened are in the sample. */
import type { PlanStratum, SamplingPlan } from '../../../review/plan/sampling-plan.ts'
import type { Criterion } from '../../model/criterion.ts'
import { exampleDraw, examplePlan } from '../examples/example-review.ts'

/** Least number of patients booked in the next 30 days among `drawn` records of a stratum: all others could be among them. */
function certainlyDrawn(stratum: PlanStratum, drawn: number): number {
  return Math.max(0, drawn - (stratum.size - (stratum.booked ?? 0)))
}

export const firstOpen: Criterion<'plan' | 'draw'> = {
  code: 'readiness/first-open',
  items: [46],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Patients of the next 30 days are not in the sample',
  why: 'The first record a clinician opens decides whether the new system is trusted or doubted for a year.',
  remedy: 'Put the patients booked in the next 30 days into the sample plan, and draw.',
  needs: ['plan', 'draw'],
  thresholds: { least: 1 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const least = thresholds.least ?? 1
    const { strata } = given.value('plan')
    const { records } = given.value('draw')
    const cells = [{ name: 'the sample plan', route: '/review/plan' }]
    if (strata.every(({ booked }) => booked === undefined)) {
      const words = 'The plan does not say how many of its patients are booked in the next 30 days: plan again'
      return { state: 'failed', value: null, of: null, threshold: least, words, cells }
    }
    const of = strata.reduce((sum, { booked }) => sum + (booked ?? 0), 0)
    const value = strata.reduce(
      (sum, stratum) => sum + certainlyDrawn(stratum, records.filter((record) => record.stratum === stratum.id).length),
      0,
    )
    const words =
      of === 0
        ? 'No patient of the plan is booked in the next 30 days: add the appointments, or start with a later extract'
        : `at least ${value} of ${of} patients booked in the next 30 days are drawn`
    return { state: value >= least ? 'proven' : 'failed', value, of, threshold: least, words, cells: value >= least ? [] : cells }
  },
  examples: {
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
  },
}

function planWith(booked: number, rule = 'must-see'): SamplingPlan {
  const plan = examplePlan(['must-see'])
  return { ...plan, strata: plan.strata.map((stratum) => ({ ...stratum, rule, size: 3, booked })) }
}
