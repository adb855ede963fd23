/** Cells of nothing but white space, told from their bytes: they say as little as an empty cell. */
import type { CellTexts } from './cell-text.ts'

/** What `String.prototype.trim` takes away beyond ASCII. */
const wideSpaces =
  '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

export class Blanks {
  /** By byte: 1 where a cell that starts with it may be blank. */
  readonly starts = new Uint8Array(256)
  private readonly wide: readonly Uint8Array[]

  /** @param bytes a text as it stands in the scanned bytes; null where the encoding can not write it */
  constructor(bytes: CellTexts['bytes']) {
    this.wide = [...wideSpaces].flatMap((character) => bytes(character) ?? [])
    for (const byte of [9, 10, 11, 12, 13, 32]) this.starts[byte] = 1
    for (const [first] of this.wide) this.starts[first as number] = 1
  }

  /** True for an empty cell too. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start
    while (at < end) {
      const byte = bytes[at] as number
      if (this.starts[byte] === 0) return false
      const width = byte < 128 ? 1 : this.wideAt(bytes, at, end)
      if (width === 0) return false
      at += width
    }
    return true
  }

  private wideAt(bytes: Uint8Array, at: number, end: number): number {
    for (const space of this.wide) if (at + space.length <= end && startsWith(bytes, at, space)) return space.length
    return 0
  }
}

function startsWith(bytes: Uint8Array, at: number, other: Uint8Array): boolean {
  for (let i = 0; i < other.length; i++) if (bytes[at + i] !== other[i]) return false
  return true
}
