/** Lines of a drawing by where they run: which of them a new one would cross or cover is asked for every way that is tried. */
import type { Point } from './step-index.ts'

export interface Piece {
  readonly flow: number
  /** First corner and last corner; one of both coordinates is the same. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** The look that met it last: a piece in several cells is met once. */
  seen: number
}

const cell = 160
const rows = 65_536

export class LineIndex {
  private readonly cells = new Map<number, Piece[]>()
  private look = 0
  private readonly own = new Map<number, readonly Piece[]>()

  set(flow: number, way: readonly Point[]): void {
    this.remove(flow)
    const pieces = piecesOf(flow, way)
    this.own.set(flow, pieces)
    for (const piece of pieces)
      for (const key of keysOf(piece)) {
        const list = this.cells.get(key)
        if (list) list.push(piece)
        else this.cells.set(key, [piece])
      }
  }

  remove(flow: number): void {
    for (const piece of this.own.get(flow) ?? [])
      for (const key of keysOf(piece)) {
        const list = this.cells.get(key)
        const at = list?.indexOf(piece) ?? -1
        if (at >= 0) list?.splice(at, 1)
      }
    this.own.delete(flow)
  }

  /** Calls back once for each piece that comes within `reach` of this one. */
  near({ left, right, top, bottom }: Piece, reach: number, found: (other: Piece) => void): void {
    this.look++
    const [x, y, last, low] = [left - reach, top - reach, right + reach, bottom + reach]
    for (let column = Math.floor(x / cell); column <= Math.floor(last / cell); column++)
      for (let row = Math.floor(y / cell); row <= Math.floor(low / cell); row++)
        for (const other of this.cells.get(column * rows + row) ?? []) {
          if (other.seen === this.look) continue
          other.seen = this.look
          if (other.left <= last && other.right >= x && other.top <= low && other.bottom >= y) found(other)
        }
  }
}

export function piecesOf(flow: number, way: readonly Point[]): readonly Piece[] {
  return way.slice(1).map((b, at) => {
    const a = way[at] ?? b
    return {
      flow,
      left: Math.min(a.x, b.x),
      right: Math.max(a.x, b.x),
      top: Math.min(a.y, b.y),
      bottom: Math.max(a.y, b.y),
      seen: 0,
    }
  })
}

function* keysOf({ left, right, top, bottom }: Omit<Piece, 'flow' | 'seen'>): Iterable<number> {
  for (let column = Math.floor(left / cell); column <= Math.floor(right / cell); column++)
    for (let row = Math.floor(top / cell); row <= Math.floor(bottom / cell); row++) yield column * rows + row
}
