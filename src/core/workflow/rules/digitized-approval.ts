/** DB01: an approval that (almost) never says no. */
import { classOf } from '../map/workflow.ts'
import { factOf, raised, type Side, seenLeadOf, stepsOf, thresholdFact, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const digitizedApproval: SurvivalRule = {
  code: 'workflow/digitized-approval',
  db: 'DB01',
  title: 'Paper approval rebuilt on screen',
  why: 'Cases wait for a signature that seldom or never refuses, as far as the map says. The queue stays as long as it was: only its tray became an inbox.',
  remedy: 'Remove the approval, delegate it by protocol, or check a sample afterwards; otherwise record why it must stay.',
  severity: 'error',
  metric: { name: 'wait and work for the approval', unit: 'minutes per case', queues: true },
  both: false,
  reads: [],
  levers: [
    { practice: 'empower', how: 'Delegate it by protocol.' },
    { practice: 'task-elimination', how: 'Drop it, or check a sample afterwards.' },
    { practice: 'knock-out', how: 'Approve only what a rule can not decide.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      if (node.type !== 'step') continue
      if (node.kind === null) {
        yield untold([node.id], [`kind of “${node.label}”`])
        continue
      }
      if (node.kind === 'approve') yield* judge(side, at)
    }
  },
}

function* judge(side: Side, at: number): Iterable<Firing> {
  const node = side.view.nodes[at]
  if (!node) return
  const { branches, rejected } = rejection(side, at)
  const limit = side.policy['digitized-approval.reject'].value
  if (rejected !== null && rejected >= limit) return
  if (rejected === null && branches && !(node.writes !== null && node.writes.length === 0)) {
    yield untold([node.id], [`share of cases that “${node.label}” refuses`])
    return
  }
  const lead = seenLeadOf(side, at)
  yield firing({
    subject: [node.id],
    // Of the future map alone: what holds nobody up is no new bottleneck.
    faint: side.name === 'future' && lead.minutes !== null && lead.minutes < side.policy['digitized-approval.least'].value,
    metric: lead.minutes ?? 0,
    minutes: lead.minutes,
    series: lead.series,
    missing: lead.missing,
    severity: raised(side, [node], 'error'),
    facts: [
      factOf('kind', 'approve', '', [node]),
      factOf('medium', node.medium, node.medium === null ? '' : classOf(node.medium), [node]),
      factOf('share refused', rejected, 'share of cases', [node]),
      factOf('a decision follows', branches, '', [node]),
      ...(lead.waitMinutes === null ? [] : [timeFact(side, 'wait', lead.waitMinutes, 'minutes per case')]),
      thresholdFact(side, 'digitized-approval.reject'),
    ],
  })
}

/** Does anything branch right after the approval, and which share is sent back or refused? Null: nobody said. */
function rejection(side: Side, at: number): { readonly branches: boolean; readonly rejected: number | null } {
  let flows = side.view.out[at] ?? []
  const next = flows.length === 1 ? flows[0]?.to : undefined
  const gate = next === undefined ? undefined : side.view.nodes[next]
  if (gate?.type === 'decision') flows = side.view.out[next ?? at] ?? []
  const branches = flows.filter((flow) => !flow.edge.exception && flow.edge.timeout === null).length > 1
  const refusing = flows.filter((flow) => flow.edge.reject)
  if (refusing.length === 0) return { branches, rejected: branches ? null : 0 }
  if (refusing.some((flow) => !flow.known)) return { branches: true, rejected: null }
  return { branches: true, rejected: refusing.reduce((sum, flow) => sum + flow.share, 0) }
}
