/** Cells of one column, laid out one after the other, so that each question about them is one loop over numbers. */
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import type { LivePlace, RecordStretch } from './live-place.ts'

/** All bytes of all cells are ASCII and stand in the file as they are. One object per table, filled for column after column. */
export class CellRun {
  count = 0
  bytes: Uint8Array = new Uint8Array(0)
  /** The same bytes, to be read by the word. */
  words = new DataView(this.bytes.buffer)
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Lanes of the fingerprint of each cell, once they were asked for. */
  readonly a: Int32Array
  readonly b: Int32Array
  /** Number of each value among the known ones of its column, 0 for a new one, once they were looked for. */
  readonly entries: Int32Array
  /** What the cell was found to be made like, as dates and numbers were looked for: an index of `writtenShapes`, 0 for none of them. */
  readonly shapes: Uint8Array
  /** How often each cell counts: once, except where values are shown that were counted before. */
  readonly weights: Float64Array
  /** Which record of the block each cell belongs to. */
  private readonly records: Int32Array
  private readonly place: LivePlace
  /** Where records stand, if not in a block. */
  private readonly places: ((record: number) => RecordStretch) | null

  /** @param most cells that it takes at once */
  constructor(place: LivePlace, places: ((record: number) => RecordStretch) | null = null, most = mostRecords) {
    this.place = place
    this.places = places
    this.starts = new Int32Array(most)
    this.ends = new Int32Array(most)
    this.a = new Int32Array(most)
    this.b = new Int32Array(most)
    this.entries = new Int32Array(most)
    this.shapes = new Uint8Array(most)
    this.weights = new Float64Array(most).fill(1)
    this.records = new Int32Array(most)
  }

  begin({ bytes }: Pick<RecordBlock, 'bytes'>): void {
    this.count = 0
    if (bytes === this.bytes) return
    this.bytes = bytes
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  add(start: number, end: number, record: number): void {
    const { count } = this
    this.starts[count] = start
    this.ends[count] = end
    this.records[count] = record
    this.count = count + 1
  }

  /** Keeps cell `from` as the cell `to`; cells between them are left out. */
  move(from: number, to: number): void {
    this.starts[to] = this.starts[from] as number
    this.ends[to] = this.ends[from] as number
    this.records[to] = this.records[from] as number
  }

  /** Where the record of a cell stands. */
  stretchOf(cell: number): RecordStretch {
    return this.places === null ? this.stretchIn(this.records[cell] as number) : this.places(this.records[cell] as number)
  }

  /** Where a record of the block stands. */
  stretchIn(record: number): RecordStretch {
    this.place.record = record
    return this.place
  }
}
