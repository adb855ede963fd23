/** The events that a map lacks: one start before what nothing leads to, one end behind what leads nowhere. */

import { laneHeader, sizeOf } from '../drawing/layout.ts'
import { placesOf } from '../drawing/places.ts'
import { flowOrder } from '../map/graph.ts'
import { slugOf } from '../map/slug.ts'
import { blankNode, emptyWorkflow, type Graph, type Node } from '../map/workflow.ts'
import { apply, type Command } from './edit.ts'
import { freeAcross } from './free-place.ts'

export type MapEvent = 'start' | 'end'

const gap = 40
const inFlow: ReadonlySet<Node['type']> = new Set(['step', 'wait', 'decision', 'parallel', 'inclusive', 'subworkflow'])

/** Which of both a map with steps does not have. */
export function missingEvents(graph: Graph): readonly MapEvent[] {
  const nodes = [...graph.nodes.values()]
  if (!nodes.some(({ type }) => inFlow.has(type))) return []
  return (['start', 'end'] as const).filter((event) => !nodes.some(({ type }) => type === event))
}

/** Draws the events of these that the map lacks and connects them; null where it has them, or has no step. */
export function drawEvents(graph: Graph, wanted: readonly MapEvent[] = ['start', 'end']): Command | null {
  const missing = missingEvents(graph).filter((event) => wanted.includes(event))
  const steps = flowOrder(graph).filter(({ type }) => inFlow.has(type))
  const [earliest] = steps
  if (missing.length === 0 || !earliest) return null
  const edges = [...graph.edges.values()].filter(({ from, to }) => from !== to)
  const commands: Command[] = []
  if (missing.includes('start')) {
    const entries = steps.filter(({ id }) => !edges.some(({ to }) => to === id))
    commands.push(...drawStart(graph, entries.length > 0 ? entries : [earliest]))
  }
  if (missing.includes('end')) {
    const exits = steps.filter(({ id }) => !edges.some(({ from }) => from === id))
    commands.push(...drawEnd(after(graph, commands), exits.length > 0 ? exits : steps.slice(-1)))
  }
  return { kind: 'together', commands }
}

/** Left of the leftmost of these steps, or further left where another step stands there. */
function drawStart(graph: Graph, before: readonly Node[]): readonly Command[] {
  const { side } = graph
  const boxes = placesOf(graph)
  const left = before.flatMap(({ id }) => boxes.get(id) ?? []).reduce((least, each) => (each.x < least.x ? each : least))
  const size = sizeOf({ ...blankNode, type: 'start', label: 'start' })
  const id = slugOf('start', graph.nodes, 'start')
  const drawnAt = (x: number): readonly Command[] => [
    {
      kind: 'add-node',
      side,
      facts: { type: 'start', label: 'start', lane: null, x, y: middle(left, size.height) },
    },
    ...before.map((each): Command => ({ kind: 'add-edge', side, from: id, to: each.id })),
  ]
  const wanted = left.x - gap - size.width
  const x = freeAcross([...boxes.values()], { x: wanted, y: drawnTop(graph, drawnAt(wanted), id), ...size }, 'left')
  // Everything goes to the right where there is no room at the left.
  const shift = Math.max(0, laneHeader + 14 - x)
  if (shift === 0) return drawnAt(x)
  const moves = [...graph.nodes.values()].map((node) => ({ id: node.id, x: Math.max(laneHeader, node.x) + shift, y: node.y }))
  return [{ kind: 'move-nodes', side, moves }, ...drawnAt(x + shift)]
}

/** Right of the rightmost of these steps, or further right where another step stands there. */
function drawEnd(graph: Graph, last: readonly Node[]): readonly Command[] {
  const { side } = graph
  const boxes = placesOf(graph)
  const right = last.flatMap(({ id }) => boxes.get(id) ?? []).reduce((most, each) => (each.x > most.x ? each : most))
  const size = sizeOf({ ...blankNode, type: 'end', label: 'end' })
  const id = slugOf('end', graph.nodes, 'end')
  const drawnAt = (x: number): readonly Command[] => [
    { kind: 'add-node', side, facts: { type: 'end', label: 'end', lane: null, x, y: middle(right, size.height) } },
    ...last.map((each): Command => ({ kind: 'add-edge', side, from: each.id, to: id })),
  ]
  const wanted = right.x + right.width + gap
  return drawnAt(freeAcross([...boxes.values()], { x: wanted, y: drawnTop(graph, drawnAt(wanted), id), ...size }, 'right'))
}

function after(graph: Graph, commands: readonly Command[]): Graph {
  return apply({ ...emptyWorkflow(''), [graph.side]: graph }, { kind: 'together', commands }).workflow[graph.side]
}

/** An event is drawn in the band of its first step, which is not always the one it stands beside. */
function drawnTop(graph: Graph, commands: readonly Command[], id: string): number {
  return placesOf(after(graph, commands)).get(id)?.y ?? 0
}

function middle({ y, height }: { readonly y: number; readonly height: number }, own: number): number {
  return Math.max(0, Math.round(y + (height - own) / 2))
}
