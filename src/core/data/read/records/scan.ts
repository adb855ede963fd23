/** What scanners of records are given and what they tell, whether cells are delimited or stand in fixed columns. */

import type { RecordView } from '../text/record-view.ts'
import type { RecordBlock } from './record-block.ts'

/** The dialect as bytes of the scanned encoding, which must be a superset of ASCII. */
export interface ScanDialect {
  readonly delimiter: Uint8Array
  /** -1 for none. */
  readonly quote: number
  /** Equal to the quote where quotes are doubled. */
  readonly escape: number
}

export interface ScanLimits {
  /** Longest record that is held; a longer one is passed over and reported. */
  readonly held: number
  /** Longest record that is passed over; a longer one ends the reading. */
  readonly passed: number
}

export const defaultScanLimits: ScanLimits = { held: 33 << 20, passed: 256 << 20 }

export type ScanProblem = 'stray-quote' | 'quote-resync' | 'swallowed' | 'too-long' | 'endless' | 'torn'

export interface ScanSink {
  /** The view is only valid during the call. */
  record(view: RecordView): void
  /** Takes plain records of as many cells as are expected many at a time; the block is only valid during the call. */
  readonly block?: ((block: RecordBlock) => void) | undefined
  /** `at` is the offset in the scanned stream. */
  problem(kind: ScanProblem, at: number, line: number, cell: number): void
}
