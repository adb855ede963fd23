/** References whose target was not seen yet, keyed by (target hash, element path), with exact counts in typed arrays. */
import type { Hash64 } from './id-hash.ts'

/** high 4, low 4, place 4, count 4, type 2. */
const bytesPerSlot = 18
const firstCapacity = 64
const fullest = 0.85

export interface PendingEntry {
  readonly hash: Hash64
  /** Number of the place, as the caller counts them. */
  readonly place: number
  /** Number of the target type; 0 where the reference names no type. */
  readonly type: number
  readonly count: number
}

export class PendingReferences {
  bytes = 0
  /** References that found no room. */
  dropped = 0
  private used = 0
  private capacity = 0
  private high = new Uint32Array(0)
  private low = new Uint32Array(0)
  private place = new Uint32Array(0)
  private count = new Uint32Array(0)
  private type = new Uint16Array(0)
  private readonly budget: number
  private readonly isKnown: (hash: Hash64) => boolean

  constructor(budget: number, isKnown: (hash: Hash64) => boolean) {
    this.budget = budget
    this.isKnown = isKnown
    this.grow(firstCapacity)
  }

  /** False where there was no room. */
  add(hash: Hash64, place: number, type: number): boolean {
    let slot = this.slotOf(hash, place)
    if (this.count[slot] === 0) {
      if (this.used + 1 > this.capacity * fullest) {
        const capacity = Math.ceil(this.capacity * 1.5)
        if (capacity * bytesPerSlot > this.budget) {
          this.dropped++
          return false
        }
        this.grow(capacity)
        slot = this.slotOf(hash, place)
      }
      this.high[slot] = hash.high
      this.low[slot] = hash.low
      this.place[slot] = place
      this.type[slot] = type
      this.used++
    }
    this.count[slot] = (this.count[slot] ?? 0) + 1
    return true
  }

  /** Entries whose target never came; ordered by hash, hence the same for any order of files. */
  *unresolved(): Iterable<PendingEntry> {
    for (let slot = 0; slot < this.capacity; slot++) {
      const count = this.count[slot] ?? 0
      const hash = { high: this.high[slot] ?? 0, low: this.low[slot] ?? 0 }
      if (count > 0 && !this.isKnown(hash)) yield { hash, place: this.place[slot] ?? 0, type: this.type[slot] ?? 0, count }
    }
  }

  private slotOf(hash: Hash64, place: number): number {
    let slot = Math.floor((((hash.high ^ Math.imul(place, 0x9e3779b1)) >>> 0) / 4294967296) * this.capacity)
    while (
      this.count[slot] !== 0 &&
      !(this.high[slot] === hash.high && this.low[slot] === hash.low && this.place[slot] === place)
    )
      slot = slot + 1 === this.capacity ? 0 : slot + 1
    return slot
  }

  private grow(capacity: number): void {
    const old = { high: this.high, low: this.low, place: this.place, count: this.count, type: this.type, capacity: this.capacity }
    this.capacity = capacity
    this.bytes = capacity * bytesPerSlot
    this.high = new Uint32Array(capacity)
    this.low = new Uint32Array(capacity)
    this.place = new Uint32Array(capacity)
    this.count = new Uint32Array(capacity)
    this.type = new Uint16Array(capacity)
    for (let from = 0; from < old.capacity; from++) {
      if (old.count[from] === 0) continue
      const hash = { high: old.high[from] ?? 0, low: old.low[from] ?? 0 }
      const slot = this.slotOf(hash, old.place[from] ?? 0)
      this.high[slot] = hash.high
      this.low[slot] = hash.low
      this.place[slot] = old.place[from] ?? 0
      this.count[slot] = old.count[from] ?? 0
      this.type[slot] = old.type[from] ?? 0
    }
  }
}
