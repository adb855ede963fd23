/** The hazard log in numbers: how many hazards stand open, controlled, accepted and closed, by the risk that is left. */
import { counted } from '../../counted.ts'
import { type Hazard, type HazardState, hazardStates } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { type HazardCounts, hazardsOf, standingRisk } from './log/hazard-log.ts'
import { isLogSigned } from './safety-page.ts'

type Held = Pick<Project, 'other'> & { readonly ledger: readonly LedgerEntry[] }

/** Null where the log is empty. */
export function hazardCounts(project: Held): HazardCounts | null {
  const hazards = hazardsOf(project)
  if (hazards.length === 0) return null
  const [open = [], controlled = [], accepted = [], closed = []] = hazardStates.map((state) => byRisk(hazards, state))
  return { states: { open, controlled, accepted, closed }, signed: isLogSigned(project) }
}

function byRisk(hazards: readonly Hazard[], state: HazardState): readonly number[] {
  return [1, 2, 3, 4, 5].map((risk) => hazards.filter((each) => each.status === state && standingRisk(each) === risk).length)
}

/** "Hazard log: 2 open (1 of risk 4, 1 of risk 2), 1 accepted (risk 3), 4 closed. The safety officer has signed it as it is." */
export function hazardSentence({ states, signed }: HazardCounts): string {
  const parts = hazardStates.flatMap((state) => {
    const risks = states[state]
    const all = risks.reduce((sum, n) => sum + n, 0)
    if (all === 0) return []
    const each = risks.flatMap((n, at) => (n === 0 ? [] : [`${n} of risk ${at + 1}`])).reverse()
    return [state === 'closed' ? `${all} closed` : `${all} ${state} (${each.join(', ')})`]
  })
  const total = hazardStates.reduce((sum, state) => sum + states[state].reduce((n, one) => n + one, 0), 0)
  const who = signed ? 'The safety officer has signed it as it is.' : 'No safety officer has signed it as it is.'
  return `Hazard log of ${counted(total, 'hazard')}: ${parts.join('; ')}. ${who}`
}
