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

/** High enough for a name of two lines and the line of facts, so that a map is read without zooming in. */
const card = { width: 152, height: 64 }
const sizes: Readonly<Record<NodeType, { readonly width: number; readonly height: number }>> = {
  start: { width: 96, height: 40 },
  end: { width: 96, height: 40 },
  step: card,
  wait: { width: 56, height: 56 },
  decision: { width: 64, height: 64 },
  parallel: { width: 48, height: 48 },
  inclusive: { width: 48, height: 48 },
  document: card,
  subworkflow: card,
  note: card,
}

/** Events with a short word, most of them "start" and "end", are drawn small. */
const smallEvent = { width: 56, height: 32 }
const smallWord = 6

export function sizeOf(node: Node): { readonly width: number; readonly height: number } {
  const event = node.type === 'start' || node.type === 'end'
  return event && node.label.length <= smallWord ? smallEvent : sizes[node.type]
}

/** Space kept free at the left of each band for the rotated name of the lane. */
export const laneHeader = 40
const gapX = 28
const gapY = 16
const padY = 12
/** Names of decisions and waits stand above their shape and are wider than it. */
const outsideName = { width: 120, height: 24 }
const leastHeight = 88

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
  const rowOf = rowsOf(graph, lanes)
  const rows = lanes.length + 1
  const { columns, before } = layers(graph)
  const sources = sourcesOf(graph)
  const cells = new Map<number, Node[]>()
  for (const node of [...graph.nodes.values()].sort((a, b) => compareText(a.id, b.id))) {
    const cell = (columns.get(node.id) ?? 0) * rows + (rowOf.get(node.id) ?? lanes.length)
    const list = cells.get(cell)
    if (list) list.push(node)
    else cells.set(cell, [node])
  }
  const bands = bandHeights(cells, rows)
  const tops = bands.map((_, row) => bands.slice(0, row).reduce((sum, height) => sum + height, 0))
  const moves: { id: string; x: number; y: number }[] = []
  const places = new Map<string, Place>()
  const ends = new Array<number>(rows).fill(laneHeader - gapX / 2)
  for (const [key, unsorted] of [...cells].sort(([a], [b]) => a - b)) {
    const row = key % rows
    const cell = bySweep(unsorted, graph, sources)
    const width = Math.max(...cell.map(room))
    let x = (ends[row] ?? 0) + gapX
    for (const node of cell)
      for (const from of before.get(node.id) ?? []) {
        const place = places.get(from)
        if (place) x = Math.max(x, behind(place, row, ends))
      }
    x = Math.ceil(x / 8) * 8
    let y = (tops[row] ?? 0) + ((bands[row] ?? 0) - stackHeight(cell)) / 2
    for (const node of cell) {
      const size = sizeOf(node)
      const left = x + Math.round((width - size.width) / 2)
      moves.push({ id: node.id, x: left, y: Math.round(y) })
      places.set(node.id, { row, centre: left + size.width / 2, end: x + width })
      y += size.height + gapY
    }
    ends[row] = x + width
  }
  return {
    moves: moves.sort((a, b) => compareText(a.id, b.id)),
    heights: lanes.map((lane, row) => ({ id: lane.id, height: bands[row] ?? leastHeight })),
  }
}

interface Place {
  readonly row: number
  readonly centre: number
  readonly end: number
}

/** Least x of a step that follows: beside it in the same lane; in another one already from its middle on, if the way down or up is free. */
function behind(place: Place, row: number, ends: readonly number[]): number {
  if (place.row === row) return place.end + gapX
  const [low, high] = place.row < row ? [place.row + 1, row] : [row, place.row - 1]
  const free = ends.slice(low, high + 1).every((end) => end <= place.centre - gapX / 2)
  return free ? place.centre + gapX : place.end + gapX
}

function isNamedOutside(node: Node): boolean {
  return node.type === 'decision' || node.type === 'wait'
}

function room(node: Node): number {
  return isNamedOutside(node) ? Math.max(outsideName.width, sizeOf(node).width) : sizeOf(node).width
}

