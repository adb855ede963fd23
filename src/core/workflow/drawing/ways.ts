/** Ways that a flow may take from one step to the next, by the sides where it leaves and enters; which is best is decided over the whole map. */
import type { Box } from './layout.ts'
import type { Point } from './step-index.ts'

/** How far a flow runs straight before it turns. */
const stub = 14
const clearance = 12
const lane = 8
const mostLevels = 16

export type Way = readonly Point[]

/** Straight, with one turn, or with two between both steps. */
export function simpleWays(from: Box, to: Box): readonly Way[] {
  const [a, b] = [sides(from), sides(to)]
  return [...level(a, b), ...turns(a, b), ...upright(a, b)].map(tidy)
}

/** Around other steps, along one of these levels. @param name above the target, if any */
export function detours(from: Box, to: Box, name: Box | undefined, levels: readonly number[]): readonly Way[] {
  const [a, b] = [sides(from), sides(to)]
  const before = [b.left.x - stub, ...(name && name.x < to.x ? [Math.round(name.x) - clearance] : [])]
  return [...under(a, b, levels), ...before.flatMap((x) => around(a, b, x, levels))].map(tidy)
}

interface Sides {
  readonly left: Point
  readonly right: Point
  readonly top: Point
  readonly bottom: Point
}

function sides({ x, y, width, height }: Box): Sides {
  const [cx, cy] = [Math.round(x + width / 2), Math.round(y + height / 2)]
  return {
    left: { x, y: cy },
    right: { x: x + width, y: cy },
    top: { x: cx, y },
    bottom: { x: cx, y: y + height },
  }
}

/** Out at the right, in at the left. */
function level(a: Sides, b: Sides): Way[] {
  const [start, end] = [a.right, b.left]
  if (end.x < start.x + 4) return []
  if (start.y === end.y) return [[start, end]]
  const [low, high] = [start.x + Math.min(stub, (end.x - start.x) / 2), end.x - Math.min(stub, (end.x - start.x) / 2)]
  const middle = (start.x + end.x) / 2
  const spots = [middle, high, low]
  for (let by = lane; by <= 5 * lane; by += lane) spots.push(middle - by, middle + by, low + by, high - by)
  return distinct(spots.map(Math.round).filter((x) => x >= start.x + 4 && x <= end.x - 4)).map((x) => [
    start,
    { x, y: start.y },
    { x, y: end.y },
    end,
  ])
}

/** One turn: down or up and straight in, or straight out and down or up. */
function turns(a: Sides, b: Sides): Way[] {
  const ways: Way[] = []
  for (const start of [a.bottom, a.top]) {
    const ahead = start === a.bottom ? b.left.y > start.y + 4 : b.left.y < start.y - 4
    if (!ahead) continue
    if (b.left.x > start.x + clearance) ways.push([start, { x: start.x, y: b.left.y }, b.left])
    if (b.right.x < start.x - clearance) ways.push([start, { x: start.x, y: b.right.y }, b.right])
  }
  for (const end of [b.top, b.bottom]) {
    const ahead = end === b.top ? a.right.y < end.y - 4 : a.right.y > end.y + 4
    if (!ahead) continue
    if (end.x > a.right.x + clearance) ways.push([a.right, { x: end.x, y: a.right.y }, end])
    if (end.x < a.left.x - clearance) ways.push([a.left, { x: end.x, y: a.left.y }, end])
  }
  return ways
}

/** Out below and in above, or the other way round. */
function upright(a: Sides, b: Sides): Way[] {
  const ways: Way[] = []
  for (const [start, end] of [
    [a.bottom, b.top],
    [a.top, b.bottom],
  ] as const) {
    const down = start === a.bottom
    const room = down ? end.y - start.y : start.y - end.y
    if (room < 8) continue
    if (start.x === end.x) {
      ways.push([start, end])
      continue
    }
    for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      const y = Math.round(start.y + (end.y - start.y) * share)
      ways.push([start, { x: start.x, y }, { x: end.x, y }, end])
    }
  }
  return ways
}

/** Out and in at the same side, under or over everything between: how work is sent back. */
function under(a: Sides, b: Sides, levels: readonly number[]): Way[] {
  const low = Math.max(a.bottom.y, b.bottom.y)
  const high = Math.min(a.top.y, b.top.y)
  const below = nearest([...levels.filter((y) => y >= low + clearance), ...offsets(low, 1)], low)
  const above = nearest([...levels.filter((y) => y <= high - clearance), ...offsets(high, -1)], high)
  const at = (start: Point, end: Point, y: number): Way => [start, { x: start.x, y }, { x: end.x, y }, end]
  return [...below.map((y) => at(a.bottom, b.bottom, y)), ...above.map((y) => at(a.top, b.top, y))]
}

/** Three or four turns: along a free level, in at the side that is nearest. */
function around(a: Sides, b: Sides, before: number, levels: readonly number[]): Way[] {
  const ways: Way[] = []
  const close = [a.top.y - clearance, a.bottom.y + clearance, b.top.y - clearance, b.bottom.y + clearance]
  for (const y of distinct([...nearest(levels, (a.right.y + b.left.y) / 2), ...close])) {
    const out = a.right.x + stub
    for (const [x, p] of [
      [out, a.right],
      [a.bottom.x, y > a.bottom.y ? a.bottom : a.top],
    ] as const) {
      if (x === a.bottom.x && y <= a.bottom.y && y >= a.top.y) continue
      const first: Way = [p, { x, y: p.y }, { x, y }]
      ways.push([...first, { x: before, y }, { x: before, y: b.left.y }, b.left])
      if (y < b.top.y - 4) ways.push([...first, { x: b.top.x, y }, b.top])
      if (y > b.bottom.y + 4) ways.push([...first, { x: b.bottom.x, y }, b.bottom])
    }
  }
  return ways
}

function offsets(edge: number, sign: 1 | -1): readonly number[] {
  return [12, 20, 28, 36].map((by) => Math.round(edge + sign * by))
}

function nearest(levels: readonly number[], wanted: number): readonly number[] {
  return distinct(levels)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, mostLevels)
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)]
}

/** Points that stand on a straight line between their neighbours are left out. */
export function tidy(way: Way): Way {
  const moved = way.filter((point, i) => i === 0 || point.x !== way[i - 1]?.x || point.y !== way[i - 1]?.y)
  return moved.filter((point, i) => {
    const [before, after] = [moved[i - 1], moved[i + 1]]
    if (!before || !after) return true
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
  })
}
