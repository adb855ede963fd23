/** Keys of a stretch as fingerprints with the numbers of their records, by partition of the fingerprint; and what each partition says of them. */

import { BytesReader, BytesWriter } from '../../values/bytes-log.ts'
import { KeyHash } from '../keys/fingerprint.ts'
import { KeyBatch } from '../keys/key-batch.ts'
import type { KeyColumns } from '../keys/key-columns.ts'
import type { KeySetOfRun, ToldKeys } from '../keys/key-run.ts'
import { KeyTable } from '../keys/key-table.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'

/** Words of an entry: fingerprint, high word first, and record. */
const entryWords = 3
/** Words that are made room for at once: few for many partitions, at most so many more. */
const leastWords = entryWords << 5
const mostWords = entryWords << 13

class Entries {
  private readonly full: Uint32Array[] = []
  private words = new Uint32Array(leastWords)
  private length = 0

  add(high: number, low: number, record: number): void {
    if (this.length === this.words.length) {
      this.full.push(this.words)
      this.words = new Uint32Array(Math.min(mostWords, this.words.length * 2))
      this.length = 0
    }
    this.words[this.length++] = high
    this.words[this.length++] = low
    this.words[this.length++] = record
  }

  get count(): number {
    return this.full.reduce((sum, { length }) => sum + length, this.length)
  }

  write(into: Uint32Array, at: number): void {
    let next = at
    for (const words of this.full) {
      into.set(words, next)
      next += words.length
    }
    into.set(this.words.subarray(0, this.length), next)
  }
}

/** Notes the keys of one table while a stretch of it is read. */
export class KeyEntries {
  /** Keys by set, those with an empty part left out. */
  readonly tested: number[]
  private readonly hash: KeyHash
  private readonly batch = new KeyBatch()
  private readonly own: readonly { readonly at: number; readonly columns: KeyColumns; readonly entries: readonly Entries[] }[]
  private readonly sets: readonly KeySetOfRun[]
  private readonly partitions: number

  /** @param seed secret of the run */
  constructor(sets: readonly KeySetOfRun[], input: number, partitions: number, seed: string) {
    this.sets = sets
    this.partitions = partitions
    this.hash = new KeyHash(seed)
    this.tested = sets.map(() => 0)
    this.own = sets.flatMap(({ input: of, columns }, at) =>
      of === input ? [{ at, columns, entries: Array.from({ length: partitions }, () => new Entries()) }] : [],
    )
  }

  block(block: RecordBlock): void {
    const { batch, hash } = this
    for (const { at, columns, entries } of this.own) {
      columns.readBlock(block, hash, batch)
      for (let i = 0; i < batch.count; i++) {
        if (batch.isKey[i] === 0) continue
        this.tested[at] = (this.tested[at] as number) + 1
        const high = (batch.highs[i] as number) >>> 0
        entries[this.partOf(high)]?.add(high, batch.lows[i] as number, batch.record + i)
      }
    }
  }

  record(view: RecordView): void {
    const { hash } = this
    for (const { at, columns, entries } of this.own) {
      if (!columns.read(view, hash)) continue
      this.tested[at] = (this.tested[at] as number) + 1
      entries[this.partOf(hash.high)]?.add(hash.high, hash.low, view.record)
    }
  }

  /** The entries of one partition: how many words of each set of the run, then the words of all, from a whole word on. */
  ofPartition(partition: number): Uint8Array {
    const entries = this.sets.map((_, set) => this.own.find(({ at }) => at === set)?.entries[partition] ?? null)
    const head = new BytesWriter()
    for (const one of entries) head.number(one?.count ?? 0)
    const counts = head.take()
    const from = (counts.length + 3) >> 2
    const words = new Uint32Array(from + entries.reduce((sum, one) => sum + (one?.count ?? 0), 0))
    const bytes = new Uint8Array(words.buffer)
    bytes.set(counts)
    let at = from
    for (const one of entries) {
      one?.write(words, at)
      at += one?.count ?? 0
    }
    return bytes
  }

  private partOf(high: number): number {
    return Math.floor((high / 2 ** 32) * this.partitions)
  }
}

/** What a partition says of one set. */
export type KeyVerdict = Omit<ToldKeys, 'tested'>

/** Shares of a partition that are searched one after the other: their tables stay in the cache of a core. */
const shares = 256

