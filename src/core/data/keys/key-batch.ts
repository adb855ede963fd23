/** The fingerprints of a run of records, found together: hashing and looking up in two loops keeps memory busy instead of waiting for it. */
import { mostRecords } from '../read/records/record-block.ts'

export class KeyBatch {
  count = 0
  /** Number of the record of the first key. */
  record = 0
  /** Bits 32 to 63 and 0 to 31 of each fingerprint, as signed numbers: those need no object of their own. */
  readonly highs = new Int32Array(mostRecords)
  readonly lows = new Int32Array(mostRecords)
  /** 0 where a part of the key is null. */
  readonly isKey = new Uint8Array(mostRecords)
}
