/** Distinct keys in bounded memory: 53 bits of hash each, in one open-addressing table that grows up to its budget. Two of a million keys are taken for one with a chance of about 1 in 18,000. */
import { hash32 } from '../../../random.ts'

export class KeyCount {
  distinct = 0
  repeated = 0
  /** True once the budget was used up: the counts then cover only the keys met before. */
  full = false
  private slots = new Float64Array(1024)
  private readonly most: number

  /** Bytes the table may take. */
  constructor(budget: number) {
    this.most = Math.max(1024, 2 ** Math.floor(Math.log2(budget / 12)))
  }

  /** True where the key was met before. */
  add(key: string): boolean {
    return !this.full && this.addHash(hashOfKey(key))
  }

  /** The same of a key whose hash is known. */
  addHash(hash: number): boolean {
    if (this.full) return false
    if (this.distinct * 3 >= this.slots.length * 2 && !this.grow()) return false
    const slot = slotOf(this.slots, hash)
    if (this.slots[slot] === hash) {
      this.repeated++
      return true
    }
    this.slots[slot] = hash
    this.distinct++
    return false
  }

  private grow(): boolean {
    if (this.slots.length * 2 > this.most) {
      this.full = true
      return false
    }
    const next = new Float64Array(this.slots.length * 2)
    for (const hash of this.slots) if (hash !== 0) next[slotOf(next, hash)] = hash
    this.slots = next
    return true
  }
}

/** A whole number of 53 bits; zero marks an empty slot. */
export function hashOfKey(key: string): number {
  return hash32(key, 0x1b873593) * 2097152 + (hash32(key, 0x2c1b3c6d) >>> 11) || 1
}

function slotOf(slots: Float64Array, hash: number): number {
  const mask = slots.length - 1
  let slot = (hash / 2097152) & mask
  while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask
  return slot
}
