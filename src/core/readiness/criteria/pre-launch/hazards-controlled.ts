/**
 * Item 2: no hazard goes live above the risk that is accepted. Deploying and using health software asks for it before go-live (DCB0160, NHS
 * England; its makers: DCB0129): every hazard is controlled until its residual risk is acceptable, or accepted by the safety officer by name.
 */

import type { Hazard } from '../../../project/format/hazard-acts.ts'
import { aboveAcceptable, riskWords, standingRisk } from '../../../project/hazards/log/hazard-log.ts'
import { held } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const hazardsControlled: Criterion<'hazards'> = {
  code: 'readiness/hazards-controlled',
  items: [2],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'A hazard stands above the risk that is accepted',
  why: 'A hazard that was written down and neither controlled nor accepted by name harms the first patient who meets it.',
  remedy: 'Control the hazards listed and judge what risk is left, or have the safety officer accept it with a reason.',
  needs: ['hazards'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const { hazards, signed } = given.value('hazards')
    if (hazards.length === 0) return nothingToJudge('The hazard log is empty')
    const above = hazards.filter(isAbove)
    const cells = above.map(
      (each): Cell => ({
        name: `${each.id}, risk ${standingRisk(each)} (${riskWords[standingRisk(each) - 1]}): ${each.status}`,
        route: `/review/hazards?hazard=${each.id}`,
      }),
    )
    const who = signed ? 'the safety officer has signed the log as it is' : 'no safety officer has signed the log as it is'
    const words = `${above.length} of ${hazards.length} hazards stand open above the accepted risk; ${who}`
    return held(above.length <= (thresholds.open ?? 0), {
      value: above.length,
      of: hazards.length,
      threshold: thresholds.open ?? 0,
      words,
      cells,
    })
  },
}

/** Neither closed nor accepted, at a risk that is not acceptable as it stands. */
function isAbove(each: Hazard): boolean {
  return (each.status === 'open' || each.status === 'controlled') && standingRisk(each) >= aboveAcceptable
}
