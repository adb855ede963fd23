/** Which resources a run has seen, by 64-bit hash of `Type/id`, in typed arrays of at most 40 bytes per resource. */
import type { Hash64 } from './id-hash.ts'

/** high 4, low 4, line 4, length 4, input 2, type 2. */
const bytesPerSlot = 20
const firstCapacity = 64
const fullest = 0.85
/** Growing by half keeps the load at 0.57 or more: at most 36 bytes per resource, once segments are past their first few entries. */
const growth = 1.5
/** Segments grow one at a time, so that growing never doubles the memory. */
const segmentCount = 64

/** Where a resource was first seen. */
export interface Seen {
  readonly input: number
  readonly line: number
  /** Bytes of its line: two of different length can not be the same resource. */
  readonly length: number
  /** Number of its type, as the caller counts them; from 1. */
  readonly type: number
}

export class ReferenceIndex {
  /** Bytes reserved so far. */
  bytes = 0
  /** Resources that found no room. */
  dropped = 0
  entries = 0
  private readonly segments: (Segment | undefined)[] = new Array(segmentCount).fill(undefined)
  private readonly budget: number

  constructor(budget: number) {
    this.budget = budget
  }

  /** Null when new; otherwise where it was seen first. */
  add(hash: Hash64, seen: Seen): Seen | null {
    const number = hash.low % segmentCount
    let segment = this.segments[number]
    if (!segment) {
      segment = this.reserve(firstCapacity)
      this.segments[number] = segment
    }
    const found = segment.find(hash)
    if (found >= 0) return segment.seenAt(found)
    if (segment.used + 1 > segment.capacity * fullest) {
      const capacity = Math.ceil(segment.capacity * growth)
      if (this.bytes + (capacity - segment.capacity) * bytesPerSlot > this.budget) {
        this.dropped++
        return null
      }
      const larger = this.reserve(capacity)
      larger.takeAll(segment)
      this.bytes -= segment.capacity * bytesPerSlot
      this.segments[number] = larger
      segment = larger
    }
    segment.put(hash, seen)
    this.entries++
    return null
  }

  find(hash: Hash64): Seen | null {
    const segment = this.segments[hash.low % segmentCount]
    const found = segment?.find(hash) ?? -1
    return segment === undefined || found < 0 ? null : segment.seenAt(found)
  }

  has(hash: Hash64): boolean {
    return (this.segments[hash.low % segmentCount]?.find(hash) ?? -1) >= 0
  }

  private reserve(capacity: number): Segment {
    this.bytes += capacity * bytesPerSlot
    return new Segment(capacity)
  }
}

/** Open addressing with linear probing; type 0 marks a free slot. */
class Segment {
  used = 0
  readonly capacity: number
  private readonly high: Uint32Array
  private readonly low: Uint32Array
  private readonly line: Uint32Array
  private readonly length: Uint32Array
  private readonly input: Uint16Array
  private readonly type: Uint16Array

  constructor(capacity: number) {
    this.capacity = capacity
    this.high = new Uint32Array(capacity)
    this.low = new Uint32Array(capacity)
    this.line = new Uint32Array(capacity)
    this.length = new Uint32Array(capacity)
    this.input = new Uint16Array(capacity)
    this.type = new Uint16Array(capacity)
  }

  find(hash: Hash64): number {
    let slot = this.start(hash.high)
    while (this.type[slot] !== 0) {
      if (this.high[slot] === hash.high && this.low[slot] === hash.low) return slot
      slot = slot + 1 === this.capacity ? 0 : slot + 1
    }
    return -1
  }

  put(hash: Hash64, seen: Seen): void {
    let slot = this.start(hash.high)
    while (this.type[slot] !== 0) slot = slot + 1 === this.capacity ? 0 : slot + 1
    this.high[slot] = hash.high
    this.low[slot] = hash.low
    this.line[slot] = seen.line
    this.length[slot] = seen.length
    this.input[slot] = seen.input
    this.type[slot] = seen.type
    this.used++
  }

  seenAt(slot: number): Seen {
    return {
      input: this.input[slot] ?? 0,
      line: this.line[slot] ?? 0,
      length: this.length[slot] ?? 0,
      type: this.type[slot] ?? 0,
    }
  }

  takeAll(other: Segment): void {
    for (let slot = 0; slot < other.capacity; slot++)
      if (other.type[slot] !== 0) this.put({ high: other.high[slot] ?? 0, low: other.low[slot] ?? 0 }, other.seenAt(slot))
  }

  private start(high: number): number {
    return Math.floor((high / 4294967296) * this.capacity)
  }
}
