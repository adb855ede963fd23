/** Different values of a column with their counts, up to a bound: found by fingerprint, kept as bytes while they are short. */
import { mostRecords } from '../read/record-block.ts'
import { CellRun } from './cell-run.ts'
import { LivePlace } from './live-place.ts'

/** Most different values that are counted one by one. */
export const exactLimit = 10_000
/** Longer values are told apart and counted, but not kept. */
export const keptBytes = 100

/** Where the first record with a value stands: offset in the original file and length in bytes. */
export interface RecordStretch {
  readonly byte: number
  readonly span: number
}

/** Entries are numbered from 1. */
export class ValueTable {
  size = 0
  counts = new Float64Array(33)
  private slots = new Int32Array(64)
  private mask = 63
  private lanes = new Int32Array(66)
  /** Where the bytes stand in `kept`, and how many; -1 where they are not kept. */
  private starts = new Int32Array(33)
  private lengths = new Int32Array(33)
  private bytes = new Float64Array(33)
  private spans = new Float64Array(33)
  private kept = new Uint8Array(512)
  private used = 0

  /** Number of the entry, or 0. */
  find(a: number, b: number): number {
    const { slots, lanes, mask } = this
    let slot = a & mask
    for (;;) {
      const entry = slots[slot] as number
      if (entry === 0 || (lanes[entry * 2] === a && lanes[entry * 2 + 1] === b)) return entry
      slot = (slot + 1) & mask
    }
  }

  /** Counts every cell of a run whose value is known; its entry, or 0, is left in the run. Gives how many are known. */
  countRun({ a, b, count, entries }: CellRun): number {
    const { slots, lanes, mask, counts } = this
    let known = 0
    for (let cell = 0; cell < count; cell++) {
      const laneA = a[cell] as number
      const laneB = b[cell] as number
      let slot = laneA & mask
      let entry = slots[slot] as number
      while (entry !== 0 && (lanes[entry * 2] !== laneA || lanes[entry * 2 + 1] !== laneB)) {
        slot = (slot + 1) & mask
        entry = slots[slot] as number
      }
      entries[cell] = entry
      if (entry === 0) continue
      known++
      counts[entry] = (counts[entry] as number) + 1
    }
    return known
  }

  /** Adds a value that `find` did not find; gives its number. */
  insert(a: number, b: number, from: Uint8Array, start: number, end: number, at: RecordStretch): number {
    if ((this.size + 1) * 2 > this.mask) this.growSlots()
    const entry = ++this.size
    if (entry >= this.counts.length) this.growEntries()
    this.lanes[entry * 2] = a
    this.lanes[entry * 2 + 1] = b
    this.bytes[entry] = at.byte
    this.spans[entry] = at.span
    const length = end - start
    this.lengths[entry] = length > keptBytes ? -1 : length
    if (length <= keptBytes) this.keep(entry, from, start, length)
    this.place(entry)
    return entry
  }

  /** Shows the values that were kept, run by run, each as often as it was counted. */
  show(see: (run: CellRun) => void): void {
    const run = new CellRun(new LivePlace(), (entry) => this.stretchOf(entry))
    run.begin({ bytes: this.kept })
    for (let entry = 1; entry <= this.size; entry++) {
      const length = this.lengths[entry] as number
      if (length >= 0) {
        const start = this.starts[entry] as number
        run.weights[run.count] = this.counts[entry] as number
        run.add(start, start + length, entry)
      }
      if (run.count === mostRecords || entry === this.size) {
        see(run)
        run.count = 0
      }
    }
  }

  lanesOf(entry: number): readonly [number, number] {
    return [this.lanes[entry * 2] ?? 0, this.lanes[entry * 2 + 1] ?? 0]
  }

  stretchOf(entry: number): RecordStretch {
    return { byte: this.bytes[entry] ?? 0, span: this.spans[entry] ?? 0 }
  }

  /** The bytes of a value; null where they were too long to keep. */
  bytesOf(entry: number): Uint8Array | null {
    const length = this.lengths[entry] ?? -1
    const start = this.starts[entry] ?? 0
    return length < 0 ? null : this.kept.subarray(start, start + length)
  }

  private keep(entry: number, from: Uint8Array, start: number, length: number): void {
    if (this.used + length > this.kept.length) {
      const bigger = new Uint8Array(Math.max(this.kept.length * 2, this.used + length))
      bigger.set(this.kept.subarray(0, this.used))
      this.kept = bigger
    }
    for (let i = 0; i < length; i++) this.kept[this.used + i] = from[start + i] as number
    this.starts[entry] = this.used
    this.used += length
  }

  private place(entry: number): void {
    let slot = (this.lanes[entry * 2] as number) & this.mask
    while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask
    this.slots[slot] = entry
  }

  private growSlots(): void {
    this.mask = this.slots.length * 2 - 1
    this.slots = new Int32Array(this.mask + 1)
    for (let entry = 1; entry <= this.size; entry++) this.place(entry)
  }

  private growEntries(): void {
    const size = this.counts.length * 2
    this.counts = filled(new Float64Array(size), this.counts)
    this.bytes = filled(new Float64Array(size), this.bytes)
    this.spans = filled(new Float64Array(size), this.spans)
    this.starts = filled(new Int32Array(size), this.starts)
    this.lengths = filled(new Int32Array(size), this.lengths)
    this.lanes = filled(new Int32Array(size * 2), this.lanes)
  }
}

function filled<A extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(to: A, from: ArrayLike<number>): A {
  to.set(from)
  return to
}
