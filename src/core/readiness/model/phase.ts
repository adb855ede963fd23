/** Implementation Phase Risk Stack: six phases, each with its own risk and its own prevention lever, and the rule of their gates. */

export const phaseIds = ['discovery', 'configuration', 'training', 'pre-launch', 'go-live', 'after-go-live'] as const
export type PhaseId = (typeof phaseIds)[number]

export interface Phase {
  readonly id: PhaseId
  readonly title: string
  readonly risk: string
  readonly lever: string
}

export const phases: readonly Phase[] = [
  { id: 'discovery', title: 'Discovery', risk: 'Communication gap', lever: 'Needs signed by roles, workflow observed' },
  { id: 'configuration', title: 'Configuration', risk: 'Legacy habits', lever: 'Workflow audit, native workflows' },
  { id: 'training', title: 'Training', risk: 'Adoption resistance', lever: 'Role-specific practice, super-users' },
  { id: 'pre-launch', title: 'Pre-launch', risk: 'Simulation gap', lever: 'Dress rehearsal, rollback, records signed off' },
  { id: 'go-live', title: 'Go-live', risk: 'Support collapse', lever: 'Capacity cut, floor support, same-shift triage' },
  { id: 'after-go-live', title: 'After go-live', risk: 'Drift', lever: 'The same checks again, against the baseline' },
]

/**
 * `stale`: was computed, but from something that has changed or is too old. `unknown`: could not be computed. `not-due`: can not be proven yet,
 * whatever its evidence says.
 */
export const criterionStates = ['proven', 'claimed', 'failed', 'stale', 'missing', 'unknown', 'not-due'] as const
export type CriterionState = (typeof criterionStates)[number]

/** Worst first, as the board sorts them. */
export const gates = ['blocked', 'waiting', 'at risk', 'not due', 'ready'] as const
export type Gate = (typeof gates)[number]

/** What the rule of gates looks at. */
export interface GateVote {
  readonly state: CriterionState
  readonly severity: 'critical' | 'error' | 'warning' | 'info'
  /** True when anything at all is there that this criterion could rest on. */
  readonly hasInput: boolean
  /** True when the evidence or the claim ends within the week. */
  readonly expiresSoon: boolean
  /** True for a claim where the criterion asks for proof: something typed, edited or laid beside the ledger. */
  readonly lacksProof?: boolean
}

/**
 * True when this criterion alone keeps its phase shut. A criterion that could not be computed blocks like one that failed, and what was typed
 * opens no gate where proof is asked for.
 */
export function blocks(vote: Pick<GateVote, 'state' | 'severity' | 'lacksProof'>): boolean {
  const weighs = vote.severity === 'critical' || vote.severity === 'error'
  if (vote.state === 'claimed') return weighs && vote.lacksProof === true
  return weighs && vote.state !== 'proven' && vote.state !== 'not-due'
}

/** The gate of one phase (readiness.md §1 rule 5); info criteria never move it. A gate is not due while none of its criteria is. */
export function gateOf(votes: readonly GateVote[]): Gate {
  const weighing = votes.filter((vote) => vote.severity !== 'info')
  if (weighing.length > 0 && weighing.every((vote) => vote.state === 'not-due')) return 'not due'
  if (!votes.some((vote) => vote.hasInput || vote.state === 'claimed')) return 'waiting'
  if (votes.some(blocks)) return 'blocked'
  const doubt = (vote: GateVote): boolean => vote.severity !== 'info' && (vote.state !== 'proven' || vote.expiresSoon)
  return votes.some(doubt) ? 'at risk' : 'ready'
}

/** "May the next phase start?": the worst gate of the phases so far. There is no composite score. */
export function worstGate(list: readonly Gate[]): Gate {
  return gates.find((gate) => list.includes(gate)) ?? 'waiting'
}
