/** Structural rules about splits and joins: does every case that begins also end, and is the drawing plain about it? */
import type { View } from '../map/graph.ts'
import { isStep, type NodeType } from '../map/workflow.ts'
import { soundnessOf } from './soundness.ts'
import { flaw, type StructureRule } from './structure-rule.ts'

const gateways: ReadonlySet<NodeType> = new Set<NodeType>(['decision', 'parallel', 'inclusive'])

/** Flows that are no exception and no timeout. */
function ordinary(flows: View['out'][number]): View['out'][number] {
  return flows.filter(({ edge }) => !edge.exception && edge.timeout === null)
}

export const deadlock: StructureRule = {
  code: 'workflow/structure-deadlock',
  title: 'A join waits for a branch that never comes',
  why: 'Cases that get there never go on.',
  remedy: 'Join with a gateway of the kind that split: a decision for a decision, a parallel gateway for a parallel one.',
  severity: 'error',
  blocks: true,
  *find(view) {
    const found = soundnessOf(view)
    if (found.kind !== 'unsound') return
    for (const id of found.deadlocks)
      yield flaw([id], `“${labelOf(view, id)}” waits for a branch that never comes: cases get stuck there.`)
  },
}

export const notSynchronised: StructureRule = {
  code: 'workflow/structure-not-synchronised',
  title: 'One case goes on twice',
  why: 'Parallel branches that are not joined run everything behind them twice: work and counts double.',
  remedy: 'Join the branches with a parallel gateway before they meet.',
  severity: 'error',
  blocks: true,
  *find(view) {
    const found = soundnessOf(view)
    if (found.kind !== 'unsound') return
    for (const id of found.doubled)
      yield flaw([id], `Branches of one case that part at ${splitsBefore(view, id)} both come to “${labelOf(view, id)}”.`)
  },
}

export const soundnessUnknown: StructureRule = {
  code: 'workflow/structure-soundness-unknown',
  title: 'Whether every case ends could not be told',
  why: 'The branches can stand in more than 10,000 ways; they were not all tried.',
  remedy: 'Join each split where it ends, so that the map consists of blocks.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    if (soundnessOf(view).kind === 'unknown') yield flaw([], `More than 10,000 states: cannot tell whether every case ends.`)
  },
}

export const implicitSplit: StructureRule = {
  code: 'workflow/structure-implicit-split',
  title: 'A step splits without a gateway',
  why: 'Readers can not tell whether one way is taken or all of them.',
  remedy: 'Put a decision or a parallel gateway behind the step.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries()) {
      const ways = ordinary(view.out[at] ?? [])
      if (!gateways.has(node.type) && ways.length > 1)
        yield flaw(
          [node.id],
          `“${node.label}” has ${ways.length} ways out and no gateway.`,
          ways.map(({ edge }) => edge.id),
        )
    }
  },
}

export const fakeJoin: StructureRule = {
  code: 'workflow/structure-fake-join',
  title: 'Several flows lead into one step',
  why: 'It looks like a join but waits for nothing: the step is done once for each flow that arrives.',
  remedy: 'Bring the flows together in a gateway first.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries()) {
      const flows = ordinary(view.into[at] ?? [])
      if (isStep(node) && flows.length > 1)
        yield flaw(
          [node.id],
          `${flows.length} flows lead into “${node.label}” without a gateway.`,
          flows.map(({ edge }) => edge.id),
        )
    }
  },
}

export const joinAndFork: StructureRule = {
  code: 'workflow/structure-join-and-fork',
  title: 'A gateway joins and splits at once',
  why: 'Two meanings in one shape: readers see the split and miss that it waits.',
  remedy: 'Draw two gateways, one that joins and one that splits.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries())
      if (gateways.has(node.type) && (view.into[at] ?? []).length > 1 && (view.out[at] ?? []).length > 1)
        yield flaw(
          [node.id],
          `“${node.label}” joins ${(view.into[at] ?? []).length} flows and splits into ${(view.out[at] ?? []).length}.`,
        )
  },
}

export const superfluousGateway: StructureRule = {
  code: 'workflow/structure-superfluous-gateway',
  title: 'A gateway decides nothing',
  why: 'A question with one answer makes readers look for the other.',
  remedy: 'Remove it, or draw its other answers.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries())
      if (gateways.has(node.type) && (view.into[at] ?? []).length === 1 && (view.out[at] ?? []).length === 1)
        yield flaw([node.id], `“${node.label}” has one way in and one way out.`)
  },
}

/** Names of the gateways that let several branches go on at once and lead to this node: two at most, then how many more. */
function splitsBefore(view: View, id: string): string {
  const to = view.indexOf.get(id) ?? -1
  const names = view.nodes.flatMap((node, at) => {
    const several = (node.type === 'parallel' || node.type === 'inclusive') && (view.out[at] ?? []).length > 1
    return several && (at === to || view.reaches(at, to)) ? [`“${node.label}”`] : []
  })
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ')
}

function labelOf(view: View, id: string): string {
  return view.graph.nodes.get(id)?.label ?? id
}
