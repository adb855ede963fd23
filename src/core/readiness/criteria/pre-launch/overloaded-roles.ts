/** Item 60: at the peak of the scenario no role is asked for more hours than it has. */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted, isAccepted, stepCell } from '../shared/open-findings.ts'

/** Smaller is not gone: a queue that never ends stays critical however much the load fell, and what shrank below that is a warning. */
const gone = 'eliminated'

export const overloadedRoles: Criterion<'comparison' | 'baseline'> = {
  code: 'readiness/overloaded-roles',
  items: [60],
  phase: 'pre-launch',
  severity: 'error',
  title: 'A role is asked for more than it can do',
  why: '"Staff exhaustion, then the failure of processes": above 95 % of their hours the queue never ends.',
  remedy: 'Open the role: add people or hours, let others stand in, or cut bookings in the first week.',
  needs: ['comparison', 'baseline'],
  counts: ['workflow/overloaded-role'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { findings, workflows } = given.value('comparison')
    const still = workflows.filter(({ replications }) => replications === 0)
    if (still.length === workflows.length) return nothingToJudge('No workflow has been simulated: give arrivals and staff')
    const severe = findings.filter(
      (each) =>
        each.code === 'workflow/overloaded-role' &&
        (each.severity === 'critical' || each.severity === 'error') &&
        each.outcome !== gone,
    )
    const open = severe.filter((each) => !isAccepted(each, given.value('baseline'), asOf))
    const simulated = workflows.length - still.length
    // The same findings that the workflow shows: what is a warning there is counted here as one.
    const mild =
      findings.filter((each) => each.code === 'workflow/overloaded-role' && each.outcome !== gone).length - severe.length
    const beside = mild > 0 ? `, ${mild} more near the limit (a warning)` : ''
    const words = `${counted(open.length, 'overloaded role')} in ${counted(simulated, 'simulated workflow')}${beside}`
    const unknown = still.map(({ id }) => ({ name: `${id}: not simulated`, route: `/workflow/${id}/compare` }))
    return atMost(thresholds.open ?? 0, workflows.length, words, [...open.map(stepCell), ...unknown])
  },
}
