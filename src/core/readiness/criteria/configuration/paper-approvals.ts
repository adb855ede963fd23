/** Item 20: "rebuild paper-based approval steps inside software". */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted, isAccepted, stepCell } from '../shared/open-findings.ts'
import { nothingCompared, nothingComparedWords, staysInFuture } from '../shared/outcomes.ts'

const counts = ['workflow/digitized-approval', 'workflow/approval-chain']

export const paperApprovals: Criterion<'comparison' | 'baseline'> = {
  code: 'readiness/paper-approvals',
  items: [20],
  phase: 'configuration',
  severity: 'error',
  title: 'A paper approval is rebuilt in the new system',
  why: 'An approval that never says no is a queue in front of somebody who adds nothing.',
  remedy: 'Ask how often it was refused; where the answer is never, remove it, delegate it or check a sample afterwards.',
  needs: ['comparison', 'baseline'],
  counts,
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    if (nothingCompared(given.value('comparison'))) return nothingToJudge(nothingComparedWords)
    const all = given.value('comparison').findings.filter((each) => counts.includes(each.code) && staysInFuture(each.outcome))
    const open = all.filter((each) => !isAccepted(each, given.value('baseline'), asOf))
    const words = `${counted(all.length, 'approval')} without a decision in the future workflow (${open.length} open)`
    return atMost(thresholds.open ?? 0, all.length, words, open.map(stepCell))
  },
}
