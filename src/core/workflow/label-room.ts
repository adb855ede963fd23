/** Where words on flows stand: beside or on the way, where no step, no name of a step and no other words lie under them. */
import type { Box } from './layout.ts'
import { labelPoint } from './routing.ts'
import { indexOfSteps, type Point, type StepIndex } from './step-index.ts'
import type { Node } from './workflow.ts'

type Area = Omit<Box, 'id'>

/** Mean width of a letter at 12 px. */
const letter = 6.6
/** Words stand in a line of 15 px that ends one pixel above their point. */
const line = { height: 15, rise: 16 }
/** Words grow as the drawing shrinks: room for that is taken where it is free. */
const sizes = [1.3, 1]
const shares = [0.5, 0.35, 0.65, 0.2, 0.8]
/** From a way to words below or beside it. */
const below = 19
const beside = 6
const further = [12, 24, 36, 48, 60, 72]

/** The room that words take up whose point is `at`; half their width to each side of it. */
export function wordsArea(words: string, at: Point, size = 1): Area {
  const width = (words.length * letter + 4) * size
  return { x: at.x - width / 2, y: at.y - line.rise * size, width, height: line.height * size }
}

/** A step and, for shapes too small for it, the name above. */
export function occupiedBy(node: Node, box: Box): readonly Box[] {
  const outside = node.type === 'decision' || node.type === 'wait' || node.type === 'parallel' || node.type === 'inclusive'
  if (!outside || node.label === '') return [box]
  const length = node.label.length * (letter + 0.4) + 8
  const width = Math.min(150, length)
  const height = Math.min(3, Math.ceil(length / 150)) * 17
  return [box, { id: box.id, x: box.x + (box.width - width) / 2, y: box.y - 2 - height, width, height }]
}

/** One drawing: words that were placed are in the way of those that follow. */
export class LabelRoom {
  private readonly index: StepIndex
  private readonly taken: Area[]

  /**
   * @param occupied what stands still, looked through once per list
   * @param more what stands there as well, asked one by one
   */
  constructor(occupied: readonly Box[], more: readonly Area[] = []) {
    this.index = indexOfSteps(occupied)
    this.taken = [...more]
  }

  /** The point of these words on this way; the middle of its longest piece where nothing near is free. */
  place(way: readonly Point[], words: string): Point {
    const middle = labelPoint(way)
    if (words === '') return middle
    return this.keep(words, this.free(way, words) ?? middle)
  }

  /** Words that stay where they were. */
  keep(words: string, at: Point): Point {
    if (words !== '') this.taken.push(wordsArea(words, at))
    return at
  }

  private free(way: readonly Point[], words: string): Point | null {
    const { width } = wordsArea(words, { x: 0, y: 0 })
    const near = [...onWay(way, width)]
    for (const size of sizes) for (const at of near) if (this.isFree(wordsArea(words, at, size))) return at
    for (const at of around(way, width)) if (this.isFree(wordsArea(words, at))) return at
    return null
  }

  private isFree(area: Area): boolean {
    const { x, y, width, height } = area
    let free = true
    this.index.each({ x, y }, { x: x + width, y: y + height }, () => {
      free = false
    })
    return free && !this.taken.some((other) => overlap(area, other))
  }
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

/** Above, then below level pieces; across, then beside upright ones. */
function* onWay(way: readonly Point[], width: number): Iterable<Point> {
  const aside = width / 2 + beside
  for (const [a, b] of pieces(way))
    for (const share of shares) {
      const x = a.x + (b.x - a.x) * share
      const y = a.y + (b.y - a.y) * share
      yield { x, y }
      if (a.y === b.y) yield { x, y: y + below }
      else {
        yield { x: x + aside, y }
        yield { x: x - aside, y }
      }
    }
}

/** Further off, where a way runs between steps that leave no room. */
function* around(way: readonly Point[], width: number): Iterable<Point> {
  for (const off of further)
    for (const [a, b] of pieces(way)) {
      const x = (a.x + b.x) / 2
      const y = (a.y + b.y) / 2
      for (const dx of [0, width / 2, -width / 2]) {
        yield { x: x + dx, y: y - off }
        yield { x: x + dx, y: y + below + off }
      }
    }
}
