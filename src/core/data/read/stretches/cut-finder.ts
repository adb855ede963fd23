/** Where a stretch ends and the next begins: both readers find the same record, because it needs nothing of what stands before. */

/** A record as the reader met it. */
export interface MetRecord {
  readonly byte: number
  /** Offset behind its last byte, line break left out. */
  readonly end: number
  /** Its line ends with a carriage return. */
  readonly isReturned: boolean
  readonly whole: boolean
}

/** Shown the records from the first one at a boundary on: the cut is the first that follows a whole record without anything in between. */
export class CutFinder {
  private before: MetRecord | null = null

  /** True where this record is the cut. */
  see(met: MetRecord): boolean {
    const { before } = this
    this.before = met
    if (before === null || !before.whole) return false
    const gap = met.byte - before.end
    return gap === 1 || (gap === 2 && before.isReturned)
  }
}
