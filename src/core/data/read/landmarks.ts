/** Where some records of a table begin, noted while it is read, so that a few of them can be looked up without reading all again. */

/** A whole record with nothing special about it. */
export interface Landmark {
  /** 1-based number of the record. */
  readonly record: number
  /** Offset of its first byte in the file. */
  readonly byte: number
  readonly line: number
}

/** Bytes between two landmarks, at first. */
const apartAtFirst = 64 << 10
const mostHeld = 1 << 15

export class Landmarks {
  private list: Landmark[] = []
  private apart: number

  /** @param apart bytes between two landmarks at least; smaller in tests */
  constructor(apart = apartAtFirst) {
    this.apart = apart
  }

  /** Forgets all: the table is read anew. */
  clear(): void {
    this.list = []
  }

  /** To be called in the order of the file. Every other landmark goes, and half as many come, each time there are too many. */
  note(record: number, byte: number, line: number): void {
    const last = this.list[this.list.length - 1]
    if (last && byte < last.byte + this.apart) return
    this.list.push({ record, byte, line })
    if (this.list.length < mostHeld) return
    this.list = this.list.filter((_, index) => index % 2 === 0)
    this.apart *= 2
  }

  get all(): readonly Landmark[] {
    return this.list
  }

  at(index: number): Landmark | null {
    return this.list[index] ?? null
  }

  /** Index of the last landmark that is not behind a record; -1 where there is none. */
  before(record: number): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.list[middle]?.record ?? 0) <= record) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
