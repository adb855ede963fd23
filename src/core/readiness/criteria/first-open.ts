/** Item 46: "finds incomplete history, they immediately lose faith": the first records opened are in the sample. */
import type { PlanStratum } from '../../review/sampling-plan.ts'
import type { Criterion } from '../criterion.ts'
import { exampleDraw, examplePlan } from './example-review.ts'

/** The stratum may stand by itself, or be part of the must-see list by its rule. */
function holdsFirstOpen(stratum: PlanStratum): boolean {
  return stratum.id.includes('first-open') || stratum.rule.includes('next 30 days')
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
    const strata = given.value('plan').strata.filter(holdsFirstOpen)
    const names = new Set(strata.map((stratum) => stratum.id))
    const value = given.value('draw').records.filter((record) => names.has(record.stratum)).length
    const of = strata.length === 0 ? null : strata.reduce((sum, stratum) => sum + stratum.size, 0)
    const words =
      of === null
        ? 'The plan has no stratum of the patients booked in the next 30 days'
        : `${value} of ${of} records drawn from the strata with patients of the next 30 days`
    const cells = value >= least ? [] : [{ name: 'the sample plan', route: '/review/plan' }]
    return { state: value >= least ? 'proven' : 'failed', value, of, threshold: least, words, cells }
  },
  examples: {
    flags: [{ name: 'no such stratum', evidence: { plan: examplePlan(['adults']), draw: exampleDraw(['adults']) } }],
    passes: [
      { name: 'one of them is drawn', evidence: { plan: examplePlan(['first-open']), draw: exampleDraw(['first-open']) } },
    ],
  },
}
