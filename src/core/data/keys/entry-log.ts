/**
 * Entries (a fingerprint and a record number) in the order they were met: in memory up to a block, above that sorted
 * by the top 8 bits of the fingerprint and appended to the spill file in blocks of at least 1 MiB, to be read back bucket by bucket.
 */

import type { Spill } from '../model/spill.ts'
import type { KeyHash } from './fingerprint.ts'
import type { KeyBatch } from './key-batch.ts'

/** 32-bit words per entry: the fingerprint, high word first, and the number of the record. */
const width = 3

export const bucketCount = 256
/** Entries held before a block is written: 12 MiB. */
const heldMost = 1 << 20
/** Entries that every log may hold whatever the budget says: a block is then at least 1.5 MiB. */
const heldLeast = 1 << 17

/** Bytes that all logs and tables of a run may take together. */
export interface KeyBudget {
  left: number
  /** Room for sorting that the logs of a run lend each other. */
  spare?: Uint32Array<ArrayBuffer>
}

export const defaultKeyBudget = 192 << 20

/** A block on disk: where it begins, and at which entry each bucket begins in it. */
interface Block {
  readonly at: number
  readonly starts: Uint32Array
}

export class EntryLog {
  /** Entries added, refused ones left out. */
  count = 0
  /** True once neither memory nor storage took more: entries were left out. */
  refused = false
  private words: Uint32Array<ArrayBuffer> = new Uint32Array(0)
  private held = 0
  /** Entries that fit before `add` has to look closer; none once buckets are read or entries were refused. */
  private room = 0
  /** Read buckets land here, one after the other. */
  private landing = new Uint32Array(0)
  private blocks: Block[] = []
  private heldStarts: Uint32Array | null = null
  private readonly budget: KeyBudget
  private readonly spill: Spill | null
  private readonly most: number

  /** @param most entries held in memory before a block is written; smaller in tests */
  constructor(budget: KeyBudget, spill: Spill | null, most: number = heldMost) {
    this.budget = budget
    this.spill = spill
    this.most = most
  }

  /** True while everything is still in memory. */
  get inMemory(): boolean {
    return this.blocks.length === 0
  }

  /** False where the entry could not be kept. Not to be called once buckets are read. */
  add(high: number, low: number, record: number): boolean {
    if (this.held >= this.room && !this.makeRoom()) return false
    const { words } = this
    const at = this.held * width
    words[at] = high
    words[at + 1] = low
    words[at + 2] = record
    this.held++
    this.count++
    return true
  }

  /** As `add`, without taking the fingerprint out of the hash. */
  addKey(key: KeyHash, record: number): boolean {
    if (this.held >= this.room && !this.makeRoom()) return false
    const { words } = this
    const at = this.held * width
    words[at] = key.words[0] as number
    words[at + 1] = key.words[1] as number
    words[at + 2] = record
    this.held++
    this.count++
    return true
  }

  /** Adds all keys of a batch; false where one could not be kept, and the rest was left out. */
  addAll({ count, record, highs, lows, isKey }: KeyBatch): boolean {
    for (let from = 0; from < count; ) {
      if (this.held >= this.room && !this.makeRoom()) return false
      const until = Math.min(count, from + this.room - this.held)
      const { words } = this
      let at = this.held * width
      for (let i = from; i < until; i++) {
        words[at] = highs[i] as number
        words[at + 1] = lows[i] as number
        words[at + 2] = record + i
        at += (isKey[i] as number) * width
      }
      const added = at / width - this.held
      this.held += added
      this.count += added
      from = until
    }
    return true
  }

  /** Entries of a bucket, as views over whole entries in the order they were added; a view is valid until the next one. */
  *bucket(bucket: number): Generator<Uint32Array> {
    const { spill } = this
    if (spill)
      for (const { at, starts } of this.blocks) {
        const from = starts[bucket] as number
        const to = starts[bucket + 1] as number
        if (to === from) continue
        const length = (to - from) * width
        if (this.landing.length < length) this.landing = new Uint32Array(length + (length >> 2))
        spill.read(at + from * width * 4, new Uint8Array(this.landing.buffer, 0, length * 4))
        yield this.landing.subarray(0, length)
      }
    if (this.held === 0) return
    const starts = this.sortHeld()
    yield this.words.subarray((starts[bucket] as number) * width, (starts[bucket + 1] as number) * width)
  }

  /** How many entries a bucket has. */
  bucketSize(bucket: number): number {
    const held = this.held === 0 ? [] : [this.sortHeld()]
    let size = 0
    for (const starts of [...this.blocks.map((block) => block.starts), ...held])
      size += (starts[bucket + 1] as number) - (starts[bucket] as number)
    return size
  }

  /** Gives the memory back; what was spilled goes with its file. */
  release(): void {
    this.budget.left += this.words.length * 4
    this.words = new Uint32Array(0)
    this.held = 0
    this.room = 0
    this.blocks = []
    this.heldStarts = null
    this.landing = new Uint32Array(0)
  }

  private makeRoom(): boolean {
    if (this.refused) return false
    if (this.heldStarts !== null) throw new Error('A key log is read after it is complete, not before')
    this.refused = !this.takeRoom()
    this.room = this.refused ? 0 : this.words.length / width
    return !this.refused
  }

  private takeRoom(): boolean {
    const before = this.words.length
    const wanted = Math.min(before === 0 ? Math.min(1024, this.most) : (before / width) * 4, this.most)
    const more = (wanted * width - before) * 4
    if (more > 0 && (more <= this.budget.left || wanted <= Math.min(heldLeast, this.most))) {
      this.budget.left -= more
      const bigger = new Uint32Array(wanted * width)
      bigger.set(this.words)
      this.words = bigger
      return true
    }
    return this.writeBlock()
  }

  private writeBlock(): boolean {
    if (!this.spill) return false
    const starts = this.sortHeld()
    const at = this.spill.append(new Uint8Array(this.words.buffer, 0, this.held * width * 4))
    if (at === null) return false
    this.blocks.push({ at, starts })
    this.held = 0
    this.heldStarts = null
    return true
  }

  /** Counting sort by bucket; entries of one bucket keep their order. */
  private sortHeld(): Uint32Array {
    if (this.heldStarts) return this.heldStarts
    const { words, held } = this
    const starts = new Uint32Array(bucketCount + 1)
    const end = held * width
    for (let i = 0; i < end; i += width) {
      const next = ((words[i] as number) >>> 24) + 1
      starts[next] = (starts[next] as number) + 1
    }
    for (let b = 1; b <= bucketCount; b++) starts[b] = (starts[b] as number) + (starts[b - 1] as number)
    const spare = this.budget.spare
    const sorted = spare && spare.length === words.length ? spare : new Uint32Array(words.length)
    const next = starts.slice(0, bucketCount)
    scatter(words, end, next, sorted)
    this.budget.spare = words
    this.words = sorted
    this.heldStarts = starts
    this.room = 0
    return starts
  }
}

function scatter(words: Uint32Array, end: number, next: Uint32Array, into: Uint32Array): void {
  for (let i = 0; i < end; i += width) {
    const high = words[i] as number
    const slot = next[high >>> 24] as number
    next[high >>> 24] = slot + 1
    const to = slot * width
    into[to] = high
    into[to + 1] = words[i + 1] as number
    into[to + 2] = words[i + 2] as number
  }
}
