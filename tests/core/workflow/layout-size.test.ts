/** Layout of large maps: nothing overlaps, flows go around steps; the times are printed, never asserted. */
import { expect, test } from 'vitest'
import { type Box, layOut, placed, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { routeFlow } from '../../../src/core/workflow/drawing/routing.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  emptyGraph,
  type Graph,
  type NodeType,
} from '../../../src/core/workflow/map/workflow.ts'

/** Six lanes; mostly forwards, one way in ten back, a decision in six steps; the same for the same size. */
function mapOf(steps: number): Graph {
  let state = steps
  const draw = (n: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % n
  }
  const lanes = new Map(
    Array.from({ length: 6 }, (_, order) => [`l${order}`, { ...blankLane, id: `l${order}`, label: `Role ${order}`, order }]),
  )
  const typeOf = (at: number): NodeType => (at === 0 ? 'start' : at === steps - 1 ? 'end' : at % 6 === 3 ? 'decision' : 'step')
  const nodes = new Map(
    Array.from({ length: steps }, (_, at) => [
      `n${at}`,
      { ...blankNode, id: `n${at}`, type: typeOf(at), label: `Do thing ${at}`, lane: `l${draw(6)}` },
    ]),
  )
  const edges = new Map<string, typeof blankEdge>()
  const join = (from: number, to: number): void => {
    const id = `e${from}-${to}`
    if (from !== to) edges.set(id, { ...blankEdge, id, from: `n${from}`, to: `n${to}` })
  }
  for (let at = 1; at < steps; at++) join(at - 1, at)
  for (let at = 3; at < steps - 1; at += 6) join(at, draw(10) === 0 ? draw(at) : Math.min(steps - 1, at + 2 + draw(6)))
  return { ...emptyGraph('large', 'current'), lanes, nodes, edges }
}

function median(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return times.sort((a, b) => a - b)[2] ?? 0
}

test.each([60, 61, 62, 63, 64, 65, 200, 1_000])(
  'in a map of %d steps nothing overlaps and no flow runs through a step',
  (steps) => {
    const graph = mapOf(steps)
    const map = placed(graph)
    const boxes = [...map.nodes.values()].map((node): Box => ({ id: node.id, x: node.x, y: node.y, ...sizeOf(node) }))
    let overlaps = 0
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) overlaps++
    expect(overlaps).toBe(0)
    const byId = new Map(boxes.map((box) => [box.id, box]))
    let through = 0
    for (const { from, to } of map.edges.values()) {
      const [a, b] = [byId.get(from), byId.get(to)]
      if (!a || !b) continue
      const way = routeFlow(a, b, boxes, map.nodes.get(from)?.type === 'decision')
      const hit = boxes.some(
        (box) =>
          box.id !== from && box.id !== to && way.slice(1).some((point, index) => crosses(way[index] ?? point, point, box)),
      )
      if (hit) through++
    }
    // Every route again, from nothing known of the steps.
    const routing = median(() => {
      const standing = [...boxes]
      for (const { from, to } of map.edges.values()) {
        const [a, b] = [byId.get(from), byId.get(to)]
        if (a && b) routeFlow(a, b, standing, map.nodes.get(from)?.type === 'decision')
      }
    })
    console.log(
      `layout of ${steps} steps: ${median(() => layOut({ ...graph })).toFixed(0)} ms, its flows routed in ${routing.toFixed(0)} ms, 0 overlaps, ${through} of ${map.edges.size} flows through a step`,
    )
    expect(through).toBe(0)
  },
)

function crosses(
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
  box: Box,
): boolean {
  return (
    Math.max(a.x, b.x) > box.x &&
    Math.min(a.x, b.x) < box.x + box.width &&
    Math.max(a.y, b.y) > box.y &&
    Math.min(a.y, b.y) < box.y + box.height
  )
}
