/** DB13: nobody drew what happens when the answer is no, the interface is down or the other side does not reply. */
import { isWay, type View } from '../map/graph.ts'
import { classOf, type Node } from '../map/workflow.ts'
import { walkFrom } from './reaching.ts'
import { factOf, idsOf, raised, type Side, stepsOf, timeFact, touchesSafety } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const noExceptionPath: SurvivalRule = {
  code: 'workflow/no-exception-path',
  db: 'DB13',
  title: 'No way for exceptions',
  why: 'What goes wrong goes wrong on the first day; without a drawn way each person invents one, or the case is lost.',
  remedy:
    'Draw an exception from the step to the person who takes over; for safety steps also a way that works when the system is down.',
  severity: 'error',
  metric: { name: 'visits without a way out', unit: 'per case' },
  question: true,
  both: false,
  reads: [],
  levers: [
    { practice: 'exception', how: 'An exception flow to a named role.' },
    { practice: 'control-addition', how: 'A downtime plan on paper for safety steps.' },
  ],
  *find(side) {
    const { view } = side
    const covered = downtimeCover(view)
    const bare: { at: number; node: Node }[] = []
    for (const { at, node } of stepsOf(side)) {
      const leaves = (view.out[at] ?? []).some(({ edge }) => edge.exception)
      const machine = node.medium !== null && classOf(node.medium) === 'machine'
      // A check that runs by itself stops nobody when it is down: the work goes on as it does without it.
      if (machine && node.kind === 'check' && !node.external) continue
      const why =
        node.kind === 'decide' ? 'decides' : machine ? 'is a machine' : node.external ? 'is done outside the clinic' : null
      if (why !== null && !leaves) {
        yield uncovered(side, [{ at, node }], why)
        continue
      }
      if (why === null && !leaves && node.type === 'step' && (node.kind === null || node.medium === null)) {
        yield untold([node.id], [`${node.kind === null ? 'kind' : 'medium'} of “${node.label}”`])
        continue
      }
      const electronic = node.medium !== null && classOf(node.medium) !== 'physical'
      if (electronic && touchesSafety(side, node) && !covered.has(at)) bare.push({ at, node })
    }
    if (bare.length > 0) yield uncovered(side, bare, 'safety step without a downtime plan')
  },
}

function uncovered(side: Side, steps: readonly { readonly at: number; readonly node: Node }[], why: string): Firing {
  const nodes = steps.map(({ node }) => node)
  const visits = steps.map(({ at }) => side.times.steps[at]?.visits ?? null)
  const often = visits.reduce((sum: number, each) => sum + (each ?? 0), 0)
  return firing({
    subject: idsOf(nodes),
    metric: often,
    missing: visits.includes(null) ? ['a way out of a loop'] : [],
    severity: raised(side, nodes, 'error'),
    facts: [factOf('why it needs one', why, '', nodes), timeFact(side, 'visits without a way out', often, 'per case')],
  })
}

/** Nodes with an exception at or before them that leads to an end without any screen or machine. */
function downtimeCover(view: View): ReadonlySet<number> {
  const electronic = (at: number): boolean => {
    const medium = view.nodes[at]?.medium ?? null
    return medium !== null && classOf(medium) !== 'physical'
  }
  const ends = view.nodes.flatMap((node, at) => (node.type === 'end' ? [at] : []))
  const back = (at: number): readonly number[] => (view.into[at] ?? []).filter(isWay).map((flow) => flow.from)
  const plain = walkFrom(ends, back, (at) => !electronic(at))
  const sources: number[] = []
  for (const flows of view.out)
    for (const flow of flows)
      if (flow.edge.exception && !electronic(flow.to) && (plain.has(flow.to) || view.nodes[flow.to]?.type === 'end'))
        sources.push(flow.from)
  const ahead = walkFrom(sources, (at) => (view.out[at] ?? []).map((flow) => flow.to))
  return new Set([...sources, ...ahead])
}