/** The map with every step and lane where the layout puts them. */
export function placed(graph: Graph): Graph {
  const { moves, heights } = layOut(graph)
  const nodes = new Map(graph.nodes)
  for (const { id, x, y } of moves) {
    const node = nodes.get(id)
    if (node) nodes.set(id, { ...node, x, y })
  }
  const lanes = new Map(graph.lanes)
  for (const { id, height } of heights) {
    const lane = lanes.get(id)
    if (lane) lanes.set(id, { ...lane, height })
  }
  return { ...graph, nodes, lanes }
}

/** The lane of each node as a row; a start or end without a lane stands beside the step it belongs to. */
function rowsOf(graph: Graph, lanes: readonly Lane[]): ReadonlyMap<string, number> {
  const byLane = new Map<string | null, number>(lanes.map((lane, row) => [lane.id, row]))
  const rows = new Map<string, number>()
  for (const node of graph.nodes.values()) {
    const row = byLane.get(node.lane)
    if (row !== undefined) rows.set(node.id, row)
  }
  for (const { from, to } of graph.edges.values()) {
    const [first, second] = [graph.nodes.get(from), graph.nodes.get(to)]
    const [a, b] = [byLane.get(first?.lane ?? null), byLane.get(second?.lane ?? null)]
    if (first?.type === 'start' && a === undefined && b !== undefined && !rows.has(from)) rows.set(from, b)
    if (second?.type === 'end' && b === undefined && a !== undefined && !rows.has(to)) rows.set(to, a)
  }
  return rows
}

function bandHeights(cells: ReadonlyMap<number, readonly Node[]>, rows: number): number[] {
  const bands = new Array<number>(rows).fill(leastHeight)
  for (const [cell, nodes] of cells) {
    const row = cell % rows
    const names = nodes.some(isNamedOutside) ? outsideName.height : 0
    bands[row] = Math.max(bands[row] ?? 0, Math.ceil((stackHeight(nodes) + names + 2 * padY) / 8) * 8)
  }
  return bands
}

function stackHeight(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + sizeOf(node).height, 0) + Math.max(0, nodes.length - 1) * gapY
}

/** Layer of each node and what leads to it: the longest way from a start, back edges left out; documents and notes stand with their neighbour. */
function layers(graph: Graph): {
  readonly columns: ReadonlyMap<string, number>
  readonly before: ReadonlyMap<string, readonly string[]>
} {
  const view = viewOf(graph)
  const forward = withoutBackEdges(view)
  const depth = new Int32Array(view.nodes.length)
  const before = new Map<string, string[]>(view.nodes.map((node) => [node.id, []]))
  for (const at of forward.order)
    for (const to of forward.out[at] ?? []) {
      depth[to] = Math.max(depth[to] ?? 0, (depth[at] ?? 0) + 1)
      before.get(view.nodes[to]?.id ?? '')?.push(view.nodes[at]?.id ?? '')
    }
  const found = new Map(view.nodes.map((node, index) => [node.id, depth[index] ?? 0]))
  for (const node of graph.nodes.values()) {
    if (found.has(node.id)) continue
    const edge = [...graph.edges.values()].find((other) => other.from === node.id || other.to === node.id)
    found.set(node.id, edge ? (found.get(edge.from === node.id ? edge.to : edge.from) ?? 0) : 0)
  }
  return { columns: found, before }
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
function bySweep(nodes: readonly Node[], graph: Graph, sources: ReadonlyMap<string, readonly string[]>): readonly Node[] {
  if (nodes.length < 2) return nodes
  const height = new Map(nodes.map((node) => [node.id, neighbourHeight(sources.get(node.id) ?? [], graph)]))
  return [...nodes].sort((a, b) => a.y - b.y || (height.get(a.id) ?? 0) - (height.get(b.id) ?? 0) || compareText(a.id, b.id))
}

/** Mean lane of what leads to a step. */
function neighbourHeight(sources: readonly string[], graph: Graph): number {
  if (sources.length === 0) return 0
  const laneOrder = (id: string): number => graph.lanes.get(graph.nodes.get(id)?.lane ?? '')?.order ?? 0
  return sources.reduce((sum, id) => sum + laneOrder(id), 0) / sources.length
}

/** What leads to each node, back edges included. */
function sourcesOf(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>()
  for (const { from, to } of graph.edges.values()) {
    const list = sources.get(to)
    if (list) list.push(from)
    else sources.set(to, [from])
  }
  return sources
}
