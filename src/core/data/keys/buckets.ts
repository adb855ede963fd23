/** A spilled set of keys, one table of a bucket after the other; a bucket with too many different keys comes in parts. */
import { bucketCount, type EntryLog } from './entry-log.ts'
import { KeyTable, type PartOfBucket } from './key-table.ts'

/** Different keys that one table takes: load 0.67 of 2^20 slots. */
export const bucketMost = 700_000

/** Which fingerprints a table holds: those of one bucket whose next `bits` bits are `part`. */
export interface BucketPart extends PartOfBucket {
  readonly bucket: number
}

/** How a bucket is split so that its different keys fit. */
export function partsOf(log: EntryLog, bucket: number, most: number = bucketMost): readonly BucketPart[] {
  const size = log.bucketSize(bucket)
  if (size === 0) return []
  let bits = 0
  if (size > most && hasMoreKeys(log, bucket, most)) while (size / 2 ** bits > most && bits < 16) bits++
  return Array.from({ length: 2 ** bits }, (_, part) => ({ bucket, bits, part }))
}

/** One key that stands a million times needs no splitting, and no splitting would help. */
function hasMoreKeys(log: EntryLog, bucket: number, most: number): boolean {
  const table = new KeyTable()
  for (const entries of log.bucket(bucket)) {
    table.addEntries(entries, { bits: 0, part: 0 })
    if (table.size > most) return true
  }
  return false
}

/** Every part of every bucket; between two of them the caller may look up. */
export function* eachPart(log: EntryLog, most?: number): Generator<BucketPart> {
  for (let bucket = 0; bucket < bucketCount; bucket++) yield* partsOf(log, bucket, most)
}

/** The table of a part: each key with the record that had it first. `repeats` hears of every further record. @param table emptied and used where given */
export function tableOf(
  log: EntryLog,
  at: BucketPart,
  repeats?: (record: number, first: number) => void,
  table: KeyTable = new KeyTable(),
): KeyTable {
  table.clearFor(Math.min(bucketMost, log.bucketSize(at.bucket) / 2 ** at.bits))
  for (const entries of log.bucket(at.bucket)) table.addEntries(entries, at, repeats)
  return table
}
