/** A thread that indexes chunks of a file ahead of the reader. It may begin at a wrong place: its blocks are taken only where the reader arrives. */

import { type AheadAsk, type AheadForm, AheadRing, shared, slotsOfRing } from './ahead-slots.ts'
import { quoteLines } from './careful-records.ts'
import type { Kernels } from './column-kernels.ts'
import { splitsIntoRecords } from './quote-trial.ts'
import type { RecordBlock } from './record-block.ts'
import { longestIndexed, StructuralIndex } from './structural-index.ts'

/** Threads take turns in chunks of so many bytes. */
const chunkBytes = 1 << 20
/** Line breaks of one chunk that are tried as the start of a record. */
const mostTries = 1000
/** Fewer records are no proof of a start unless nothing follows them. */
const fewestRecords = 2
/** Bytes behind a chunk in which its last record usually ends. */
const overlap = 4096
const LF = 10
const noBytes = new Uint8Array(0)

/** Fills the buffer with bytes of the file from an offset on; gives how many there were. */
export type ReadAt = (buffer: Uint8Array, offset: number) => number

export class IndexAhead {
  private readonly form: AheadForm
  private readonly ring: AheadRing
  private readonly common: Int32Array
  private readonly readAt: ReadAt
  private readonly index: StructuralIndex
  private readonly buffer: Uint8Array
  private data: Uint8Array = noBytes
  private readonly chunk: number
  /** Offset of `data[0]` in the stream, and the index that the chunk ends before. */
  private base = 0
  private until = 0
  /** Index of the next record, and lines passed over since it was last known to be one. */
  private at = 0
  private tries = 0

  /** Null where this thread has no kernel. @param chunk the same for all threads of a run */
  static of(
    form: AheadForm,
    ring: SharedArrayBuffer,
    common: SharedArrayBuffer,
    readAt: ReadAt,
    chunk = chunkBytes,
  ): IndexAhead | null {
    const index = StructuralIndex.of(form.width, form.delimiter, form.quote)
    return index && new IndexAhead(form, new AheadRing(ring, form), new Int32Array(common), readAt, index, chunk)
  }

  private constructor(
    form: AheadForm,
    ring: AheadRing,
    common: Int32Array,
    readAt: ReadAt,
    index: StructuralIndex,
    chunk: number,
  ) {
    this.buffer = new Uint8Array(1 + chunk + longestIndexed)
    this.chunk = chunk
    this.form = form
    this.ring = ring
    this.common = common
    this.readAt = readAt
    this.index = index
  }

  /** Looks for one more block: `full` where the reader has to free one first, `done` at the end of the file. */
  step(): 'more' | 'full' | 'done' {
    const { ring, common } = this
    if (Atomics.load(common, shared.stop) === 1) return 'done'
    if (ring.written - ring.freed >= slotsOfRing) return 'full'
    const isBehind = this.base + this.at < Atomics.load(common, shared.reader) * 1024
    if ((this.at >= this.until || isBehind) && !this.nextChunk()) return 'done'
    const near = this.indexUpTo(Math.min(this.data.length, this.until + overlap))
    const used = near === 0 ? this.indexUpTo(this.data.length) : near
    const { block } = this.index
    if (used > 0 && (this.tries === 0 || block.count >= fewestRecords || this.at + used >= this.until)) {
      this.write(block, this.base + this.at, used)
      this.at += used
      this.tries = 0
    } else this.skipLine()
    return 'more'
  }

  /** Indexes records from `at` on that begin in the chunk; gives their bytes. */
  private indexUpTo(end: number): number {
    const { index, form, at } = this
    const bytes = this.data.subarray(at, end)
    const scan = { data: bytes, delimiter: form.delimiter, rest: noBytes, quote: form.quote, escape: form.quote }
    const used = index.read(
      bytes,
      0,
      quoteLines,
      (start, to, before) => form.width > 2 && splitsIntoRecords(scan, start, to, form.width, before),
    )
    const { block } = index
    const all = block.count
    // The thread of the next chunk begins where this one ends.
    while (block.count > 0 && (block.from[block.count - 1] as number) >= this.until - at) block.count--
    return block.count === all ? (all === 0 ? 0 : used) : (block.from[block.count] as number)
  }

  /** The next line may begin a record. */
  private skipLine(): void {
    const feed = this.data.indexOf(LF, this.at)
    this.at = feed < 0 || ++this.tries > mostTries ? this.until : feed + 1
  }

  /** Takes the next chunk that the reader has not reached; false where there is none. */
  private nextChunk(): boolean {
    const { common, form, chunk } = this
    const reader = Atomics.load(common, shared.reader) * 1024
    let start = 0
    do start = Atomics.add(common, shared.chunk, 1) * chunk
    while (start + chunk <= reader)
    if (start >= form.size) return false
    // One byte more: what follows a line break at the end of the chunk before may begin a record.
    const from = Math.max(0, start - 1)
    const length = this.readAt(this.buffer, form.origin + from)
    this.data = this.buffer.subarray(0, length)
    this.base = from
    this.until = Math.min(length, start - from + chunk)
    this.at = 0
    this.tries = 0
    if (start > 0) {
      this.skipLine()
      this.tries = 1
    }
    return true
  }

  private write(block: RecordBlock, start: number, bytes: number): void {
    const { ring, form } = this
    const slot = ring.slot(ring.written)
    const to = slot.block
    const { count, width, room } = block
    const cells = count * width
    to.starts.set(block.starts.subarray(0, cells))
    to.ends.set(block.ends.subarray(0, cells))
    to.flags.set(block.flags.subarray(0, cells))
    to.from.set(block.from.subarray(0, count))
    to.to.set(block.to.subarray(0, count))
    to.breaks.set(block.breaks.subarray(0, count + 1))
    to.seen.set(block.seen.subarray(0, count))
    slot.describe(start, bytes, block)
    const { kernels } = block
    if (kernels)
      for (const [k, ask] of form.asks.entries()) {
        const many = answer(kernels, ask, { at: ask.column, step: width, count })
        slot.rows.set(kernels.found.subarray(0, many), k * room)
        slot.counts[2 * k] = many
        slot.counts[2 * k + 1] = ask.kind === 'blanks' ? kernels.empty : 0
      }
    Atomics.add(ring.control, shared.written, 1)
  }
}

/** Lists the rows in the kernels; gives how many. */
function answer(
  kernels: Kernels,
  ask: AheadAsk,
  cells: { readonly at: number; readonly step: number; readonly count: number },
): number {
  if (ask.kind === 'question') return kernels.ask(ask.question, cells)
  if (ask.kind === 'blanks') return kernels.blanks(ask.firstBytes, ask.withEmpty, cells)
  return ask.kind === 'ordered' ? kernels.ordered(cells) : kernels.suspects(cells)
}
