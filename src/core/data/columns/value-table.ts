/** Different values of a column with their counts, up to a bound: found by fingerprint, kept as bytes while they are short. */

import { mostRecords } from '../read/records/record-block.ts'
import { CellRun } from './cell-run.ts'
import { LivePlace, type RecordStretch } from './live-place.ts'

/** Most different values that are counted one by one. */
export const exactLimit = 10_000
/** Longer values are told apart and counted, but not kept. */
export const keptBytes = 100

const slotWords = 4
/** Counts of a slot move to their entry before they could outgrow 32 bits. */
const mostInSlot = 2 ** 30

/** Entries are numbered from 1. */
export class ValueTable {
  size = 0
  private counts = new Float64Array(33)
  /** Both lanes, number of the entry, and cells counted since `settle`: one look at memory per cell. */
  private slots = new Int32Array(64 * slotWords)
  private mask = 63
  private lanes = new Int32Array(66)
  /** Where the bytes stand in `kept`, and how many; -1 where they are not kept. */
  private starts = new Int32Array(33)
  private lengths = new Int32Array(33)
  private bytes = new Float64Array(33)
  private spans = new Float64Array(33)
  private kept = new Uint8Array(512)
  private used = 0
  /** Cells counted in slots. */
  private unsettled = 0

  /** Number of the entry, or 0. */
  find(a: number, b: number): number {
    const { slots, mask } = this
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotWords
      const entry = slots[at + 2] as number
      if (entry === 0 || (slots[at] === a && slots[at + 1] === b)) return entry
    }
  }

  /** Counts one cell more of a known value. */
  count(entry: number): void {
    this.counts[entry] = (this.counts[entry] as number) + 1
  }

  countOf(entry: number): number {
    this.settle()
    return this.counts[entry] ?? 0
  }

  /** Counts every cell of a run whose value is known; its entry, or 0, is left in the run. Gives how many are known. */
  countRun({ a, b, count, entries }: CellRun): number {
    if (this.unsettled + count > mostInSlot) this.settle()
    const { slots, mask } = this
    let known = 0
    for (let cell = 0; cell < count; cell++) {
      const laneA = a[cell] as number
      const laneB = b[cell] as number
      let at = (laneA & mask) * slotWords
      let entry = slots[at + 2] as number
      while (entry !== 0 && (slots[at] !== laneA || slots[at + 1] !== laneB)) {
        at = ((at / slotWords + 1) & mask) * slotWords
        entry = slots[at + 2] as number
      }
      entries[cell] = entry
      if (entry === 0) continue
      known++
      slots[at + 3] = (slots[at + 3] as number) + 1
    }
    this.unsettled += known
    return known
  }

  private settle(): void {
    if (this.unsettled === 0) return
    this.unsettled = 0
    const { slots, counts } = this
    for (let at = 0; at < slots.length; at += slotWords) {
      const entry = slots[at + 2] as number
      if (entry === 0) continue
      counts[entry] = (counts[entry] as number) + (slots[at + 3] as number)
      slots[at + 3] = 0
    }
  }

  /** Adds a value that `find` did not find, counted once; gives its number. */
  insert(a: number, b: number, from: Uint8Array, start: number, end: number, at: RecordStretch): number {
    if ((this.size + 1) * 3 > this.mask * 2) this.growSlots()
    const entry = ++this.size
    if (entry >= this.counts.length) this.growEntries()
    this.lanes[entry * 2] = a
    this.lanes[entry * 2 + 1] = b
    this.counts[entry] = 1
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
    this.settle()
    const run = new CellRun(new LivePlace(), (entry) => this.stretchOf(entry), Math.min(this.size, mostRecords))
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
    const { slots, mask } = this
    const a = this.lanes[entry * 2] as number
    let slot = a & mask
    while (slots[slot * slotWords + 2] !== 0) slot = (slot + 1) & mask
    const at = slot * slotWords
    slots[at] = a
    slots[at + 1] = this.lanes[entry * 2 + 1] as number
    slots[at + 2] = entry
  }

  private growSlots(): void {
    this.settle()
    const size = (this.mask + 1) * 2
    this.mask = size - 1
    this.slots = new Int32Array(size * slotWords)
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
