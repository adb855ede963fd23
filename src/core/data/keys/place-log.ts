/** Records of one file that were met out of order, each with another record it belongs to, given back in the order of the file. */

import type { Spill } from '../model/spill.ts'
import { bucketCount, EntryLog, type KeyBudget } from './entry-log.ts'

export class PlaceLog {
  private readonly log: EntryLog
  private readonly scale: number

  /** @param mostRecords upper bound of record numbers: spreads them evenly over the buckets */
  constructor(mostRecords: number, budget: KeyBudget, spill: Spill | null, held?: number) {
    this.log = new EntryLog(budget, spill, held)
    this.scale = 2 ** 32 / (mostRecords + 2)
  }

  /** How many were added, repetitions included. */
  get count(): number {
    return this.log.count
  }

  /** True where some could not be kept. */
  get refused(): boolean {
    return this.log.refused
  }

  add(record: number, other: number): void {
    this.log.add(Math.min(0xffffffff, Math.floor(record * this.scale)), record, other)
  }

  /** Pairs of record and other, one after the other in one array, in the order of the file; a pair that was added twice comes once. */
  *inOrder(): Generator<Uint32Array> {
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const size = this.log.bucketSize(bucket)
      if (size === 0) continue
      // Little end first: the record is the upper half of each 64-bit number.
      const words = new Uint32Array(size * 2)
      let at = 0
      for (const part of this.log.bucket(bucket))
        for (let i = 0; i < part.length; i += 3) {
          words[at++] = part[i + 2] as number
          words[at++] = part[i + 1] as number
        }
      new BigUint64Array(words.buffer).sort()
      yield distinctPairs(words)
    }
  }

  release(): void {
    this.log.release()
  }
}

/** Swaps each pair to record, other, and leaves out repetitions. */
function distinctPairs(words: Uint32Array): Uint32Array {
  let to = 0
  for (let i = 0; i < words.length; i += 2) {
    const other = words[i] as number
    const record = words[i + 1] as number
    if (to > 0 && words[to - 2] === record && words[to - 1] === other) continue
    words[to] = record
    words[to + 1] = other
    to += 2
  }
  return words.subarray(0, to)
}
