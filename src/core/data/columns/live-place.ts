/** Offset and length of the record at hand, reckoned only for values that are kept. */
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'

export class LivePlace implements RecordStretch {
  /** Which record of the block, where there is one. */
  record = 0
  private view: RecordView | null = null
  private block: RecordBlock | null = null
  private byteOf: (index: number) => number = (index) => index

  set(view: RecordView, byteOf: (index: number) => number): void {
    this.view = view
    this.block = null
    this.byteOf = byteOf
  }

  setBlock(block: RecordBlock, byteOf: (index: number) => number): void {
    this.block = block
    this.byteOf = byteOf
  }

  get byte(): number {
    return this.byteOf(this.from)
  }

  get span(): number {
    const { block, view } = this
    const to = block ? (block.to[this.record] as number) : (view?.end ?? 0)
    return this.byteOf(to) - this.byteOf(this.from)
  }

  private get from(): number {
    return this.block ? (this.block.from[this.record] as number) : (this.view?.start ?? 0)
  }
}

/** Where the first record with a value stands: offset in the original file and length in bytes. */
export interface RecordStretch {
  readonly byte: number
  readonly span: number
}
