/** Lane × layer layout: roles are rows, the flow runs left to right, all on whole pixels with no overlaps. */
import { compareText } from '../../finding.ts'
import type { Graph, Lane, Node, NodeType } from '../map/workflow.ts'
import { flowWords, nameAbove, wordsWidth } from './drawn-words.ts'
import { type Extent, heightsOf } from './layering/heights.ts'
import { type Item, itemsOf } from './layering/items.ts'
import { orderOf } from './layering/order.ts'
import { layersOf } from './layering/step-columns.ts'
import { columnsOf, type Standing } from './layering/x-positions.ts'

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
const leastHeight = 88
const gaps = { step: 16, line: 12, border: 16 }
/** Least room above and below the middle of a step, so that a row of small shapes is as high as one of cards. */
const leastExtent = card.height / 2 - 4

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
  const nodes = [...graph.nodes.values()].sort((a, b) => compareText(a.id, b.id))
  if (nodes.length === 0) return { moves: [], heights: lanes.map(({ id }) => ({ id, height: leastHeight })) }
  const indexOf = new Map(nodes.map(({ id }, at) => [id, at]))
  const rowOf = rowsOf(graph, lanes)
  const row = nodes.map(({ id }) => rowOf.get(id) ?? lanes.length)
  const rows = Math.max(lanes.length, ...row.map((each) => each + 1))
  const edges = [...graph.edges.values()].filter(({ from, to }) => indexOf.has(from) && indexOf.has(to))
  const ends = edges.map(({ from, to }) => ({ from: indexOf.get(from) ?? 0, to: indexOf.get(to) ?? 0 }))
  const starts = nodes.flatMap(({ type }, at) => (type === 'start' ? [at] : []))
  const layers = layersOf(nodes.length, ends, starts)
  const all = itemsOf(layers, row, rows)
  const rank = new Map(layers.order.map((node, at) => [node, at]))
  const extents = all.items.map((item) => extentOf(item, nodes))
  const columns = orderOf(all, (item) => {
    const node = nodes[all.items[item]?.node ?? -1]
    // Steps keep the order that a person gave them; those that never stood anywhere begin as they are met.
    return node ? node.y + (rank.get(all.items[item]?.node ?? 0) ?? 0) / nodes.length : 0
  })
  const gap = (upper: number, lower: number): number => gapOf(all.items[upper], all.items[lower])
  const heights = heightsOf({ all, columns, extent: (item) => extents[item] ?? noExtent, gap })
  const borders = Array.from(
    { length: rows + 1 },
    (_, at) => heights[all.items.findIndex((item) => item.border && item.row === at)] ?? 0,
  )
  const bands = borders.slice(1).map((y, at) => Math.max(leastHeight, y - (borders[at] ?? 0)))
  const lower = bands.map((_, at) => bands.slice(0, at).reduce((sum, each) => sum + each, 0) - (borders[at] ?? 0))
  const centres = nodes.map((_, at) => (heights[all.of[at] ?? 0] ?? 0) + (lower[row[at] ?? 0] ?? 0))
  const standing = nodes.map((node, at): Standing => {
    const centre = centres[at] ?? 0
    const [{ width, height }, name] = [sizeOf(node), nameAbove(node)]
    return {
      layer: layers.layer[at] ?? 0,
      centre,
      top: centre - height / 2 - (name?.height ?? 0),
      bottom: centre + height / 2,
      half: Math.max(width, name?.width ?? 0) / 2,
      named: name !== null,
    }
  })
  const words = new Map(edges.map((edge, at) => [`${ends[at]?.from} ${ends[at]?.to}`, wordsWidth(flowWords(edge))]))
  const leads = layers.flows.flatMap(({ from, to, back }) => (back ? [] : [{ from, to, words: words.get(`${from} ${to}`) ?? 0 }]))
  const middles = columnsOf(standing, leads, laneHeader + 14)
  const moves = nodes.map((node, at) => {
    const { width, height } = sizeOf(node)
    return { id: node.id, x: Math.round((middles[at] ?? 0) - width / 2), y: Math.round((centres[at] ?? 0) - height / 2) }
  })
  return { moves, heights: lanes.map(({ id }, at) => ({ id, height: bands[at] ?? leastHeight })) }
}

const noExtent: Extent = { up: 0, down: 0 }

function extentOf({ node: at, border }: Item, nodes: readonly Node[]): Extent {
  const node = border || at === null ? undefined : nodes[at]
  if (!node) return noExtent
  const half = Math.max(leastExtent, sizeOf(node).height / 2)
  return { up: half + (nameAbove(node)?.height ?? 0), down: half }
}

function gapOf(upper: Item | undefined, lower: Item | undefined): number {
  if (upper?.border && lower?.border) return leastHeight
  if (upper?.border || lower?.border) return gaps.border
  return upper?.node === null || lower?.node === null ? gaps.line : gaps.step
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
