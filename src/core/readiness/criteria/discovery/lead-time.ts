/** Item 84: outcomes on real workflows, before and after. */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const leadTime: Criterion<'comparison'> = {
  code: 'readiness/lead-time',
  items: [84],
  phase: 'discovery',
  severity: 'warning',
  title: 'A workflow takes no less time than today',
  why: 'A move that costs a year and saves no one any time loses its users within months.',
  remedy: 'Open the workflow and look at its longest wait: that is where the time is.',
  needs: ['comparison'],
  thresholds: { leastPercentShorter: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const simulated = given.value('comparison').workflows.filter((each) => each.replications > 0)
    if (simulated.length === 0) return nothingToJudge('No workflow has been simulated: give arrivals and staff')
    const least = thresholds.leastPercentShorter ?? 0
    // Without a mean a queue never ends or no case ended: nothing shows that anybody gets through sooner.
    const endless = simulated.filter(({ leadTime }) => leadTime === null)
    const slower = simulated.filter(
      ({ leadTime }) => leadTime === null || (leadTime.current - leadTime.future) * 100 <= least * leadTime.current,
    )
    const shorter = `${counted(simulated.length - slower.length, 'workflow')} of ${simulated.length} shorter than today`
    const words = endless.length === 0 ? shorter : `${shorter}; ${endless.length} without a lead time`
    const cells = slower.map(({ id, leadTime }) => ({
      name: leadTime === null ? `${id}: a queue never ends or no case ended, so there is no lead time` : id,
      route: `/workflow/${id}/compare`,
    }))
    return { ...atMost(0, simulated.length, words, cells), threshold: least }
  },
}
