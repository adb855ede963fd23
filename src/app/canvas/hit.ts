/** What lies under a point of the canvas: a step, the edge of a step, a flow. */
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import type { NodeRef } from './node-ref.ts'
import type { WayEdge } from './scene-model.ts'

/** The uppermost step that holds the point, `slack` pixels around it counted in. */
export function stepAt(boxes: ReadonlyMap<NodeRef, Box>, { x, y }: Point, slack = 0): NodeRef | null {
  let hit: NodeRef | null = null
  for (const [ref, box] of boxes)
    if (x >= box.x - slack && x <= box.x + box.width + slack && y >= box.y - slack && y <= box.y + box.height + slack) hit = ref
  return hit
}

/** The step whose edge is here: from `outside` pixels before it to `inside` pixels behind it. */
export function edgeAt(boxes: ReadonlyMap<NodeRef, Box>, at: Point, outside: number, inside: number): NodeRef | null {
  const ref = stepAt(boxes, at, outside)
  const box = ref && boxes.get(ref)
  if (!box) return null
  const deep =
    at.x > box.x + inside && at.x < box.x + box.width - inside && at.y > box.y + inside && at.y < box.y + box.height - inside
  return deep ? null : ref
}

/** The flow that runs within `slack` pixels of the point; trace links and messages are none. */
export function flowAt(edges: readonly WayEdge[], at: Point, slack: number): string | null {
  for (const { id, data } of edges) {
    if (!data || data.look === 'trace' || data.look === 'moved' || data.look === 'message') continue
    for (let i = 1; i < data.way.length; i++) {
      const [a, b] = [data.way[i - 1], data.way[i]]
      if (!a || !b) continue
      const level = at.x >= Math.min(a.x, b.x) - slack && at.x <= Math.max(a.x, b.x) + slack
      const upright = at.y >= Math.min(a.y, b.y) - slack && at.y <= Math.max(a.y, b.y) + slack
      if (level && upright) return id
    }
  }
  return null
}

/** Where the side of a step faces a point. */
export function facing(box: Box, { x, y }: Point): Point {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const [dx, dy] = [(x - centre.x) / box.width, (y - centre.y) / box.height]
  if (Math.abs(dx) >= Math.abs(dy)) return { x: dx < 0 ? box.x : box.x + box.width, y: centre.y }
  return { x: centre.x, y: dy < 0 ? box.y : box.y + box.height }
}
