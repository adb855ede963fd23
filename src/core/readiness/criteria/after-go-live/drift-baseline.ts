/** Item 76: drift is measured against something; the something must exist before go-live. */
import type { Criterion } from '../../model/criterion.ts'

export const driftBaseline: Criterion<'comparison' | 'validation'> = {
  code: 'readiness/drift-baseline',
  items: [76],
  phase: 'after-go-live',
  severity: 'error',
  title: 'There is no baseline to compare with later',
  why: 'Six months on, nobody can say whether it got slower or was always so.',
  remedy: 'Run all checks to the end on the workflows and the data before go-live.',
  needs: ['comparison', 'validation'],
  thresholds: { leastWorkflows: 1 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { workflows } = given.value('comparison')
    const { inputs } = given.value('validation')
    const timed = workflows.filter((each) => each.leadTime !== null)
    const least = thresholds.leastWorkflows ?? 1
    const cells = workflows
      .filter((each) => each.leadTime === null)
      .map((each) => ({ name: each.id, route: `/workflow/${each.id}/compare` }))
    const words = `lead times of ${timed.length} of ${workflows.length} workflows and checks of ${inputs.length} sources kept as baseline`
    return {
      state: timed.length >= least ? 'proven' : 'failed',
      value: timed.length,
      of: workflows.length,
      threshold: least,
      words,
      cells,
    }
  },
}
