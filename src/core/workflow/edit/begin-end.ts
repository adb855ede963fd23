/** The events that a map lacks: one start before what nothing leads to, one end behind what leads nowhere. */

import { laneHeader, sizeOf } from '../drawing/layout.ts'
import { placesOf } from '../drawing/places.ts'
import { flowOrder } from '../map/graph.ts'
import { slugOf } from '../map/slug.ts'
import { blankNode, type Graph, type Node } from '../map/workflow.ts'
import type { Command } from './edit.ts'
import { freePlace } from './free-place.ts'

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
  const { side } = graph
  const steps = flowOrder(graph).filter(({ type }) => inFlow.has(type))
  const [earliest] = steps
  if (missing.length === 0 || !earliest) return null
  const boxes = placesOf(graph)
  const edges = [...graph.edges.values()].filter(({ from, to }) => from !== to)
  const commands: Command[] = []
  let shift = 0
  if (missing.includes('start')) {
    const entries = steps.filter(({ id }) => !edges.some(({ to }) => to === id))
    const before = entries.length > 0 ? entries : [earliest]
    const size = sizeOf({ ...blankNode, type: 'start', label: 'start' })
    const left = before.reduce((least, each) => (each.x < least.x ? each : least), earliest)
    const x = Math.max(laneHeader, left.x) - gap - size.width
    // Everything goes to the right where there is no room at the left.
    shift = Math.max(0, laneHeader + 14 - x)
    if (shift > 0) {
      const moves = [...graph.nodes.values()].map(({ id, x: from, y }) => ({ id, x: Math.max(laneHeader, from) + shift, y }))
      commands.push({ kind: 'move-nodes', side, moves })
    }
    const place = { x: x + shift, y: middle(boxes.get(left.id) ?? { ...left, ...sizeOf(left) }, size.height) }
    const id = slugOf('start', graph.nodes, 'start')
    commands.push({ kind: 'add-node', side, facts: { type: 'start', label: 'start', lane: null, ...place } })
    for (const each of before) commands.push({ kind: 'add-edge', side, from: id, to: each.id })
  }
  if (missing.includes('end')) {
    const exits = steps.filter(({ id }) => !edges.some(({ from }) => from === id))
    const last = exits.length > 0 ? exits : steps.slice(-1)
    const right = last.reduce((most, each) => (each.x > most.x ? each : most), last[0] ?? earliest)
    const size = sizeOf({ ...blankNode, type: 'end', label: 'end' })
    const box = boxes.get(right.id) ?? { ...right, ...sizeOf(right) }
    const place = freePlace(graph, { x: box.x + box.width + gap, y: middle(box, size.height) }, size)
    const id = slugOf('end', graph.nodes, 'end')
    commands.push({ kind: 'add-node', side, facts: { type: 'end', label: 'end', lane: null, x: place.x + shift, y: place.y } })
    for (const each of last) commands.push({ kind: 'add-edge', side, from: each.id, to: id })
  }
  return { kind: 'together', commands }
}

function middle({ y, height }: { readonly y: number; readonly height: number }, own: number): number {
  return Math.max(0, Math.round(y + (height - own) / 2))
}
