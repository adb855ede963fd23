/** Room on a map: where a step covers no other, and steps that go to another lane together. */

import { nameAbove } from '../drawing/drawn-words.ts'
import { type Box, laneBands, sizeOf } from '../drawing/layout.ts'
import { looseBand, placesOf } from '../drawing/places.ts'
import type { Graph, Node } from '../map/workflow.ts'
import type { Command } from './edit.ts'

/** Room between the steps of a lane and its edges, in pixels. */
const inset = 16
/** Height of a band that has no step yet, in pixels. */
const emptyBand = 160

/** The first place at or right of a point where a node of this size covers no other. */
export function freePlace(
  graph: Graph,
  at: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const taken = [...graph.nodes.values()].map((node) => ({ x: node.x, y: node.y, ...sizeOf(node) }))
  return { x: freeAcross(taken, { ...at, ...size }, 'right'), y: at.y }
}

type Place = Omit<Box, 'id'>

/** The x nearest to the wanted place, on one side of it, where it covers none of the taken places. */
export function freeAcross(taken: readonly Place[], wanted: Place, towards: 'left' | 'right'): number {
  const level = taken.filter(({ y, height }) => y < wanted.y + wanted.height && wanted.y < y + height)
  let x = wanted.x
  for (let moved = true; moved; ) {
    moved = false
    for (const box of level) {
      if (box.x + box.width + 16 <= x || x + wanted.width + 16 <= box.x) continue
      x = towards === 'right' ? Math.ceil((box.x + box.width + 40) / 8) * 8 : Math.floor((box.x - 40 - wanted.width) / 8) * 8
      moved = true
    }
  }
  return x
}

/** Steps into another lane: rows stay rows, no step covers another, and the lane becomes as high as they need. */
export function intoLane(graph: Graph, ids: readonly string[], lane: string | null): Command {
  const { side } = graph
  const chosen = ids.flatMap((id) => graph.nodes.get(id) ?? []).sort((a, b) => a.x - b.x)
  if (chosen.length === 0) return { kind: 'move-nodes', side, moves: [] }
  const tops = new Map(laneBands(graph).map(({ id, y }) => [id, y]))
  const boxes = placesOf(graph)
  const loose = looseBand(graph)?.y ?? 0
  // Counted from the top of the lane that each comes from, so that steps of several lanes stand in the same row.
  const heightOf = (node: Node): number => (boxes.get(node.id)?.y ?? node.y) - (tops.get(node.lane ?? '') ?? loose)
  const first = Math.min(...chosen.map((node) => heightOf(node) - (nameAbove(node)?.height ?? 0)))
  const high = Math.max(...chosen.map((node) => heightOf(node) + sizeOf(node).height)) - first
  const band = laneBands(graph).find(({ id }) => id === lane) ?? looseBand(graph) ?? { y: loose, height: emptyBand }
  const height = Math.max(band.height, high + 2 * inset)
  const others = new Map([...graph.nodes].filter(([id]) => !ids.includes(id)))
  const moves = chosen.map((node) => {
    const y = Math.round(band.y + (height - high) / 2 + heightOf(node) - first)
    const place = freePlace({ ...graph, nodes: others }, { x: node.x, y }, sizeOf(node))
    others.set(node.id, { ...node, ...place })
    return { id: node.id, lane, ...place }
  })
  const put: Command = { kind: 'move-nodes', side, moves }
  if (lane === null || height === band.height) return put
  return { kind: 'together', commands: [{ kind: 'arrange-lanes', side, heights: [{ id: lane, height }] }, put] }
}

/** What makes a lane high enough for a node that ends at this height; null where it is. */
export function laneFor(graph: Graph, lane: string | null, bottom: number): Command | null {
  const band = laneBands(graph).find(({ id }) => id === lane)
  const height = band ? Math.ceil(bottom + inset - band.y) : 0
  if (!band || height <= band.height) return null
  return { kind: 'arrange-lanes', side: graph.side, heights: [{ id: band.id, height }] }
}
