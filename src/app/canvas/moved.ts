/** What moved between two drawings of a map, and which flows keep the way they have. */
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'
import type { NodeRef } from './node-ref.ts'

export interface Moved {
  readonly refs: ReadonlySet<NodeRef>
  /** Where they stood and where they stand now. */
  readonly places: Readonly<Record<WorkflowSide, readonly Box[]>>
}

/** Steps that moved, came or went between two drawings. */
export function movedBetween(before: ReadonlyMap<NodeRef, Box>, now: ReadonlyMap<NodeRef, Box>): Moved {
  const refs = new Set<NodeRef>()
  const places: Record<WorkflowSide, Box[]> = { current: [], future: [] }
  const note = (ref: NodeRef, ...boxes: readonly (Box | undefined)[]): void => {
    refs.add(ref)
    for (const box of boxes) if (box) places[ref.startsWith('current/') ? 'current' : 'future'].push(box)
  }
  for (const [ref, box] of now) {
    const was = before.get(ref)
    const same = was?.x === box.x && was.y === box.y && was.width === box.width && was.height === box.height
    if (!same) note(ref, was, box)
  }
  for (const [ref, was] of before) if (!now.has(ref)) note(ref, was)
  return { refs, places }
}

/** How far around a flow a step may stand in the way of a better one. */
const reach = 24

/** A flow keeps its way unless a step came into its reach, or left it and may have been what it went around. */
export function liesNear(way: readonly Point[], from: Box, to: Box, places: readonly Box[]): boolean {
  if (places.length === 0) return false
  const xs = [from.x, from.x + from.width, to.x, to.x + to.width, ...way.map(({ x }) => x)]
  const ys = [from.y, from.y + from.height, to.y, to.y + to.height, ...way.map(({ y }) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return places.some(
    ({ x, y, width, height }) => x < right + reach && x + width > left - reach && y < bottom + reach && y + height > top - reach,
  )
}
