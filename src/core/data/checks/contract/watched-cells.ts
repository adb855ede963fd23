/** Filled cells of one column in a run of records, looked at once for all who watch it: a watch takes those that it cares for in one loop. */

import type { CellTexts } from '../../read/text/cell-text.ts'

/** Who sees a cell: all of its shape, those who see every suspect, and those who have settled what to look for. */
export const audience = { sample: 1, suspects: 2, settled: 4 } as const

/** A trait of every cell, beside those of `cellTraits`. */
export const anyTrait = 128

export class WatchedCells {
  bytes: Uint8Array = new Uint8Array(0)
  isUtf8 = false
  /** As in the texts of the table. */
  doubled = -1
  count = 0
  /** The cells, from the first on: their rows in the run, places, flags, shapes, traits, and who sees them. */
  readonly rows: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly flags: Uint8Array
  readonly shapes: Uint8Array
  private readonly traits: Uint8Array
  private readonly audiences: Uint8Array
  /** Shapes, traits and audiences of all cells, or-ed. */
  private allShapes = 0
  private allTraits = 0
  private allAudiences = 0
  /** Numbers of the cells that were picked last, and how many they are. */
  readonly picked: Int32Array
  many = 0
  /** Shows a cell to `see` of the watch at hand. */
  show: (at: number) => void = () => undefined

  /** @param most cells of a run */
  constructor(most: number) {
    this.rows = new Int32Array(most)
    this.starts = new Int32Array(most)
    this.ends = new Int32Array(most)
    this.flags = new Uint8Array(most)
    this.shapes = new Uint8Array(most)
    this.traits = new Uint8Array(most)
    this.audiences = new Uint8Array(most)
    this.picked = new Int32Array(most)
  }

  clear(bytes: Uint8Array, { isUtf8, doubled }: Pick<CellTexts, 'isUtf8' | 'doubled'>): void {
    this.bytes = bytes
    this.isUtf8 = isUtf8
    this.doubled = doubled
    this.count = 0
    this.allShapes = 0
    this.allTraits = 0
    this.allAudiences = 0
  }

  add(row: number, start: number, end: number, flags: number, shape: number, traits: number, seenBy: number): void {
    const at = this.count++
    this.rows[at] = row
    this.starts[at] = start
    this.ends[at] = end
    this.flags[at] = flags
    this.shapes[at] = shape
    this.traits[at] = traits | anyTrait
    this.audiences[at] = seenBy
    this.allShapes |= shape
    this.allTraits |= traits | anyTrait
    this.allAudiences |= seenBy
  }

  /** Picks the cells of these shapes that have one of the traits and one of the audiences; gives how many. */
  pick(ofShapes: number, ofTraits: number, ofAudiences: number): number {
    this.many = 0
    if ((this.allShapes & ofShapes) === 0 || (this.allTraits & ofTraits) === 0 || (this.allAudiences & ofAudiences) === 0)
      return 0
    const { count, shapes, traits, audiences, picked } = this
    let many = 0
    for (let at = 0; at < count; at++)
      if (
        ((shapes[at] as number) & ofShapes) !== 0 &&
        ((traits[at] as number) & ofTraits) !== 0 &&
        ((audiences[at] as number) & ofAudiences) !== 0
      )
        picked[many++] = at
    this.many = many
    return many
  }
}
