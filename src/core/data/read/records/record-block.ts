/** Many plain records at once: cells as ranges of bytes, one record after the other, so that a column can be walked in one loop. */
import type { RecordView } from '../text/record-view.ts'
import type { Kernels } from './column-kernels.ts'

/** Cells of one block; records of more columns than this are read one by one. */
const mostCells = 1 << 14
/** Records of one block. */
export const mostRecords = 4096

/** Where the arrays of a block lie. */
export interface BlockMemory {
  numbers(name: 'starts' | 'ends' | 'from' | 'to' | 'breaks', length: number): Int32Array
  bytes(name: 'flags' | 'seen', length: number): Uint8Array
}

const ownMemory: BlockMemory = { numbers: (_, length) => new Int32Array(length), bytes: (_, length) => new Uint8Array(length) }

/** The records of a block that have to be read are those from `first` up to `last`; all of them have `width` cells. */
export class RecordBlock {
  bytes: Uint8Array = new Uint8Array(0)
  /** What its bytes above 0x7F may mean as UTF-8: see `high-bytes.ts`. */
  traits = 0
  /** False where its bytes hold no control code other than tab and line break. */
  mayHoldCodes = true
  /** Offset of `bytes[0]` in the scanned stream. */
  base = 0
  /** Who answers questions about whole columns; null where the block was not indexed by the kernel. */
  kernels: Kernels | null = null
  readonly width: number
  /** Records that fit. */
  readonly room: number
  /** Cell `c` of record `r` stands at `r * width + c`. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly flags: Uint8Array
  /** By record: index of its first byte, index after its last, line breaks of the block before it, and all flags of its cells. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly breaks: Int32Array
  readonly seen: Uint8Array
  count = 0
  /** Physical line of the first byte of the first record. */
  line = 0
  first = 0
  last = 0
  /** Number of the record `first`. */
  record = 0

  constructor(width: number, memory: BlockMemory = ownMemory) {
    this.width = width
    this.room = Math.min(mostRecords, Math.floor(mostCells / width))
    const cells = this.room * width
    this.starts = memory.numbers('starts', cells)
    this.ends = memory.numbers('ends', cells)
    this.flags = memory.bytes('flags', cells)
    this.from = memory.numbers('from', this.room)
    this.to = memory.numbers('to', this.room)
    this.breaks = memory.numbers('breaks', this.room + 1)
    this.seen = memory.bytes('seen', this.room)
  }

  static fits(width: number): boolean {
    return width > 1 && width <= mostCells
  }

  /** Makes the view show one of the records, as if it had been read alone. */
  show(record: number, view: RecordView): void {
    const { width, starts, ends, flags } = this
    view.bytes = this.bytes
    view.base = this.base
    while (view.starts.length < width) view.grow()
    const at = record * width
    for (let cell = 0; cell < width; cell++) {
      view.starts[cell] = starts[at + cell] as number
      view.ends[cell] = ends[at + cell] as number
      view.flags[cell] = flags[at + cell] as number
    }
    view.count = width
    view.seen = this.seen[record] as number
    view.start = this.from[record] as number
    view.end = this.to[record] as number
    view.line = this.line + (this.breaks[record] as number)
    view.record = this.record + record - this.first
  }
}
