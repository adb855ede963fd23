/** Keys of any number of records in bounded memory: 96 bits of fingerprint per key in typed arrays, with the record that had it first. */

/** Bytes that all key indexes of a run may take together. */
export interface KeyBudget {
  left: number
}

export const defaultKeyBudget = 192 << 20

/** Fingerprint of a key under construction; parts are closed by their length, so that no separator can occur in them. */
export class KeyHash {
  a = 0
  b = 0
  c = 0

  start(): void {
    this.a = 0x9e3779b9
    this.b = 0x243f6a88
    this.c = 0xb7e15162
  }

  part(bytes: Uint8Array, start: number, end: number): void {
    let { a, b, c } = this
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number
      a = Math.imul(a ^ byte, 0x01000193)
      b = Math.imul(b ^ byte, 0x85ebca6b) + 0x1b873593
      c = Math.imul((c << 5) ^ (c >>> 27) ^ byte, 0xc2b2ae35)
    }
    this.a = Math.imul(a ^ (end - start), 0x01000193)
    this.b = Math.imul(b ^ (end - start), 0xcc9e2d51)
    this.c = Math.imul(c ^ (end - start), 0x27d4eb2f)
  }

  /** MurmurHash3 finaliser over each lane, the lanes mixed into each other. */
  finish(): void {
    const a = avalanche(this.a ^ Math.imul(this.b, 0x9e3779b1))
    const b = avalanche(this.b ^ Math.imul(this.c, 0x85ebca77))
    this.c = avalanche(this.c ^ a)
    this.a = a
    this.b = b
  }
}

function avalanche(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Bytes per slot: three lanes of fingerprint and the first record. */
const slotBytes = 20

/** Open addressing; at 100 million keys the chance of one false meeting of 96-bit fingerprints is below 1e-12. */
export class KeyIndex {
  size = 0
  /** True once the budget was used up: the index then knows only part of the keys and must not be asked. */
  full = false
  private lanes = new Int32Array(0)
  /** First record of each key; 0 marks an empty slot. */
  private records = new Float64Array(0)
  private mask = -1
  private readonly budget: KeyBudget

  constructor(budget: KeyBudget) {
    this.budget = budget
  }

  /** Record that had the key before, or 0 where it is new. */
  add(key: KeyHash, record: number): number {
    if (this.full) return 0
    if (this.size * 3 >= (this.mask + 1) * 2 && !this.grow()) return 0
    const slot = this.slotOf(key.a, key.b, key.c)
    const known = this.records[slot] as number
    if (known !== 0) return known
    this.put(slot, key.a, key.b, key.c, record)
    this.size++
    return 0
  }

  has(key: KeyHash): boolean {
    return this.mask >= 0 && this.records[this.slotOf(key.a, key.b, key.c)] !== 0
  }

  private slotOf(a: number, b: number, c: number): number {
    let slot = a & this.mask
    for (;;) {
      if (this.records[slot] === 0) return slot
      const at = slot * 3
      if (this.lanes[at] === a && this.lanes[at + 1] === b && this.lanes[at + 2] === c) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private put(slot: number, a: number, b: number, c: number, record: number): void {
    this.lanes[slot * 3] = a
    this.lanes[slot * 3 + 1] = b
    this.lanes[slot * 3 + 2] = c
    this.records[slot] = record
  }

  private grow(): boolean {
    const before = this.mask + 1
    const slots = before === 0 ? 1024 : before * 2
    // The old table gives its room back once the new one is filled.
    if ((slots - before) * slotBytes > this.budget.left) {
      this.release()
      this.full = true
      return false
    }
    this.budget.left -= (slots - before) * slotBytes
    const { lanes, records } = this
    this.lanes = new Int32Array(slots * 3)
    this.records = new Float64Array(slots)
    this.mask = slots - 1
    for (let i = 0; i < before; i++) {
      const record = records[i] as number
      if (record === 0) continue
      const [a, b, c] = [lanes[i * 3] as number, lanes[i * 3 + 1] as number, lanes[i * 3 + 2] as number]
      this.put(this.slotOf(a, b, c), a, b, c, record)
    }
    return true
  }

  private release(): void {
    this.budget.left += (this.mask + 1) * slotBytes
    this.lanes = new Int32Array(0)
    this.records = new Float64Array(0)
    this.mask = -1
    this.size = 0
  }
}
