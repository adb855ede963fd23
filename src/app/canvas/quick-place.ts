/** Where a step that is added beside another stands: in the next column, or in the next lane at the same height of the flow. */

import { type Box, sizeOf } from '../../core/workflow/drawing/layout.ts'
import { freePlace } from '../../core/workflow/edit/free-place.ts'
import { blankNode, type Graph, type Node, type Workflow } from '../../core/workflow/map/workflow.ts'
import { type NodeRef, parseRef } from './node-ref.ts'
import { bandOf, placeOf, type Stage } from './stage.ts'
import type { Direction } from './walk.ts'

const gap = 40
const turn = 28

export interface QuickPlace {
  readonly lane: string | null
  /** In the pixels of the map. */
  readonly x: number
  readonly y: number
}

export function quickPlace(workflow: Workflow, stage: Stage, ref: NodeRef, to: Direction): QuickPlace | null {
  const place = parseRef(ref)
  const node = place && workflow[place.side].nodes.get(place.id)
  if (!place || !node) return null
  const graph = workflow[place.side]
  const size = sizeOf({ ...blankNode, type: 'step' })
  const box = placeOf(stage, place.side, node)
  const own = { x: box.x - stage.regions[place.side].x, y: box.y - stage.regions[place.side].y }
  const middle = Math.round(own.y + (box.height - size.height) / 2)
  if (to === 'right') return { lane: node.lane, ...freePlace(graph, { x: own.x + box.width + gap, y: middle }, size) }
  if (to === 'left') return leftOf(graph, node, own.x, middle, size.width)
  const bands = stage.bands.filter((band) => band.side === place.side)
  const at = bands.indexOf(bandOf(stage, place.side, node.lane))
  const next = bands[at + (to === 'down' ? 1 : -1)]
  // From its middle on, as the layout does it: the flow leaves below and enters at the left, with one corner.
  const x = Math.round(own.x + box.width / 2 + turn)
  if (!next) {
    const y = to === 'down' ? own.y + box.height + gap : Math.max(0, own.y - gap - size.height)
    return { lane: node.lane, ...freePlace(graph, { x, y: Math.round(y) }, size) }
  }
  const y = Math.round(next.y - stage.regions[place.side].y + (next.height - size.height) / 2)
  return { lane: next.lane?.id ?? null, ...freePlace(graph, { x, y }, size) }
}

/** Null before a step that stands first: there is no room. */
function leftOf(graph: Graph, node: Node, x: number, y: number, width: number): QuickPlace | null {
  const wanted = Math.round(x - gap - width)
  if (wanted < 40) return null
  const place = freePlace(graph, { x: wanted, y }, { width, height: 64 })
  return place.x < x ? { lane: node.lane, ...place } : null
}

/** Sides of a step that flows use already. */
export function takenSides(
  box: Box,
  ways: Iterable<readonly { readonly x: number; readonly y: number }[]>,
): ReadonlySet<Direction> {
  const taken = new Set<Direction>()
  for (const way of ways)
    for (const point of [way[0], way.at(-1)]) {
      if (!point) continue
      if (Math.abs(point.x - box.x) < 2 && point.y > box.y && point.y < box.y + box.height) taken.add('left')
      if (Math.abs(point.x - box.x - box.width) < 2 && point.y > box.y && point.y < box.y + box.height) taken.add('right')
      if (Math.abs(point.y - box.y) < 2 && point.x > box.x && point.x < box.x + box.width) taken.add('up')
      if (Math.abs(point.y - box.y - box.height) < 2 && point.x > box.x && point.x < box.x + box.width) taken.add('down')
    }
  return taken
}
