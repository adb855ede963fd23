/** Where every node of a map is drawn: in the band of its role, wherever it stood before. Pictures, BPMN shapes and playback all draw from here. */

import type { Graph, Node } from '../map/workflow.ts'
import { type Box, laneBands, laneHeader, sizeOf } from './layout.ts'

/** Room between a shape and the edge of its band, in pixels. */
export const bandInset = 4
/** Least height of the band of steps without a role, where there is no other band and below others. */
const leastAlone = 160
const leastBelow = 96

const placed = new WeakMap<Graph, ReadonlyMap<string, Box>>()

/**
 * A role decides the band, the place in the file only where in it. Nodes without a role stand below all bands, except events
 * that belong to a step in one.
 */
export function placesOf(graph: Graph): ReadonlyMap<string, Box> {
  const known = placed.get(graph)
  if (known) return known
  const bands = new Map(laneBands(graph).map((band) => [band.id, band]))
  const below = belowLanes(graph)
  const beside = eventNeighbours(graph)
  const boxes = new Map<string, Box>()
  for (const node of graph.nodes.values()) {
    const { width, height } = sizeOf(node)
    const neighbour = beside.get(node.id)
    const band = bands.get((neighbour ?? node).lane ?? '')
    const top = neighbour ? eventTop(node, neighbour, band) : node.y
    const y = band ? within(top, height, band) : Math.max(below + bandInset, node.y)
    const x = Math.max(laneHeader, node.x)
    boxes.set(node.id, { id: node.id, x, y, width, height })
  }
  placed.set(graph, boxes)
  return boxes
}

/** Where steps without a role stand: below all lanes, as high as they need; null where every step has one. */
export function looseBand(graph: Graph): { readonly y: number; readonly height: number } | null {
  const beside = eventNeighbours(graph)
  const loose = [...graph.nodes.values()].filter((node) => !graph.lanes.has(node.lane ?? '') && !beside.has(node.id))
  if (loose.length === 0 && graph.lanes.size > 0) return null
  const y = belowLanes(graph)
  const low = loose.reduce((lowest, node) => Math.max(lowest, node.y + sizeOf(node).height + bandInset), 0)
  return { y, height: Math.max(graph.lanes.size === 0 ? leastAlone : leastBelow, low - y) }
}

function belowLanes(graph: Graph): number {
  return laneBands(graph).reduce((low, { y, height }) => Math.max(low, y + height), 0)
}

/** An event without a role stands where it was put in the band of its step; from anywhere else it comes level with that step. */
export function eventTop(event: Node, step: Node, band: { readonly y: number; readonly height: number } | undefined): number {
  const { height } = sizeOf(event)
  const inside = band && event.y >= band.y && event.y + height <= band.y + band.height
  return inside ? event.y : step.y + (sizeOf(step).height - height) / 2
}

/** The nearest height at which a shape stands inside a band. */
export function within(top: number, height: number, band: { readonly y: number; readonly height: number }): number {
  const least = band.y + bandInset
  return Math.min(Math.max(least, band.y + band.height - height - bandInset), Math.max(least, top))
}

/** Start and end events without a role, with the step they belong to. */
export function eventNeighbours(graph: Graph): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>()
  for (const edge of graph.edges.values()) {
    const from = graph.nodes.get(edge.from)
    const to = graph.nodes.get(edge.to)
    if (from?.type === 'start' && from.lane === null && !found.has(from.id) && to && graph.lanes.has(to.lane ?? ''))
      found.set(from.id, to)
    if (to?.type === 'end' && to.lane === null && !found.has(to.id) && from && graph.lanes.has(from.lane ?? ''))
      found.set(to.id, from)
  }
  return found
}
