/** Lane × layer layout: roles are rows, the flow runs left to right, all on whole pixels with no overlaps. */
import { compareText } from '../finding.ts'
import { viewOf } from './graph.ts'
import type { Graph, Lane, Node, NodeType } from './workflow.ts'

export interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Sizes of screens.md §7.5. */
const sizes: Readonly<Record<NodeType, { readonly width: number; readonly height: number }>> = {
  start: { width: 96, height: 40 },
  end: { width: 96, height: 40 },
  step: { width: 176, height: 56 },
  wait: { width: 56, height: 56 },
  decision: { width: 64, height: 64 },
  parallel: { width: 48, height: 48 },
  inclusive: { width: 48, height: 48 },
  document: { width: 176, height: 56 },
  subworkflow: { width: 176, height: 56 },
  note: { width: 176, height: 56 },
}

export function sizeOf(node: Node): { readonly width: number; readonly height: number } {
  return sizes[node.type]
}

/** Space kept free at the left of each band for the rotated name of the lane. */
export const laneHeader = 40
const gapX = 40
const gapY = 16
const padY = 20
const leastHeight = 96

export interface Layout {
  readonly moves: readonly { readonly id: string; readonly x: number; readonly y: number }[]
  readonly heights: readonly { readonly id: string; readonly height: number }[]
}

/** Lanes from top to bottom: by order, then id. */
export function orderedLanes(graph: Graph): readonly Lane[] {
  return [...graph.lanes.values()].sort((a, b) => a.order - b.order || compareText(a.id, b.id))
}

/** Where each lane lies on the canvas: bands stacked in order, from y = 0. */
export function laneBands(graph: Graph): readonly { readonly id: string; readonly y: number; readonly height: number }[] {
  let y = 0
  return orderedLanes(graph).map((lane) => {
    const band = { id: lane.id, y, height: lane.height }
    y += lane.height
    return band
  })
}

/** Positions for every node and heights for every lane; give them to `move-nodes` with `heights`. */
export function layOut(graph: Graph): Layout {
  const lanes = orderedLanes(graph)
  const rowOf = new Map<string | null, number>(lanes.map((lane, row) => [lane.id, row]))
  const rows = lanes.length + 1
  const columns = layers(graph)
  const cells = new Map<number, Node[]>()
  let last = 0
  for (const node of [...graph.nodes.values()].sort((a, b) => compareText(a.id, b.id))) {
    const column = columns.get(node.id) ?? 0
    last = Math.max(last, column)
    const cell = column * rows + (rowOf.get(node.lane) ?? lanes.length)
    const list = cells.get(cell)
    if (list) list.push(node)
    else cells.set(cell, [node])
  }
  const bands = bandHeights(cells, rows)
  const tops: number[] = []
  let top = 0
  for (const height of bands) {
    tops.push(top)
    top += height
  }
  const moves: { id: string; x: number; y: number }[] = []
  let x = laneHeader + gapX / 2
  for (let column = 0; column <= last; column++) {
    let width = 0
    for (let row = 0; row < rows; row++)
      for (const node of cells.get(column * rows + row) ?? []) width = Math.max(width, sizeOf(node).width)
    for (let row = 0; row < rows; row++) {
      const cell = bySweep(cells.get(column * rows + row) ?? [], graph)
      let y = (tops[row] ?? 0) + ((bands[row] ?? 0) - stackHeight(cell)) / 2
      for (const node of cell) {
        const size = sizeOf(node)
        moves.push({ id: node.id, x: grid(x + (width - size.width) / 2), y: Math.round(y) })
        y += size.height + gapY
      }
    }
    x += width + gapX
  }
  return {
    moves: moves.sort((a, b) => compareText(a.id, b.id)),
    heights: lanes.map((lane, row) => ({ id: lane.id, height: bands[row] ?? leastHeight })),
  }
}

function bandHeights(cells: ReadonlyMap<number, readonly Node[]>, rows: number): number[] {
  const bands = new Array<number>(rows).fill(leastHeight)
  for (const [cell, nodes] of cells) {
    const row = cell % rows
    bands[row] = Math.max(bands[row] ?? 0, Math.ceil((stackHeight(nodes) + 2 * padY) / 8) * 8)
  }
  return bands
}

function stackHeight(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + sizeOf(node).height, 0) + Math.max(0, nodes.length - 1) * gapY
}

/** Layer of each node: the longest way from a start, back edges left out; documents and notes stand with their neighbour. */
function layers(graph: Graph): Map<string, number> {
  const view = viewOf(graph)
  const forward = withoutBackEdges(view)
  const depth = new Int32Array(view.nodes.length)
  for (const at of forward.order)
    for (const to of forward.out[at] ?? []) depth[to] = Math.max(depth[to] ?? 0, (depth[at] ?? 0) + 1)
  const found = new Map(view.nodes.map((node, index) => [node.id, depth[index] ?? 0]))
  for (const node of graph.nodes.values()) {
    if (found.has(node.id)) continue
    const edge = [...graph.edges.values()].find((other) => other.from === node.id || other.to === node.id)
    found.set(node.id, edge ? (found.get(edge.from === node.id ? edge.to : edge.from) ?? 0) : 0)
  }
  return found
}

/** Depth-first cycle removal from the starts; `order` is topological for what is left. */
function withoutBackEdges(view: ReturnType<typeof viewOf>): { readonly order: readonly number[]; readonly out: number[][] } {
  const n = view.nodes.length
  const state = new Uint8Array(n)
  const out: number[][] = view.nodes.map(() => [])
  const order: number[] = []
  const next = new Int32Array(n)
  const roots = [...view.groups.flat()]
  const begin = [...roots.filter((at) => view.nodes[at]?.type === 'start'), ...roots]
  for (const root of begin) {
    if (state[root] !== 0) continue
    const path = [root]
    state[root] = 1
    while (path.length > 0) {
      const at = path[path.length - 1] ?? 0
      const flow = (view.out[at] ?? [])[next[at] ?? 0]
      if (!flow) {
        state[at] = 2
        order.push(at)
        path.pop()
        continue
      }
      next[at] = (next[at] ?? 0) + 1
      if (state[flow.to] === 1) continue
      out[at]?.push(flow.to)
      if (state[flow.to] === 0) {
        state[flow.to] = 1
        path.push(flow.to)
      }
    }
  }
  return { order: order.reverse(), out }
}

/** Inside a cell: keep the order a person gave by hand, so that a small edit moves few nodes. */
function bySweep(nodes: readonly Node[], graph: Graph): readonly Node[] {
  if (nodes.length < 2) return nodes
  const height = new Map(nodes.map((node) => [node.id, neighbourHeight(node, graph)]))
  return [...nodes].sort((a, b) => a.y - b.y || (height.get(a.id) ?? 0) - (height.get(b.id) ?? 0) || compareText(a.id, b.id))
}

function neighbourHeight(node: Node, graph: Graph): number {
  let sum = 0
  let n = 0
  for (const edge of graph.edges.values()) {
    if (edge.to !== node.id) continue
    sum += graph.lanes.get(graph.nodes.get(edge.from)?.lane ?? '')?.order ?? 0
    n++
  }
  return n === 0 ? 0 : sum / n
}

function grid(value: number): number {
  return Math.round(value / 8) * 8
}
