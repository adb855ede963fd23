/** The shortest way with few bends between two steps where no simple way is free: Dijkstra's search over the free lines beside the steps. */

import { EventHeap } from '../numerics/event-heap.ts'
import type { Box } from './layout.ts'
import type { Point, StepIndex } from './step-index.ts'

/** How far beside a step the lines lie: in the middle of the narrowest gap that the layout leaves. */
const beside = 8
/** What a bend costs in pixels, and what leaving or entering at an upper or lower side, or at the wrong end, costs. */
const bend = 40
const offSide = 60
const wrongEnd = 200
/** How far around both steps is looked, step by step; the whole map at last. */
const reaches = [160, 800, Number.POSITIVE_INFINITY]
const mostStates = 1_000_000

interface Port {
  readonly at: Point
  /** First place outside, on a line. */
  readonly out: Point
  readonly upright: boolean
  readonly cost: number
}

/** Null where the steps stand so close that no way is free. */
export function wayAround(from: Box, to: Box, steps: readonly Box[], index: StepIndex): readonly Point[] | null {
  const starts = portsOf(from, 1).filter(({ at, out }) => index.isFree(at, out, from.id, to.id))
  const ends = portsOf(to, -1).filter(({ at, out }) => index.isFree(at, out, from.id, to.id))
  for (const reach of reaches) {
    const near = steps.filter((box) => isNear(box, from, to, reach))
    const way = search(linesOf(near, [...starts, ...ends], true), linesOf(near, [...starts, ...ends], false), starts, ends, index)
    if (way) return way
    if (near.length === steps.length) return null
  }
  return null
}

/** The four sides of a step; `forwards` is 1 where a flow should leave at the right, −1 where it should enter at the left. */
function portsOf(box: Box, forwards: 1 | -1): readonly Port[] {
  const centre = Math.round(box.x + box.width / 2)
  const middle = Math.round(box.y + box.height / 2)
  const level = (x: number, by: number, cost: number): Port => ({
    at: { x, y: middle },
    out: { x: x + by, y: middle },
    upright: false,
    cost,
  })
  const upright = (y: number, by: number): Port => ({
    at: { x: centre, y },
    out: { x: centre, y: y + by },
    upright: true,
    cost: offSide,
  })
  const [left, right] = forwards === 1 ? [wrongEnd, 0] : [0, wrongEnd]
  return [
    level(box.x + box.width, beside, right),
    level(box.x, -beside, left),
    upright(box.y + box.height, beside),
    upright(box.y, -beside),
  ]
}

function isNear(box: Box, from: Box, to: Box, reach: number): boolean {
  const left = Math.min(from.x, to.x) - reach
  const top = Math.min(from.y, to.y) - reach
  const right = Math.max(from.x + from.width, to.x + to.width) + reach
  const bottom = Math.max(from.y + from.height, to.y + to.height) + reach
  return box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top
}

/** Where ways may run: beside every step, and where the ends leave and enter. */
function linesOf(steps: readonly Box[], ports: readonly Port[], upright: boolean): readonly number[] {
  const lines = new Set<number>()
  for (const box of steps) {
    const [start, length] = upright ? [box.x, box.width] : [box.y, box.height]
    lines.add(Math.round(start) - beside)
    lines.add(Math.round(start + length) + beside)
  }
  for (const { out } of ports) lines.add(upright ? out.x : out.y)
  return [...lines].sort((a, b) => a - b)
}

/** A state is a crossing of two lines and the direction in which it was reached. */
function search(
  xs: readonly number[],
  ys: readonly number[],
  starts: readonly Port[],
  ends: readonly Port[],
  index: StepIndex,
): readonly Point[] | null {
  const states = xs.length * ys.length * 2
  if (states > mostStates) return null
  const cost = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(states).fill(-1)
  const open = new EventHeap()
  const stateAt = ({ x, y }: Point, upright: boolean): number =>
    (xs.indexOf(x) * ys.length + ys.indexOf(y)) * 2 + (upright ? 1 : 0)
  const pointOf = (state: number): Point => {
    const crossing = state >> 1
    return { x: xs[Math.floor(crossing / ys.length)] ?? 0, y: ys[crossing % ys.length] ?? 0 }
  }
  const meet = (state: number, now: number, from: number): void => {
    if (now >= (cost[state] ?? 0)) return
    cost[state] = now
    before[state] = from
    open.push(now, state)
  }
  for (const { out, upright, cost: first } of starts) meet(stateAt(out, upright), first, -1)
  const goals = new Map<number, { readonly port: Port; readonly more: number }>()
  for (const port of ends)
    for (const upright of [false, true])
      goals.set(stateAt(port.out, upright), { port, more: port.cost + (upright === port.upright ? 0 : bend) })
  let best: { readonly state: number; readonly port: Port; readonly cost: number } | null = null
  while (!open.empty) {
    const state = open.pop()
    const now = open.time
    if (now > (cost[state] ?? 0)) continue
    if (best && now >= best.cost) break
    const goal = goals.get(state)
    if (goal && (best === null || now + goal.more < best.cost)) best = { state, port: goal.port, cost: now + goal.more }
    const here = pointOf(state)
    const crossing = state >> 1
    const [column, row] = [Math.floor(crossing / ys.length), crossing % ys.length]
    for (const [dx, dy] of steps) {
      const there = { x: xs[column + dx], y: ys[row + dy] }
      if (there.x === undefined || there.y === undefined) continue
      const point = { x: there.x, y: there.y }
      const upright = dy !== 0
      const turned = upright !== ((state & 1) === 1) ? bend : 0
      const length = Math.abs(point.x - here.x) + Math.abs(point.y - here.y)
      const next = ((column + dx) * ys.length + row + dy) * 2 + (upright ? 1 : 0)
      if (now + length + turned < (cost[next] ?? 0) && index.isFree(here, point, '', '')) meet(next, now + length + turned, state)
    }
  }
  if (!best) return null
  const way: Point[] = [best.port.at]
  let state = best.state
  for (; state >= 0; state = before[state] ?? -1) way.push(pointOf(state))
  const first = way.at(-1)
  const start = starts.find(({ out }) => out.x === first?.x && out.y === first.y)
  return start ? [...way, start.at].reverse() : null
}

const steps = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const
