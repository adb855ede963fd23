/** What is drawn between the steps of a map: its flows, and what one pool tells another. */
import { flowWords } from '../../core/workflow/drawing/drawn-words.ts'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import { messageFlowsOf } from '../../core/workflow/map/message-flows.ts'
import type { Edge, Graph, Node, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { type NodeRef, refOf } from './node-ref.ts'
import type { WayData } from './scene-model.ts'
import { kindWord } from './words.ts'

/** A flow whose words have no place yet. */
export interface Drawn {
  readonly id: string
  readonly source: NodeRef
  readonly target: NodeRef
  readonly data: Pick<WayData, 'way' | 'words' | 'look' | 'side' | 'bent'>
  readonly name: string
}

/** A flow, or a message between pools: this can be seen, but not be edited here. */
export interface Joined {
  readonly id: string
  readonly source: NodeRef
  readonly target: NodeRef
  readonly from: Box
  readonly to: Box
  readonly first: Node
  readonly second: Node
  readonly edge: Edge | null
  readonly label: string
}

export function joinedOn(side: WorkflowSide, graph: Graph, boxes: ReadonlyMap<NodeRef, Box>): readonly Joined[] {
  const between = (
    id: string,
    ends: { readonly from: string; readonly to: string },
    edge: Edge | null,
    label: string,
  ): Joined[] => {
    const [source, target] = [refOf(side, ends.from), refOf(side, ends.to)]
    const [from, to] = [boxes.get(source), boxes.get(target)]
    const [first, second] = [graph.nodes.get(ends.from), graph.nodes.get(ends.to)]
    return from && to && first && second ? [{ id, source, target, from, to, first, second, edge, label }] : []
  }
  return [
    ...[...graph.edges.values()].flatMap((edge) => between(`${side}/flow/${edge.id}`, edge, edge, flowWords(edge))),
    ...messageFlowsOf(graph).flatMap((each) => between(`${side}/message/${each.id}`, each, null, each.label)),
  ]
}

export function drawnAs(
  id: string,
  { source, target, first, second, edge, label }: Omit<Joined, 'id' | 'from' | 'to'>,
  way: readonly Point[],
): Drawn {
  const ends = { id, source, target }
  if (edge === null)
    return {
      ...ends,
      data: { way, words: label, look: 'message', side: null },
      name: `Message${label === '' ? '' : ` ${label}`}`,
    }
  const anchor = first.type === 'note' || second.type === 'note'
  const handoff = first.lane !== second.lane && first.lane !== null && second.lane !== null
  return {
    ...ends,
    data: {
      way,
      bent: edge.bends !== undefined,
      words: label,
      look: anchor ? 'anchor' : handoff ? 'handoff' : 'flow',
      side: edge.reject ? 'reject' : edge.exception || edge.timeout !== null ? 'exception' : null,
    },
    name: `Flow from ${first.label || kindWord(first)} to ${second.label || kindWord(second)}`,
  }
}