/** Entries of one set and stretch by share. */
interface Shared {
  readonly words: Uint32Array
  /** Where each share begins, and behind the last one the end. */
  readonly starts: Uint32Array
}

/** Searches one partition. */
export class PartitionSearch {
  /** By set and stretch. */
  private readonly entries: Shared[][]
  private readonly sets: readonly KeySetOfRun[]

  constructor(sets: readonly KeySetOfRun[]) {
    this.sets = sets
    this.entries = sets.map(() => [])
  }

  /** What each stretch wrote for the partition, in the order of the files. */
  add(stretch: Uint8Array): void {
    const reader = new BytesReader(stretch)
    const counts = this.entries.map(() => reader.number())
    reader.align()
    for (const [set, ofSet] of this.entries.entries()) ofSet.push(sharedOut(wordsOf(reader.raw((counts[set] as number) * 4))))
  }

  verdicts(): KeyVerdict[] {
    const { sets } = this
    const found = sets.map(() => ({ pairs: new Numbers(), missing: new Numbers(), distinct: 0 }))
    const tables = sets.map(() => new KeyTable())
    const values = new KeyTable()
    for (let share = 0; share < shares; share++) {
      for (const [set, { parents, isUnique }] of sets.entries())
        if (parents === null) {
          const table = tables[set] as KeyTable
          table.clear()
          const { pairs } = found[set] as (typeof found)[number]
          for (const entries of this.of(set, share))
            table.addEntries(entries, all, (record, first) => isUnique && pairs.add(record, first))
        }
      for (const [set, { parents }] of sets.entries()) {
        const known = parents === null ? undefined : tables[parents]
        if (!known) continue
        values.clear()
        const own = found[set] as (typeof found)[number]
        for (const entries of this.of(set, share))
          known.missingOf(entries, all, (high, low, record) => {
            values.add(high, low, record)
            own.missing.add(record)
          })
        own.distinct += values.size
      }
    }
    return found.map(({ pairs, missing, distinct }) => ({ pairs: pairs.taken(), missing: missing.taken(), distinct }))
  }

  private of(set: number, share: number): Uint32Array[] {
    return (this.entries[set] ?? []).map(({ words, starts }) => words.subarray(starts[share], starts[share + 1]))
  }
}

const all = { bits: 0, part: 0 }

/** Bits of the fingerprint that neither the partition nor the table goes by. */
function shareOf(high: number): number {
  return high & (shares - 1)
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(own.buffer, own.byteOffset, own.length / 4)
}

function sharedOut(entries: Uint32Array): Shared {
  const starts = new Uint32Array(shares + 1)
  for (let at = 0; at < entries.length; at += entryWords) {
    const behind = shareOf(entries[at] as number) + 1
    starts[behind] = (starts[behind] as number) + entryWords
  }
  for (let share = 1; share <= shares; share++) starts[share] = (starts[share] as number) + (starts[share - 1] as number)
  const next = starts.slice()
  const words = new Uint32Array(entries.length)
  for (let at = 0; at < entries.length; at += entryWords) {
    const share = shareOf(entries[at] as number)
    const to = next[share] as number
    words[to] = entries[at] as number
    words[to + 1] = entries[at + 1] as number
    words[to + 2] = entries[at + 2] as number
    next[share] = to + entryWords
  }
  return { words, starts }
}

class Numbers {
  private readonly list: number[] = []

  add(...numbers: readonly number[]): true {
    this.list.push(...numbers)
    return true
  }

  taken(): Uint32Array {
    return Uint32Array.from(this.list)
  }
}

export function writeVerdicts(verdicts: readonly KeyVerdict[]): Uint8Array {
  const out = new BytesWriter()
  for (const { pairs, missing, distinct } of verdicts) {
    out.number(distinct)
    for (const list of [pairs, missing]) {
      out.number(list.length)
      for (const number of list) out.number(number)
    }
  }
  return out.take()
}

export function readVerdicts(sets: number, bytes: Uint8Array): KeyVerdict[] {
  const reader = new BytesReader(bytes)
  const list = (): Uint32Array => Uint32Array.from({ length: reader.number() }, () => reader.number())
  return Array.from({ length: sets }, () => {
    const distinct = reader.number()
    return { distinct, pairs: list(), missing: list() }
  })
}
