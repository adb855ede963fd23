/** Item 46: "finds incomplete history, they immediately lose faith": the first records opened are in the sample. */
import type { Criterion } from '../criterion.ts'
import { exampleDraw, examplePlan } from './example-review.ts'

const stratumId = 'first-open'

export const firstOpen: Criterion<'plan' | 'draw'> = {
  code: 'readiness/first-open',
  items: [46],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Patients of the next 30 days are not in the sample',
  why: 'The first record a clinician opens decides whether the new system is trusted or doubted for a year.',
  remedy: 'Add the stratum "first-open" to the sample plan with at least one record, and draw.',
  needs: ['plan', 'draw'],
  thresholds: { least: 1 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const least = thresholds.least ?? 1
    const size = given.value('plan').strata.find((stratum) => stratum.id === stratumId)?.size ?? null
    const value = given.value('draw').records.filter((record) => record.stratum === stratumId).length
    const words =
      size === null ? 'The plan has no stratum "first-open"' : `${value} of ${size} patients of the next 30 days drawn`
    const cells = value >= least ? [] : [{ name: 'stratum first-open', route: '/review/plan' }]
    return { state: value >= least ? 'proven' : 'failed', value, of: size, threshold: least, words, cells }
  },
  examples: {
    flags: [{ name: 'no such stratum', evidence: { plan: examplePlan(['adults']), draw: exampleDraw(['adults']) } }],
    passes: [
      { name: 'one of them is drawn', evidence: { plan: examplePlan(['first-open']), draw: exampleDraw(['first-open']) } },
    ],
  },
}
