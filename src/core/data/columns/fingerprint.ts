/** 64 bits of fingerprint over the bytes of a value, four bytes at a time: what tells values apart without keeping them. */
import type { CellRun } from './cell-run.ts'

/** One object per table; `of` fills both lanes. Not keyed: fingerprints of short identifiers are to be guarded like the values. */
export class Fingerprint {
  a = 0
  b = 0
  private bytes: Uint8Array | null = null
  private words: DataView<ArrayBufferLike> = new DataView(new ArrayBuffer(0))

  of(bytes: Uint8Array, start: number, end: number): void {
    if (this.bytes !== bytes) {
      this.bytes = bytes
      this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    const { words } = this
    let a = 0x2545f491 ^ (end - start)
    let b = 0x1b873593 + (end - start)
    let i = start
    // One word after the other: two in one sum would make pairs of values that differ in both hard to tell apart.
    for (; i + 4 <= end; i += 4) {
      const word = words.getInt32(i, true)
      a = Math.imul(a ^ word, 0x85ebca6b)
      a ^= a >>> 15
      b = Math.imul(((b << 13) | (b >>> 19)) ^ word, 0xcc9e2d51) + 0x165667b1
    }
    const tail = i === end ? 0 : tailOf(bytes, words, start, i, end)
    a = Math.imul(a ^ tail, 0x85ebca6b)
    b = Math.imul(((b << 13) | (b >>> 19)) ^ tail, 0xcc9e2d51) + 0x165667b1
    this.a = mixed(a ^ b)
    this.b = b | 0
  }
}

/** Finds the fingerprint of every cell of a run, as `Fingerprint` does. */
export function fingerprintRun({ bytes, words, starts, ends, count, a: lanesA, b: lanesB }: CellRun): void {
  for (let cell = 0; cell < count; cell++) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    let a = 0x2545f491 ^ (end - start)
    let b = 0x1b873593 + (end - start)
    let i = start
    for (; i + 4 <= end; i += 4) {
      const word = words.getInt32(i, true)
      a = Math.imul(a ^ word, 0x85ebca6b)
      a ^= a >>> 15
      b = Math.imul(((b << 13) | (b >>> 19)) ^ word, 0xcc9e2d51) + 0x165667b1
    }
    const tail = i === end ? 0 : tailOf(bytes, words, start, i, end)
    a = Math.imul(a ^ tail, 0x85ebca6b)
    b = Math.imul(((b << 13) | (b >>> 19)) ^ tail, 0xcc9e2d51) + 0x165667b1
    lanesA[cell] = mixed(a ^ b)
    lanesB[cell] = b
  }
}

/** The one to three bytes from `i` on, the first one lowest. */
function tailOf(bytes: Uint8Array, words: DataView, start: number, i: number, end: number): number {
  // The word that ends with them holds bytes of the same value before them.
  if (end - start >= 4) return words.getInt32(end - 4, true) >>> ((4 - end + i) << 3)
  let tail = 0
  for (let at = end - 1; at >= i; at--) tail = (tail << 8) | (bytes[at] as number)
  return tail
}

/** The finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
export function mixed(h: number): number {
  const once = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}
