/** DB15, second half: every pain of today needs a finding that explains it, or a written answer. */

import type { Node, Workflow } from '../map/workflow.ts'
import { factOf, type Side } from '../rules/side.ts'
import { untracedStep } from '../rules/untraced-step.ts'
import type { Survival } from './outcomes.ts'

/** One unjudged finding per step with pains that no finding touches and no trace link answers in its reason. */
export function openPains(workflow: Workflow, current: Side, future: Side, found: readonly Survival[]): readonly Survival[] {
  const touched = new Set<string>()
  for (const survival of found) {
    if (survival.outcome === 'unjudged' && survival.rule !== untracedStep) continue
    for (const id of survival.current) touched.add(id)
    for (const id of current.trace.back(survival.future)) touched.add(id)
  }
  for (const link of workflow.trace.values()) if (link.reason) for (const id of link.from) touched.add(id)
  return current.view.nodes
    .filter((node) => node.pains.length > 0 && !touched.has(node.id))
    .map((node) => unanswered(node, current, future))
}

function unanswered(node: Node, current: Side, future: Side): Survival {
  return {
    rule: untracedStep,
    outcome: 'unjudged',
    severity: 'warning',
    current: [node.id],
    future: current.trace.of([node.id]).filter((id) => future.view.indexOf.has(id)),
    lanes: { current: null, future: null },
    metric: { ...untracedStep.metric, current: null, future: null, change: null, interval: null },
    loads: null,
    endless: { current: false, future: false },
    minutes: { current: null, future: null },
    facts: node.pains.map((pain) => ({ ...factOf('pain', pain, '', [node]), side: 'current' as const })),
    level: node.evidence?.level ?? 'assumed',
    missing: node.pains.map((pain) => `what becomes of the pain “${pain}”`),
    mediumChanged: false,
    underLimit: false,
    note: 'No finding explains this pain, and no trace of the step says in its reason what becomes of it.',
  }
}
