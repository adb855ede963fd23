/** Item 60: the future workflow was run, not imagined. */
import { atMost, type Criterion } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const simulationRun: Criterion<'comparison'> = {
  code: 'readiness/simulation-run',
  items: [60],
  phase: 'pre-launch',
  severity: 'error',
  title: 'A workflow was not simulated often enough',
  why: 'One lucky run hides the queue that stands in the corridor on the first Monday.',
  remedy: 'Give arrivals, staff and times to the workflow, and run the simulation.',
  needs: ['comparison'],
  thresholds: { replications: 20 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const { workflows } = given.value('comparison')
    const least = thresholds.replications ?? 20
    const thin = workflows.filter((each) => each.leadTime === null || each.replications < least)
    const cells = thin.map((each) => ({
      name: `${each.id} (${each.replications} replications)`,
      route: `/workflow/${each.id}/compare`,
    }))
    const words = `${counted(workflows.length - thin.length, 'workflow')} of ${workflows.length} run ${least} times or more`
    return { ...atMost(0, workflows.length, words, cells), threshold: least }
  },
}
