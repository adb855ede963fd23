/** DB20: one role waits for another although it needs nothing from it. */
import { isWay } from '../map/graph.ts'
import { isClinicalCheck } from '../map/safety-step.ts'
import type { Node } from '../map/workflow.ts'
import { factOf, idsOf, leadOf, roleName, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const needlessSerial: SurvivalRule = {
  code: 'workflow/needless-serial',
  db: 'DB20',
  title: 'Steps stand in a row without need',
  why: 'Two roles that need nothing from each other work one after the other, and the case waits for both.',
  remedy: 'Let both begin at the same time, or say what the second needs from the first.',
  severity: 'info',
  metric: { name: 'time that could run side by side', unit: 'minutes per case' },
  question: true,
  both: false,
  reads: [],
  levers: [{ practice: 'parallelism', how: 'Begin both at the same time.' }],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      const flows = (side.view.out[at] ?? []).filter(isWay)
      const [only] = flows
      // Several ways out are a decision, and so are approvals: what follows hangs on them.
      if (!only || flows.length > 1 || node.type !== 'step' || node.kind === 'decide' || node.kind === 'approve') continue
      const next = side.view.nodes[only.to]
      // What a clinical check finds decides what may follow, whatever is written down.
      if (next && (isClinicalCheck(side.view.graph, node) || isClinicalCheck(side.view.graph, next))) continue
      if (next?.type !== 'step' || node.lane === null || next.lane === null || node.lane === next.lane) continue
      yield* judge(side, at, node, only.to, next)
    }
  },
}

function* judge(side: Side, a: number, first: Node, b: number, second: Node): Iterable<Firing> {
  const subject = idsOf([first, second])
  const silent = [
    ...(first.writes === null ? [`what “${first.label}” writes`] : []),
    ...(second.reads === null ? [`what “${second.label}” reads`] : []),
  ]
  if (silent.length > 0) {
    yield untold(subject, silent)
    return
  }
  const written = new Set((first.writes ?? []).map((write) => write.element))
  if ((second.reads ?? []).some((element) => written.has(element))) return
  const leads = [leadOf(side, a), leadOf(side, b)]
  const minutes = Math.min(...leads.map((lead) => lead.minutes ?? Number.POSITIVE_INFINITY))
  const missing = leads.flatMap((lead) => lead.missing)
  const finite = Number.isFinite(minutes)
  yield firing({
    subject,
    metric: finite || missing.length === 0 ? minutes : 0,
    minutes: finite ? minutes : null,
    missing,
    severity: minutes >= side.policy['needless-serial.severe'].value && missing.length === 0 ? 'warning' : 'info',
    facts: [
      factOf('roles', `${roleName(side, first.lane)} and ${roleName(side, second.lane)}`, '', [first, second]),
      factOf('the first writes', [...written].sort().join(', ') || 'nothing', '', [first]),
      factOf('the second reads', [...(second.reads ?? [])].sort().join(', ') || 'nothing', '', [second]),
      ...(finite && missing.length === 0
        ? [timeFact(side, 'time that could run side by side', minutes, 'minutes per case')]
        : []),
      thresholdFact(side, 'needless-serial.severe'),
    ],
  })
}
