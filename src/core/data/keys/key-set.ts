/**
 * Keys of one column set with the record that had each first. Few keys go into a table; where many may come they are written down
 * one after the other and searched by partition, because a large table answers at the speed of memory.
 */

import type { Spill } from '../model/spill.ts'
import { bucketCount, EntryLog, type KeyBudget } from './entry-log.ts'
import { KeyHash } from './fingerprint.ts'
import type { KeyBatch } from './key-batch.ts'
import { KeyTable } from './key-table.ts'

/** Keys that a table holds before it is spilled. */
export const tableMost = 1 << 20
/** Keys that every set may hold in memory, whatever the budget says; a table of more does not fit into the cache of a core. */
const tableLeast = 1 << 16
const everything = 2 ** 32

export interface KeySizes {
  readonly table?: number
  readonly held?: number
  readonly bucket?: number
}

export class KeySet {
  /** Fingerprints whose high word lies in [from, to) are held; less than everything only where neither memory nor storage took them all. */
  from = 0
  to = everything
  private inTable: KeyTable | null = null
  private inLog: EntryLog | null = null
  private readonly one = new KeyHash()
  private readonly budget: KeyBudget
  /** Null where there is none, or once it was full. */
  private spill: Spill | null
  private readonly sizes: KeySizes

  /** @param expected upper bound of the keys that will come; from `tableLeast` on they are logged */
  constructor(budget: KeyBudget, spill: Spill | null, sizes: KeySizes = {}, expected = 0) {
    this.budget = budget
    this.spill = spill
    this.sizes = sizes
    if (expected > (sizes.table ?? tableLeast)) this.inLog = this.newLog()
    else this.holdTable(new KeyTable())
  }

  /** The keys in memory, or null once they are spilled. */
  get table(): KeyTable | null {
    return this.inTable
  }

  get log(): EntryLog | null {
    return this.inLog
  }

  /** True where every key that was added is held. */
  get isWhole(): boolean {
    return this.from === 0 && this.to === everything
  }

  /** Adds a key; gives the record that had it before, or -1 where it is new or only a later look at its bucket can tell. */
  add(key: KeyHash, record: number): number {
    if (this.inLog) {
      // A log that refuses leaves a hole that nobody could name, so the set says so by its range.
      if (!this.inLog.addKey(key, record)) this.loseLog()
      return -1
    }
    if (!this.inTable || (!this.isWhole && (key.high < this.from || key.high >= this.to))) return -1
    if (this.inTable.growth > 0 || (this.spill !== null && this.inTable.size >= (this.sizes.table ?? tableMost))) {
      this.makeRoom(this.inTable)
      return this.add(key, record)
    }
    return this.inTable.addKey(key, record)
  }

  /** Adds the keys of a batch; gives how many those are. `repeats` hears of each record whose key is known to have been there. */
  addAll(batch: KeyBatch, repeats: (record: number, first: number) => void): number {
    let keys = 0
    for (let at = 0; at < batch.count; at++) keys += batch.isKey[at] as number
    for (let at = 0; at < batch.count; ) {
      if (this.inLog && at === 0) {
        // A log that refuses leaves a hole that nobody could name, so the set says so by its range.
        if (!this.inLog.addAll(batch)) this.loseLog()
        return keys
      }
      const { inTable } = this
      const most = this.spill === null ? Number.POSITIVE_INFINITY : (this.sizes.table ?? tableMost)
      if (inTable && this.isWhole && inTable.growth === 0 && inTable.size < most) at = inTable.addAll(batch, at, most, repeats)
      // Where there is something to decide, one key is added alone.
      else at = this.addOne(batch, at, repeats)
    }
    return keys
  }

  private addOne(batch: KeyBatch, at: number, repeats: (record: number, first: number) => void): number {
    if (batch.isKey[at] === 0) return at + 1
    this.one.words[0] = batch.highs[at] as number
    this.one.words[1] = batch.lows[at] as number
    const first = this.add(this.one, batch.record + at)
    if (first >= 0) repeats(batch.record + at, first)
    return at + 1
  }

  /**
   * All keys were added: those of a log move into a table where they fit, so that each can be asked for at once. True where they did.
   * `repeats` hears of each record whose key was there.
   */
  settle(repeats: (record: number, first: number) => void): boolean {
    const { inLog } = this
    if (!inLog || inLog.count > (this.sizes.table ?? tableMost) || KeyTable.bytesFor(inLog.count) > this.budget.left) return false
    const table = new KeyTable(inLog.count)
    for (let bucket = 0; bucket < bucketCount; bucket++)
      for (const entries of inLog.bucket(bucket)) table.addEntries(entries, { bits: 0, part: 0 }, repeats)
    inLog.release()
    this.inLog = null
    this.holdTable(table)
    return true
  }

  private newLog(): EntryLog {
    // Without storage a log is as long as memory is granted.
    return new EntryLog(this.budget, this.spill, this.spill === null ? Number.POSITIVE_INFINITY : this.sizes.held)
  }

  private holdTable(table: KeyTable): void {
    this.inTable = table
    this.budget.left -= table.bytes
  }

  /** Prepares for another pass over the file, for the range of keys that did not fit before. */
  nextRange(): void {
    this.from = this.to
    this.to = everything
    this.inTable?.clear()
  }

  release(): void {
    if (this.inTable) this.budget.left += this.inTable.bytes
    this.inLog?.release()
    this.inTable = null
    this.inLog = null
  }

  private makeRoom(table: KeyTable): void {
    const more = table.growth
    const least = Math.min(tableLeast, this.sizes.table ?? tableLeast)
    const fits = more <= this.budget.left || table.size < least || this.to - this.from <= 1
    const spills = this.spill !== null && (!fits || table.size >= (this.sizes.table ?? tableMost))
    if (spills && this.moveToLog(table)) return
    if (more === 0) return
    if (fits) {
      this.budget.left -= more
      table.grow()
    } else this.narrow(table)
  }

  private moveToLog(table: KeyTable): boolean {
    const log = this.newLog()
    table.each((high, low, record) => {
      log.add(high, low, record)
    })
    if (log.refused) {
      log.release()
      this.spill = null
      return false
    }
    this.budget.left += table.bytes
    this.inTable = null
    this.inLog = log
    return true
  }

  /** Keeps half of the range and leaves the other half to another pass. */
  private narrow(table: KeyTable): void {
    this.to = this.from + Math.ceil((this.to - this.from) / 2)
    table.keepBelow(this.to)
  }

  /** Storage ran full in the middle: everything is left to passes over the file. */
  private loseLog(): void {
    this.inLog?.release()
    this.inLog = null
    this.spill = null
    this.holdTable(new KeyTable())
    this.from = 0
    this.to = 0
  }
}
