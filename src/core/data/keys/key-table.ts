/** Fingerprints to numbers by open addressing in one typed array: occupancy is kept apart, so that all 64 bits of a fingerprint count. */
import type { KeyHash } from './fingerprint.ts'
import type { KeyBatch } from './key-batch.ts'
import { told } from './source-table.ts'

/** Words per slot: the fingerprint, high word first, and the number of the key plus one, 0 where the slot is empty. One slot lies together, because that is one look at memory. */
const slotWords = 3
const slotBytes = slotWords * 4
/** Words of entries whose slots are touched together: memory answers many questions in the time of one. */
const touchedWords = 3 << 8
/** Tables below this lie in the cache of a core, which answers as fast without being asked ahead. */
const touchedFrom = 1 << 20

/** Which entries are meant: those whose bits after the top 8 begin with `part`, `bits` of them. */
export interface PartOfBucket {
  readonly bits: number
  readonly part: number
}

export class KeyTable {
  size = 0
  private slots: Uint32Array
  private mask: number
  /** New keys that fit before the table has to grow: its load is two thirds at most. */
  private most: number
  /** Keeps what `touch` reads from being left out. */
  touched = 0

  /** @param expected keys for which no growing is needed */
  constructor(expected = 512) {
    const count = slotsFor(expected)
    this.slots = new Uint32Array(count * slotWords)
    this.mask = count - 1
    this.most = mostOf(count)
  }

  /** Bytes of a table for so many keys. */
  static bytesFor(keys: number): number {
    return slotsFor(keys) * slotBytes
  }

  /** Number the key had before, or -1 where it is new and gets this one; numbers are below 2^32 - 1. */
  add(high: number, low: number, number: number): number {
    if (this.size >= this.most) this.grow()
    const { slots } = this
    const at = slotOf(slots, this.mask, high | 0, low | 0)
    const known = slots[at + 2] as number
    if (known !== 0) return known - 1
    slots[at] = high
    slots[at + 1] = low
    slots[at + 2] = number + 1
    this.size++
    return -1
  }

  /** As `add`, without taking the fingerprint out of the hash. */
  addKey({ words }: KeyHash, number: number): number {
    if (this.size >= this.most) this.grow()
    const { slots } = this
    const at = slotOf(slots, this.mask, (words[0] as number) | 0, (words[1] as number) | 0)
    const known = slots[at + 2] as number
    if (known !== 0) return known - 1
    slots[at] = words[0] as number
    slots[at + 1] = words[1] as number
    slots[at + 2] = number + 1
    this.size++
    return -1
  }

  /** Touches the slots of the keys from `from` up to `until`, so that they are at hand when they are asked for one after the other. */
  private touch(lows: Int32Array, from: number, until: number): void {
    const { slots, mask } = this
    if (this.bytes < touchedFrom) return
    let sum = 0
    for (let i = from; i < until; i++) sum += slots[((lows[i] as number) & mask) * slotWords + 2] as number
    this.touched = sum
  }

  private touchEntries(entries: Uint32Array, from: number): void {
    const { slots, mask } = this
    if (this.bytes < touchedFrom) return
    const until = Math.min(entries.length, from + touchedWords)
    let sum = 0
    for (let i = from + 1; i < until; i += 3) sum += slots[((entries[i] as number) & mask) * slotWords + 2] as number
    this.touched = sum
  }

  /** Adds keys of a batch from `from` on until the table holds `most` or would have to grow; gives the index of the first that is not in. */
  addAll(batch: KeyBatch, from: number, most: number, repeats: (record: number, first: number) => void): number {
    const { slots, mask } = this
    const { highs, lows, isKey, record } = batch
    const until = Math.min(batch.count, from + Math.min(most, this.most) - this.size)
    this.touch(lows, from, until)
    for (let i = from; i < until; i++) {
      if (isKey[i] === 0) continue
      const high = highs[i] as number
      const low = lows[i] as number
      const at = slotOf(slots, mask, high, low)
      const known = slots[at + 2] as number
      if (known !== 0) {
        repeats(record + i, known - 1)
        continue
      }
      slots[at] = high
      slots[at + 1] = low
      slots[at + 2] = record + i + 1
      this.size++
    }
    return until
  }

  /** Sets the bit `told` for each key of the batch that is not here. */
  markMissing({ count, highs, lows, isKey }: KeyBatch, marks: Uint8Array): void {
    const { slots, mask } = this
    this.touch(lows, 0, count)
    for (let i = 0; i < count; i++)
      if (isKey[i] !== 0 && slots[slotOf(slots, mask, highs[i] as number, lows[i] as number) + 2] === 0)
        marks[i] = (marks[i] as number) | told
  }

