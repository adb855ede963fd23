/** The way of a flow whose corners a person gave: they stay where they are when steps move, and the first and last piece follow the steps. */

import type { Edge } from '../map/workflow.ts'
import type { Box } from './layout.ts'
import { type Point, routeFlow } from './routing.ts'

/** The way of a flow: around the corners a person gave it, otherwise found. @param origin where the map of the corners begins */
export function wayOf(
  edge: Edge,
  from: Box,
  to: Box,
  others: readonly Box[],
  fromGateway: boolean,
  origin: Point = { x: 0, y: 0 },
): readonly Point[] {
  if (!edge.bends) return routeFlow(from, to, others, fromGateway)
  return bentWay(
    from,
    to,
    edge.bends.map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y })),
  )
}

/** Right angles only: a corner that is level with neither its step nor its neighbour gets one more. */
export function bentWay(from: Box, to: Box, bends: readonly Point[]): readonly Point[] {
  const [first] = bends
  const last = bends.at(-1)
  if (!first || !last) return []
  const way: Point[] = []
  for (const point of [...outOf(from, first), ...bends, ...[...outOf(to, last)].reverse()]) {
    const before = way.at(-1)
    if (before && before.x !== point.x && before.y !== point.y) way.push({ x: point.x, y: before.y })
    way.push(point)
  }
  return straight(way)
}

/** From the side of a step that faces a corner. */
function outOf(box: Box, corner: Point): readonly Point[] {
  const inside = (at: number, low: number, length: number): boolean => at >= low && at <= low + length
  const right = box.x + box.width
  const low = box.y + box.height
  if (inside(corner.y, box.y, box.height)) return [{ x: corner.x < box.x + box.width / 2 ? box.x : right, y: corner.y }]
  if (inside(corner.x, box.x, box.width)) return [{ x: corner.x, y: corner.y < box.y ? box.y : low }]
  // Around the edge: level out of the nearer side, then up or down to the corner.
  const y = Math.round(box.y + box.height / 2)
  return [
    { x: corner.x < box.x ? box.x : right, y },
    { x: corner.x, y },
  ]
}

/** Points between two that they are in line with say nothing. */
function straight(way: readonly Point[]): readonly Point[] {
  return way.filter((point, i) => {
    const [before, after] = [way[i - 1], way[i + 1]]
    if (before && before.x === point.x && before.y === point.y) return false
    if (!before || !after) return true
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
  })
}

/** How far out of its step a way turns that is pulled off its line, in pixels. */
const stub = 16

/** Moves one piece of a way across itself and gives the corners that keep it there. @param piece from this point to the next */
export function movePiece(way: readonly Point[], piece: number, by: Point): readonly Point[] {
  const [a, b] = [way[piece], way[piece + 1]]
  if (!a || !b) return way.slice(1, -1)
  const level = a.y === b.y
  const shift = ({ x, y }: Point): Point => (level ? { x, y: y + by.y } : { x: x + by.x, y })
  const along = (end: Point, other: Point): Point =>
    level
      ? { x: end.x + Math.sign(other.x - end.x) * stub, y: end.y }
      : { x: end.x, y: end.y + Math.sign(other.y - end.y) * stub }
  const last = way.length - 1
  const corners = way.flatMap((point, i): Point[] => {
    // The ends stay at their steps: a piece that touches one turns just outside of it.
    if (i === piece) return [shift(i === 0 ? along(a, b) : a)]
    if (i === piece + 1) return [shift(i === last ? along(b, a) : b)]
    return i === 0 || i === last ? [] : [point]
  })
  return corners.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
}
