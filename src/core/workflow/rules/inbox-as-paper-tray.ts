/** DB26: somebody opens an inbox only to pass on what lies in it. */
import { nextSteps } from '../map/graph.ts'
import type { StepKind } from '../map/workflow.ts'
import { isInbox, isSending } from './inbox.ts'
import { factOf, stepsOf, thresholdFact, timeFact, unknownShares } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

/** Kinds that add no judgement and no entry of their own. */
const passing: ReadonlySet<StepKind | null> = new Set<StepKind>(['do', 'handoff', 'notify', 'wait'])

export const inboxAsPaperTray: SurvivalRule = {
  code: 'workflow/inbox-as-paper-tray',
  db: 'DB26',
  title: 'An inbox used like a paper tray',
  why: 'Each item waits once more and is read once more by somebody who only passes it on.',
  remedy: 'Route it by rule to the role that acts on it.',
  severity: 'warning',
  metric: { name: 'work for passing on', unit: 'minutes per case' },
  both: false,
  reads: [],
  levers: [
    { practice: 'task-automation', how: 'Route by rule.' },
    { practice: 'numerical-involvement', how: 'Send it to the role that acts on it.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      if (!passing.has(node.kind) && node.kind !== null) continue
      // What somebody outside sends is no work of the clinic.
      if (node.external) continue
      const inbox = isInbox(node)
      // A message to the patient passes nothing on.
      if (node.medium === 'portal' && isSending(side, at)) continue
      if (inbox === false || (node.writes !== null && node.writes.length > 0) || node.type === 'wait') continue
      const ways = nextSteps(side.view, at)
      if (ways.length === 0) continue
      const missing = [
        ...(node.kind === null ? [`kind of “${node.label}”`] : []),
        ...(inbox === null ? [`medium of “${node.label}”`] : []),
        ...(node.writes === null ? [`what “${node.label}” writes`] : []),
        ...(node.lane === null ? [`role of “${node.label}”`] : []),
        ...unknownShares(side, [at]),
      ]
      const elsewhere = ways.filter(({ to }) => side.view.nodes[to]?.lane !== node.lane)
      const forwarded = elsewhere.reduce((sum, { share }) => sum + share, 0)
      if (missing.length > 0) {
        if (elsewhere.length > 0) yield untold([node.id], missing)
        continue
      }
      if (forwarded < side.policy['inbox-as-paper-tray.forwarded'].value - 1e-9) continue
      const times = side.times.steps[at]
      const often = (times?.visits ?? 0) * forwarded
      const minutes = times?.touch === null || times === undefined ? null : (times.touch * often) / 60
      yield firing({
        subject: [node.id],
        metric: minutes ?? 0,
        minutes,
        missing: minutes === null ? [`working time of “${node.label}”`] : [],
        severity: 'warning',
        facts: [
          factOf('medium', node.medium, '', [node]),
          timeFact(side, 'passed on', forwarded, 'share of items'),
          timeFact(side, 'passed on', often, 'per case'),
          thresholdFact(side, 'inbox-as-paper-tray.forwarded'),
        ],
      })
    }
  },
}
