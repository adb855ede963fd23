/** Where all steps stand on the canvas, those that a hand holds at the hand. */
import { occupiedBy } from '../../core/workflow/drawing/label-room.ts'
import { type Box, sizeOf } from '../../core/workflow/drawing/layout.ts'
import type { Graph, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { type NodeRef, refOf } from './node-ref.ts'
import type { SceneInput } from './scene-model.ts'
import { placeOf } from './stage.ts'

export function boxesOf(input: SceneInput): ReadonlyMap<NodeRef, Box> {
  const boxes = new Map<NodeRef, Box>()
  for (const side of ['current', 'future'] as const)
    for (const node of input.workflow[side].nodes.values()) {
      const ref = refOf(side, node.id)
      const held = input.dragged.get(ref)
      boxes.set(ref, held ? { id: node.id, ...held, ...sizeOf(node) } : placeOf(input.stage, side, node))
    }
  return boxes
}

export function* boxesOn(side: WorkflowSide, boxes: ReadonlyMap<NodeRef, Box>): Iterable<Box> {
  for (const [ref, box] of boxes) if (ref.startsWith(`${side}/`)) yield box
}

/** Room of the steps of one map, with the names that stand outside of their shapes. */
export function occupiedOn(side: WorkflowSide, graph: Graph, boxes: ReadonlyMap<NodeRef, Box>): readonly Box[] {
  return [...graph.nodes.values()].flatMap((node) => {
    const box = boxes.get(refOf(side, node.id))
    return box ? occupiedBy(node, box) : []
  })
}
