/** Orthogonal ways between steps: right angles only; one of a few simple ways where it is free, otherwise the shortest way around the other steps. */
import type { Box } from './layout.ts'
import { indexOfSteps, type Point, type StepIndex } from './step-index.ts'
import { wayAround } from './way-around.ts'

export type { Point }

/** How far a flow runs straight out of a step before it turns. */
const stub = 18
const clearance = 12
/** How far out of a step a way may turn where the usual place is taken. */
const legs = [stub, 8, 4]

/** The way of a flow from one step to the next; among simple ways the first that crosses fewest other steps. */
export function routeFlow(from: Box, to: Box, others: readonly Box[], fromGateway = false): readonly Point[] {
  const ways = to.x >= from.x + from.width + 8 ? forward(from, to, fromGateway) : [...turn(from, to), ...backward(from, to)]
  const index = indexOfSteps(others)
  let best = ways[0] ?? []
  let least = Number.POSITIVE_INFINITY
  for (const way of ways) {
    const hits = index.crossings(way, from.id, to.id)
    if (hits < least) {
      best = way
      least = hits
    }
    if (hits === 0) break
  }
  if (least > 0) {
    const free = clearWay(from, to, others, index) ?? wayAround(from, to, others, index)
    if (free) best = free
  }
  return tidy(best)
}

/** Where no simple way is free: out, along the nearest level that is free all the way, and in; null where there is none. */
function clearWay(from: Box, to: Box, others: readonly Box[], index: StepIndex): readonly Point[] | null {
  const start = { x: from.x + from.width, y: middle(from) }
  const end = { x: to.x, y: middle(to) }
  const wanted = (start.y + end.y) / 2
  const levels = new Set(others.flatMap((box) => [box.y - clearance, box.y + box.height + clearance].map(Math.round)))
  const sorted = [...levels].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
  for (const out of legs)
    for (const y of sorted) {
      const way = [
        start,
        { x: start.x + out, y: start.y },
        { x: start.x + out, y },
        { x: end.x - out, y },
        { x: end.x - out, y: end.y },
        end,
      ]
      if (index.crossings(way, from.id, to.id) === 0) return way
    }
  return null
}

function forward(from: Box, to: Box, fromGateway: boolean): readonly (readonly Point[])[] {
  const start = { x: from.x + from.width, y: middle(from) }
  const end = { x: to.x, y: middle(to) }
  if (Math.abs(start.y - end.y) < 1) return [[start, end], ...detours(start, end, from, to)]
  const bend = (x: number): readonly Point[] => [start, { x, y: start.y }, { x, y: end.y }, end]
  const bends = [bend(Math.round((start.x + end.x) / 2)), bend(end.x - stub), bend(start.x + stub)]
  const tight = end.x - start.x < 2 * clearance
  const first = fromGateway || tight ? [...turn(from, to), ...bends] : [...bends, ...turn(from, to)]
  return [...first, ...detours(start, end, from, to)]
}

/** Out at the upper or lower side, then straight into the next step: the way to another lane where two steps stand partly above each other. */
function turn(from: Box, to: Box): readonly (readonly Point[])[] {
  const x = Math.round(from.x + from.width / 2)
  const y = middle(to)
  const below = y > from.y + from.height + clearance
  const above = y < from.y - clearance
  if (to.x < x + clearance || (!below && !above)) return []
  return [
    [
      { x, y: below ? from.y + from.height : from.y },
      { x, y },
      { x: to.x, y },
    ],
  ]
}

function backward(from: Box, to: Box): readonly (readonly Point[])[] {
  const start = { x: from.x + from.width, y: middle(from) }
  const end = { x: to.x, y: middle(to) }
  return detours(start, end, from, to)
}

/** Over or under both steps. */
function detours(start: Point, end: Point, from: Box, to: Box): readonly (readonly Point[])[] {
  const around = (y: number): readonly Point[] => [
    start,
    { x: start.x + stub, y: start.y },
    { x: start.x + stub, y },
    { x: end.x - stub, y },
    { x: end.x - stub, y: end.y },
    end,
  ]
  const below = Math.max(from.y + from.height, to.y + to.height) + clearance
  const above = Math.min(from.y, to.y) - clearance
  const between =
    to.y > from.y + from.height
      ? (from.y + from.height + to.y) / 2
      : from.y > to.y + to.height
        ? (to.y + to.height + from.y) / 2
        : null
  return [...(between === null ? [] : [around(Math.round(between))]), around(below), around(above)]
}

/** Trace links leave a step left of its middle, where flows to other lanes run. */
const traceShare = 0.4

/** The way of a trace link: down from the upper step, across at `level`, down to the lower one; without a level from side to side. */
export function routeTrace(from: Box, to: Box, level: number | null): readonly Point[] {
  if (level === null) {
    const start = { x: from.x + from.width, y: middle(from) }
    const end = { x: to.x, y: middle(to) }
    const x = Math.round((start.x + end.x) / 2)
    return tidy([start, { x, y: start.y }, { x, y: end.y }, end])
  }
  const start = { x: Math.round(from.x + from.width * traceShare), y: from.y + from.height }
  const end = { x: Math.round(to.x + to.width * traceShare), y: to.y }
  return tidy([start, { x: start.x, y: level }, { x: end.x, y: level }, end])
}

function middle(box: Box): number {
  return Math.round(box.y + box.height / 2)
}

/** Points that stand on a straight line between their neighbours are left out. */
function tidy(way: readonly Point[]): readonly Point[] {
  return way.filter((point, i) => {
    const before = way[i - 1]
    const after = way[i + 1]
    if (!before || !after) return true
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
  })
}

/** The way as an SVG path, ending `short` pixels early to leave room for the arrow. */
export function pathOf(way: readonly Point[], short = 0): string {
  return way
    .map((point, i) => {
      const before = way[i - 1]
      const last = i === way.length - 1 && before !== undefined
      const x = last ? point.x - Math.sign(point.x - before.x) * short : point.x
      const y = last ? point.y - Math.sign(point.y - before.y) * short : point.y
      return `${i === 0 ? 'M' : 'L'}${x} ${y}`
    })
    .join('')
}

/** A 7 px arrow head at the end of a way. */
export function arrowOf(way: readonly Point[]): string {
  const end = way.at(-1)
  const before = way.at(-2)
  if (!end || !before) return ''
  const dx = Math.sign(end.x - before.x)
  const dy = Math.sign(end.y - before.y)
  const base = { x: end.x - dx * 8, y: end.y - dy * 8 }
  return `M${end.x} ${end.y}L${base.x - dy * 4} ${base.y + dx * 4}L${base.x + dy * 4} ${base.y - dx * 4}Z`
}

/** Where words on a way stand: the middle of its longest piece. */
export function labelPoint(way: readonly Point[]): Point {
  let best = way[0] ?? { x: 0, y: 0 }
  let longest = -1
  for (let i = 1; i < way.length; i++) {
    const a = way[i - 1]
    const b = way[i]
    if (!a || !b) continue
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
    if (length > longest) {
      longest = length
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    }
  }
  return best
}
