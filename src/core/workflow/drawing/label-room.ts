/** Where words on flows stand: beside or on the way, where no step, no name of a step and no other words lie under them. */

import type { Node } from '../map/workflow.ts'
import { nameAbove, wordsWidth } from './drawn-words.ts'
import type { Box } from './layout.ts'
import { labelPoint } from './routing.ts'
import { indexOfSteps, type Point, type StepIndex } from './step-index.ts'

type Area = Omit<Box, 'id'>

/** Words stand in a line of 15 px that ends one pixel above their point. */
const line = { height: 15, rise: 16 }
/** Words grow as the drawing shrinks: room for that is taken where it is free. */
const sizes = [1.3, 1]
const shares = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]
/** From a way to words below or beside it. */
const below = 19
const beside = 6
/** Between words and a flow that they do not belong to. */
const apart = 5
const further = [4, 12, 24, 36, 48, 60, 72, 96, 120]

/** The room that words take up whose point is `at`; half their width to each side of it. */
export function wordsArea(words: string, at: Point, size = 1): Area {
  const width = wordsWidth(words) * size
  return { x: at.x - width / 2, y: at.y - line.rise * size, width, height: line.height * size }
}

/** A step and, for shapes too small for it, the name above. */
export function occupiedBy(node: Node, box: Box): readonly Box[] {
  const name = nameAbove(node)
  if (!name) return [box]
  return [box, { id: box.id, x: box.x + (box.width - name.width) / 2, y: box.y - name.height, ...name }]
}

/** The pieces of a way as the room they take up; `id` is that of the flow. */
export function linesOf(id: string, way: readonly Point[]): readonly Box[] {
  return pieces(way).map(([a, b]) => ({
    id,
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  }))
}

/** One drawing: words that were placed are in the way of those that follow. */
export class LabelRoom {
  private readonly steps: StepIndex
  private readonly lines: StepIndex
  private readonly taken: Area[]

  /**
   * @param steps what stands still, looked through once per list
   * @param lines of all flows: words beside another flow would be taken for its own
   * @param more what stands there as well, asked one by one
   */
  constructor(steps: readonly Box[], lines: readonly Box[], more: readonly Area[] = []) {
    this.steps = indexOfSteps(steps)
    this.lines = indexOfSteps(lines)
    this.taken = [...more]
  }

  /**
   * The point of these words on the way of this flow; the middle of its longest piece where nothing near is free.
   * @param before where they stood on the same way: they stay while no step and no words come there
   */
  place(id: string, way: readonly Point[], words: string, before: Point | null = null): Point {
    if (words === '') return labelPoint(way)
    const stays = before !== null && this.isFree(wordsArea(words, before))
    const at = stays ? before : (this.free(id, way, words) ?? labelPoint(way))
    this.taken.push(wordsArea(words, at))
    return at
  }

  private free(id: string, way: readonly Point[], words: string): Point | null {
    const { width } = wordsArea(words, labelPoint(way))
    const near = [...onWay(way, width)]
    const own = linesOf(id, way).map(({ x, y, width: w, height: h }) => ({ x: x - 0.5, y: y - 0.5, width: w + 1, height: h + 1 }))
    const first = (spots: Iterable<Spot>, size: number, clear: number | null): Point | null => {
      for (const { on, at } of spots) {
        const area = wordsArea(words, at, size)
        if (!this.isFree(area) || own.some((piece) => overlap(area, piece))) continue
        if (clear === null || this.isAlone(id, on, area, clear)) return at
      }
      return null
    }
    for (const size of sizes) {
      const at = first(near, size, apart)
      if (at) return at
    }
    const far = [...around(way, width)]
    for (const clear of [apart, 0, null]) {
      const at = (clear === apart ? null : first(near, 1, clear)) ?? first(far, 1, clear)
      if (at) return at
    }
    return null
  }

  private isFree(area: Area): boolean {
    return !meets(this.steps, area, null) && !this.taken.some((other) => overlap(area, other))
  }

  /** No other flow runs through these words or as close as that; from some room on also none where they belong. */
  private isAlone(id: string, { x, y }: Point, area: Area, clear: number): boolean {
    const here = { x: x - 1, y: y - 1, width: 2, height: 2 }
    const wider = { x: area.x - clear, y: area.y - clear, width: area.width + 2 * clear, height: area.height + 2 * clear }
    return (clear === 0 || !meets(this.lines, here, id)) && !meets(this.lines, wider, id)
  }
}

function meets(index: StepIndex, { x, y, width, height }: Area, but: string | null): boolean {
  return index.some({ x, y }, { x: x + width, y: y + height }, ({ id }) => id !== but)
}

export function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** Pieces of a way, the longest first. */
function pieces(way: readonly Point[]): readonly (readonly [Point, Point])[] {
  const length = ([a, b]: readonly [Point, Point]): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
  return way
    .flatMap((point, i): (readonly [Point, Point])[] => {
      const before = way[i - 1]
      return before ? [[before, point]] : []
    })
    .sort((a, b) => length(b) - length(a))
}

/** A place for words and the point of the way that they belong to. */
interface Spot {
  readonly on: Point
  readonly at: Point
}

/** Above, then below level pieces; beside upright ones. */
function* onWay(way: readonly Point[], width: number): Iterable<Spot> {
  const aside = width / 2 + beside
  for (const [a, b] of pieces(way))
    for (const share of shares) {
      const x = a.x + (b.x - a.x) * share
      const y = a.y + (b.y - a.y) * share
      const on = { x, y }
      if (a.y === b.y) {
        yield { on, at: on }
        yield { on, at: { x, y: y + below } }
      } else {
        yield { on, at: { x: x + aside, y } }
        yield { on, at: { x: x - aside, y } }
      }
    }
}

/** Further off, where a way runs between steps that leave no room. */
function* around(way: readonly Point[], width: number): Iterable<Spot> {
  for (const off of further)
    for (const [a, b] of pieces(way)) {
      const x = (a.x + b.x) / 2
      const y = (a.y + b.y) / 2
      const on = { x, y }
      for (const dx of [0, width / 2 + beside, -width / 2 - beside, width, -width]) {
        yield { on, at: { x: x + dx, y: y - off } }
        yield { on, at: { x: x + dx, y: y + below + off } }
      }
    }
}
