/** Steps of a map by where they stand: which of them a line crosses is asked thousands of times for one drawing. */
import type { Box } from './layout.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** About one step wide and two steps high: a line meets few steps per cell. */
const cell = { width: 192, height: 128 }

export class StepIndex {
  private readonly cells = new Map<number, Map<number, Box[]>>()

  constructor(boxes: readonly Box[]) {
    for (const box of boxes)
      for (let column = columnOf(box.x); column <= columnOf(box.x + box.width); column++)
        for (let row = rowOf(box.y); row <= rowOf(box.y + box.height); row++) this.cellAt(column, row).push(box)
  }

  /** Calls back for each step that the piece from `a` to `b` runs through; one that spans several cells may come more than once. */
  each(a: Point, b: Point, found: (box: Box) => void): void {
    this.some(a, b, (box) => {
      found(box)
      return false
    })
  }

  /** Whether `wanted` holds for a step that the piece from `a` to `b` runs through; asks no further than that. */
  some(a: Point, b: Point, wanted: (box: Box) => boolean): boolean {
    const left = Math.min(a.x, b.x)
    const right = Math.max(a.x, b.x)
    const top = Math.min(a.y, b.y)
    const bottom = Math.max(a.y, b.y)
    for (let column = columnOf(left); column <= columnOf(right); column++) {
      const rows = this.cells.get(column)
      if (!rows) continue
      for (let row = rowOf(top); row <= rowOf(bottom); row++)
        for (const box of rows.get(row) ?? [])
          if (right > box.x && left < box.x + box.width && bottom > box.y && top < box.y + box.height && wanted(box)) return true
    }
    return false
  }

  /** True where the piece runs through no step but those named. */
  isFree(a: Point, b: Point, from: string, to: string): boolean {
    return !this.some(a, b, ({ id }) => id !== from && id !== to)
  }

  /** How many steps other than its own ends a way runs through. */
  crossings(way: readonly Point[], from: string, to: string): number {
    const hit = new Set<string>()
    for (let i = 1; i < way.length; i++) {
      const a = way[i - 1]
      const b = way[i]
      if (a && b)
        this.each(a, b, ({ id }) => {
          if (id !== from && id !== to) hit.add(id)
        })
    }
    return hit.size
  }

  private cellAt(column: number, row: number): Box[] {
    const rows = this.cells.get(column) ?? new Map<number, Box[]>()
    this.cells.set(column, rows)
    const boxes = rows.get(row) ?? []
    rows.set(row, boxes)
    return boxes
  }
}

function columnOf(x: number): number {
  return Math.floor(x / cell.width)
}

function rowOf(y: number): number {
  return Math.floor(y / cell.height)
}

const known = new WeakMap<readonly Box[], StepIndex>()

/** A list of steps is looked through once, however many flows are drawn between them. */
export function indexOfSteps(boxes: readonly Box[]): StepIndex {
  const found = known.get(boxes) ?? new StepIndex(boxes)
  known.set(boxes, found)
  return found
}
