/** 64-bit fingerprints of keys under a secret seed: all bits count, no separator between parts can occur inside one. */
import { hash32 } from '../../random.ts'
import type { KeyBatch } from './key-batch.ts'

/** Two lanes that take in every word with multipliers of their own and are crossed at the end, after the pattern of MurmurHash3. */
export class KeyHash {
  /** The fingerprint after `finish` or `whole`: bits 32 to 63, then bits 0 to 31. An array, because its numbers need no object of their own. */
  readonly words = new Uint32Array(2)
  private readonly seedA: number
  private readonly seedB: number
  private a = 0
  private b = 0
  /** Both lanes once the length of a key of one part was taken in: the keys of a column are mostly of one length. */
  private length = -1
  private lengthA = 0
  private lengthB = 0
  /** The bytes met last, to be read by the word: cells of one chunk of a file lie in the same array. */
  private bytes: Uint8Array = new Uint8Array(0)
  private view: DataView = new DataView(this.bytes.buffer)

  /** Short identifiers can be enumerated from their fingerprints, so the seed is secret and never exported. */
  constructor(seed = '') {
    this.seedA = hash32(seed, 0x9e3779b9) | 0
    this.seedB = hash32(seed, 0x243f6a88) | 0
  }

  /** Bits 32 to 63 as an unsigned whole number. */
  get high(): number {
    return this.words[0] as number
  }

  /** Bits 0 to 31 as an unsigned whole number. */
  get low(): number {
    return this.words[1] as number
  }

  start(): void {
    this.a = this.seedA
    this.b = this.seedB
  }

  /** Takes in one part of the key, its length first: ("1", "12") and ("11", "2") differ. */
  part(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) this.look(bytes)
    const { view } = this
    const length = end - start
    let a = laneA(this.a, length)
    let b = laneB(this.b, length)
    let i = start
    for (const whole = end - 3; i < whole; i += 4) {
      const word = view.getInt32(i, true)
      a = laneA(a, word)
      b = laneB(b, word)
    }
    if (i < end) {
      let word = 0
      for (let shift = 0; i < end; i++, shift += 8) word |= (bytes[i] as number) << shift
      a = laneA(a, word)
      b = laneB(b, word)
    }
    this.a = a
    this.b = b
  }

  finish(): void {
    let a = (this.a + this.b) | 0
    let b = (this.b + a) | 0
    a = mix(a)
    b = mix(b)
    a = (a + b) | 0
    this.words[0] = a
    this.words[1] = b + a
  }

  /** The fingerprint of a key of one part, as `start`, `part` and `finish` give it, written to place `at` of the batch. */
  whole(bytes: Uint8Array, start: number, end: number, { highs, lows }: KeyBatch, at: number): void {
    if (bytes !== this.bytes) this.look(bytes)
    if (end - start !== this.length) this.measure(end - start)
    const { view } = this
    let a = this.lengthA
    let b = this.lengthB
    let i = start
    for (const whole = end - 3; i < whole; i += 4) {
      const word = view.getInt32(i, true)
      a = laneA(a, word)
      b = laneB(b, word)
    }
    if (i < end) {
      let word = 0
      for (let shift = 0; i < end; i++, shift += 8) word |= (bytes[i] as number) << shift
      a = laneA(a, word)
      b = laneB(b, word)
    }
    a = (a + b) | 0
    b = (b + a) | 0
    a = mix(a)
    b = mix(b)
    a = (a + b) | 0
    highs[at] = a
    lows[at] = b + a
  }

  private measure(length: number): void {
    this.length = length
    this.lengthA = laneA(this.seedA, length)
    this.lengthB = laneB(this.seedB, length)
  }

  private look(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
}

function laneA(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  const h = state ^ k
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function laneB(state: number, word: number): number {
  let k = Math.imul(word, 0x85ebca77)
  k = Math.imul((k << 17) | (k >>> 15), 0xc2b2ae3d)
  const h = state ^ k
  return (Math.imul((h << 11) | (h >>> 21), 9) + 0x38b34ae5) | 0
}

/** Finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
