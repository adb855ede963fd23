/** Random edits that move lanes, steps, or both. */
import fc from 'fast-check'
import type { Command } from '../../../src/core/workflow/edit/edit.ts'
import type { Graph } from '../../../src/core/workflow/map/workflow.ts'

export const laneEdit = fc.record({
  what: fc.nat(7),
  one: fc.nat(40),
  other: fc.nat(40),
  by: fc.integer({ min: -300, max: 500 }),
})

export function commandOf(
  { what, one, other, by }: { what: number; one: number; other: number; by: number },
  graph: Graph,
): Command {
  const side = 'future'
  const lanes = [...graph.lanes.values()]
  const nodes = [...graph.nodes.values()]
  const lane = lanes[one % Math.max(1, lanes.length)]
  const next = lanes[other % Math.max(1, lanes.length)]
  const node = nodes[one % Math.max(1, nodes.length)]
  const id = lane?.id ?? ''
  switch (what) {
    case 0:
      return { kind: 'set-lane', side, ids: [node?.id ?? ''], lane: next?.id ?? null }
    case 1:
      return lanes.length > 2
        ? { kind: 'remove-lane', side, id, moveTo: next && next !== lane ? next.id : null }
        : { kind: 'add-lane', side, facts: { label: `Role ${one}`, order: other % 3 } }
    case 2:
      return { kind: 'change-lane', side, id, facts: { order: other } }
    case 3:
      return { kind: 'change-lane', side, id, facts: { height: 88 + (other % 5) * 24 } }
    case 4:
      return { kind: 'move-nodes', side, moves: [{ id: node?.id ?? '', x: 40 + other * 20, y: by }] }
    case 5:
      return { kind: 'add-node', side, facts: { label: `Step ${one}`, lane: next?.id ?? null, y: by }, after: node?.id ?? '' }
    case 6:
      return { kind: 'duplicate', side, ids: [node?.id ?? ''], dx: 40, dy: by }
    default:
      return { kind: 'add-lane', side, facts: { label: `Role ${one}`, order: other % 4 } }
  }
}