  /** Number of the key, or -1. */
  find({ words }: KeyHash): number {
    const at = slotOf(this.slots, this.mask, (words[0] as number) | 0, (words[1] as number) | 0)
    return (this.slots[at + 2] as number) - 1
  }

  /** Adds all entries of three words (fingerprint and number) of one part. `repeats` hears of each whose key was there, with the number it had. */
  addEntries(entries: Uint32Array, { bits, part }: PartOfBucket, repeats?: (number: number, first: number) => void): void {
    let { slots, mask } = this
    for (let i = 0; i < entries.length; i += 3) {
      if (i % touchedWords === 0) this.touchEntries(entries, i)
      const high = (entries[i] as number) | 0
      if (bits > 0 && (high << 8) >>> (32 - bits) !== part) continue
      const low = (entries[i + 1] as number) | 0
      const at = slotOf(slots, mask, high, low)
      const known = slots[at + 2] as number
      if (known !== 0) {
        repeats?.(entries[i + 2] as number, known - 1)
        continue
      }
      slots[at] = high
      slots[at + 1] = low
      slots[at + 2] = (entries[i + 2] as number) + 1
      this.size++
      if (this.size < this.most) continue
      this.grow()
      slots = this.slots
      mask = this.mask
    }
  }

  /** Entries of one part whose key is not here. */
  missingOf(entries: Uint32Array, { bits, part }: PartOfBucket, see: (high: number, low: number, number: number) => void): void {
    const { slots, mask } = this
    for (let i = 0; i < entries.length; i += 3) {
      if (i % touchedWords === 0) this.touchEntries(entries, i)
      const high = (entries[i] as number) | 0
      if (bits > 0 && (high << 8) >>> (32 - bits) !== part) continue
      const low = (entries[i + 1] as number) | 0
      if (slots[slotOf(slots, mask, high, low) + 2] === 0) see(high >>> 0, low >>> 0, entries[i + 2] as number)
    }
  }

  clear(): void {
    this.slots.fill(0)
    this.size = 0
  }

  /** Empties the table for another use, larger where so many keys need it. */
  clearFor(expected: number): void {
    if (expected <= this.most) {
      this.clear()
      return
    }
    const count = slotsFor(expected)
    this.slots = new Uint32Array(count * slotWords)
    this.mask = count - 1
    this.most = mostOf(count)
    this.size = 0
  }

  /** Whether the next new key makes the table take more memory, and how much. */
  get growth(): number {
    return this.size >= this.most ? this.bytes : 0
  }

  get bytes(): number {
    return (this.mask + 1) * slotBytes
  }

  /** Every key with its number, in the order of the slots. */
  each(see: (high: number, low: number, number: number) => void): void {
    const { slots } = this
    for (let at = 0; at < slots.length; at += slotWords)
      if (slots[at + 2] !== 0) see(slots[at] as number, slots[at + 1] as number, (slots[at + 2] as number) - 1)
  }

  /** Leaves out every key whose high word is not below the limit; the table keeps its size. */
  keepBelow(limit: number): void {
    this.refill(this.mask + 1, limit)
  }

  /** Doubles the table; it grows by itself too, this says when. */
  grow(): void {
    this.refill((this.mask + 1) * 2, 2 ** 32)
  }

  private refill(count: number, limit: number): void {
    const before = this.slots
    const slots = new Uint32Array(count * slotWords)
    let size = 0
    for (let from = 0; from < before.length; from += slotWords) {
      const number = before[from + 2] as number
      const high = before[from] as number
      if (number === 0 || high >= limit) continue
      const low = before[from + 1] as number
      const at = slotOf(slots, count - 1, high | 0, low | 0)
      slots[at] = high
      slots[at + 1] = low
      slots[at + 2] = number
      size++
    }
    this.slots = slots
    this.mask = count - 1
    this.most = mostOf(count)
    this.size = size
  }
}

/** Where the slot of a key begins, or the empty one it would get. The words come as signed numbers: those need no object of their own. */
function slotOf(slots: Uint32Array, mask: number, high: number, low: number): number {
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const at = slot * slotWords
    if (slots[at + 2] === 0) return at
    if (((slots[at + 1] as number) | 0) === low && ((slots[at] as number) | 0) === high) return at
  }
}

function mostOf(slots: number): number {
  return Math.ceil((slots * 2) / 3)
}

/** Load at most two thirds. */
function slotsFor(keys: number): number {
  let slots = 1024
  while (keys * 3 >= slots * 2) slots *= 2
  return slots
}
