/** Item 46: "finds incomplete history, they immediately lose faith": the first records opened are in the sample. */
import type { PlanStratum } from '../../../review/plan/sampling-plan.ts'
import type { Criterion } from '../../model/criterion.ts'

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
}
