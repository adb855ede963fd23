/** Moving from step to step by keys: along the flow, across lanes, and in flow order over both maps. */

import type { Box } from '../../core/workflow/drawing/layout.ts'
import { flowOrder } from '../../core/workflow/map/graph.ts'
import type { Workflow } from '../../core/workflow/map/workflow.ts'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** All steps of the current map, then all of the future one; documents and notes stand after the flow. */
export function readingOrder(workflow: Workflow): readonly NodeRef[] {
  return (['current', 'future'] as const).flatMap((side) => {
    const graph = workflow[side]
    const flow = flowOrder(graph)
    const seen = new Set(flow.map((node) => node.id))
    const beside = [...graph.nodes.values()].filter((node) => !seen.has(node.id)).sort((a, b) => a.x - b.x || a.y - b.y)
    return [...flow, ...beside].map((node) => refOf(side, node.id))
  })
}

/** Page Down and Page Up, Home and End; from nowhere, the first step. */
export function stepInOrder(
  order: readonly NodeRef[],
  from: NodeRef | null,
  where: 'next' | 'previous' | 'first' | 'last',
): NodeRef | null {
  if (where === 'first') return order[0] ?? null
  if (where === 'last') return order.at(-1) ?? null
  const at = from === null ? -1 : order.indexOf(from)
  if (at === -1) return order[0] ?? null
  return order[where === 'next' ? at + 1 : at - 1] ?? null
}

/** Left and right follow the flow (the most level one first); up and down go to the nearest step across, also into the other map. */
export function neighbour(
  workflow: Workflow,
  boxes: ReadonlyMap<NodeRef, Box>,
  from: NodeRef,
  direction: Direction,
): NodeRef | null {
  const place = parseRef(from)
  const own = boxes.get(from)
  if (!place || !own) return null
  if (direction === 'up' || direction === 'down') return across(boxes, from, own, direction === 'down' ? 1 : -1)
  let best: NodeRef | null = null
  let least = Number.POSITIVE_INFINITY
  for (const edge of workflow[place.side].edges.values()) {
    const near = direction === 'right' ? edge.from : edge.to
    if (near !== place.id) continue
    const ref = refOf(place.side, direction === 'right' ? edge.to : edge.from)
    const box = boxes.get(ref)
    if (!box) continue
    const distance = Math.abs(centre(box).y - centre(own).y) + (edge.reject || edge.exception ? 10_000 : 0)
    if (distance < least) {
      best = ref
      least = distance
    }
  }
  return best
}

function across(boxes: ReadonlyMap<NodeRef, Box>, from: NodeRef, own: Box, sign: number): NodeRef | null {
  const at = centre(own)
  let best: NodeRef | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [ref, box] of boxes) {
    const to = centre(box)
    const dy = (to.y - at.y) * sign
    if (ref === from || dy < 24) continue
    const distance = dy + 2 * Math.abs(to.x - at.x)
    if (distance < least) {
      best = ref
      least = distance
    }
  }
  return best
}

function centre(box: Box): { readonly x: number; readonly y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
