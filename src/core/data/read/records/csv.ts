/**
 * Delimited text (RFC 4180 and its relatives) scanned as bytes, in one pass, whatever the chunks are.
 * A record is read from its first byte or not at all, so chunk boundaries can not change records, places or problems.
 */

import { traitsOf } from '../text/high-bytes.ts'
import { HIGH, MULTILINE, QUOTED, RecordView } from '../text/record-view.ts'
import type { Ahead, AheadBlocks } from './ahead-blocks.ts'
import type { AheadAsk, AheadForm, AheadSlot } from './ahead-slots.ts'
import { CarefulReader, NEED_MORE, quoteLines, quoteWindow } from './careful-records.ts'
import { isLittleEndian } from './found-places.ts'
import { DOUBTFUL, PlainReader } from './plain-records.ts'
import { countBreaks, splitsIntoRecords } from './quote-trial.ts'
import { readers } from './readers.ts'
import { RecordBlock } from './record-block.ts'
import { defaultScanLimits, type ScanDialect, type ScanLimits, type ScanProblem, type ScanSink } from './scan.ts'
import { longestIndexed, StructuralIndex } from './structural-index.ts'

const LF = 10

export class CsvScanner {
  private readonly view = new RecordView()
  /** Reads what the fast reader leaves. */
  private readonly careful: CarefulReader
  private readonly sink: ScanSink
  private readonly limits: ScanLimits
  private buffer = new Uint8Array(1 << 17)
  /** The same bytes, four at a time. */
  private words = new Int32Array(this.buffer.buffer)
  private data = this.buffer.subarray(0, 0)
  private from = 0
  private base: number
  private line: number
  private final = false
  /** Pending bytes when a record was last found incomplete: looked at again only when they have doubled. */
  private waited = 0
  private passing = 0
  /** The fast reader, where the dialect allows it. */
  private readonly plain: PlainReader | null = null
  private readonly block: RecordBlock | null = null
  /** The same by SIMD, where that is allowed. */
  private readonly index: StructuralIndex | null = null
  /** Blocks of other threads. */
  private ahead: AheadBlocks | null = null
  /** True when reading stopped before the end of the file; whoever has read enough may set it. */
  ended = false
  /** Cells a record should have; 0 while unknown. */
  expected: number

  constructor(
    dialect: ScanDialect,
    expected: number,
    place: { readonly byte: number; readonly line: number },
    sink: ScanSink,
    limits: ScanLimits = defaultScanLimits,
  ) {
    this.careful = new CarefulReader(dialect, this.view)
    this.expected = expected
    this.base = place.byte
    this.line = place.line
    this.sink = sink
    this.limits = limits
    const { delimiter, rest, quote, escape: mark } = this.careful
    const isPlain = rest.length === 0 && delimiter > 0 && (quote < 0 || mark === quote)
    if (isPlain && isLittleEndian && readers.plain)
      this.plain = new PlainReader(delimiter, quote, { lines: quoteLines, bytes: quoteWindow })
    if (!isPlain || !sink.block || !RecordBlock.fits(expected)) return
    if (this.plain) this.block = new RecordBlock(expected)
    if (readers.index && limits.held >= longestIndexed) this.index = StructuralIndex.of(expected, delimiter, quote)
  }

  /** Lets other threads index the stream ahead, where this thread could do it as well. */
  readAhead(
    stream: { readonly origin: number; readonly size: number },
    { open, asks }: { open(form: AheadForm): Ahead | null; readonly asks: readonly AheadAsk[] },
  ): Ahead | null {
    if (!this.index) return null
    const { delimiter, quote } = this.careful
    const ahead = open({ ...stream, delimiter, quote, width: this.expected, asks })
    this.ahead = ahead?.blocks ?? null
    return ahead
  }

  /** Physical line of the next byte. */
  get nextLine(): number {
    return this.line
  }

  push(chunk: Uint8Array): void {
    if (this.ended || chunk.length === 0) return
    this.append(chunk)
    if (this.passing > 0 && !this.pass()) return
    const pending = this.data.length - this.from
    if (pending < this.waited * 2 && pending <= this.limits.held) return
    this.scan()
  }

  end(): void {
    if (this.ended) return
    this.final = true
    if (this.passing > 0 && !this.pass()) return
    this.scan()
  }

  private append(chunk: Uint8Array): void {
    const kept = this.data.length - this.from
    if (kept + chunk.length > this.buffer.length) {
      const most = this.limits.held + (1 << 20)
      const twice = this.buffer.length * 2
      // The last step is a large one: both buffers are there while one is copied into the other.
      const size = Math.max(kept + chunk.length, twice * 2 > most ? most : twice)
      const bigger = new Uint8Array((size + 3) & ~3)
      bigger.set(this.data.subarray(this.from))
      this.buffer = bigger
      this.words = new Int32Array(bigger.buffer)
    } else if (this.from > 0) this.buffer.copyWithin(0, this.from, this.data.length)
    this.buffer.set(chunk, kept)
    this.base += this.from
    this.from = 0
    this.data = this.buffer.subarray(0, kept + chunk.length)
  }

  private scan(): void {
    const { view, plain, block, careful } = this
    plain?.forget()
    view.bytes = this.data
    view.base = this.base
    careful.data = this.data
    careful.base = this.base
    careful.final = this.final
    careful.expected = this.expected
    const end = this.data.length
    while (this.from < end && !this.ended) {
      const slot = this.ahead?.at(this.base + this.from) ?? null
      if (slot && this.from + slot.bytes <= end) {
        this.takeSlot(slot)
        continue
      }
      // The rest of the block comes with the next chunk.
      if (slot && !this.final) break
      if (this.index && this.scanIndex(this.index)) continue
      // What others would find of it, they will find once it is whole.
      if (this.index?.endsTorn && !this.final && this.ahead === null) {
        this.waited = end - this.from
        return
      }
      if (plain && block && this.scanBlock(plain, block)) continue
      const at = this.from
      const after = plain === null ? DOUBTFUL : plain.read(view, this.data, this.words, at)
      if (plain !== null && after !== DOUBTFUL && after - at <= this.limits.held) {
        this.from = after
        view.line = this.line
        if ((view.seen & MULTILINE) !== 0) this.lookInside()
        this.sink.record(view)
        this.line += plain.inner + 1
        continue
      }
      careful.line = this.line
      const next = careful.read(at)
      if ((next === NEED_MORE && end - at > this.limits.held) || next - at > this.limits.held + 2) {
        this.sink.problem('too-long', this.base + at, this.line, -1)
        this.passing = 1
        if (!this.pass()) return
        continue
      }
      if (next === NEED_MORE) {
        this.waited = end - at
        return
      }
      this.from = next
      this.tell()
      this.sink.record(view)
      this.line += this.breaks(at, next)
    }
    this.waited = 0
  }

  /** Hands on as many plain records as follow each other; false where the next one is none. */
  private scanBlock(plain: PlainReader, block: RecordBlock): boolean {
    const after = plain.readBlock(block, this.data, this.words, this.from, this.limits.held, this.hidesRecords)
    if (block.count === 0) return false
    block.traits = this.isHigh(block) ? traitsOf(this.data, this.words, block.from[0] as number, after) : 0
    this.handOn(block, after)
    return true
  }

  /** The same by the kernel. */
  private scanIndex(index: StructuralIndex): boolean {
    // What another thread has indexed is left to it.
    const until = this.ahead === null ? this.data.length : Math.min(this.data.length, this.ahead.next - this.base)
    let after = index.read(
      until < this.data.length ? this.data.subarray(0, until) : this.data,
      this.from,
      quoteLines,
      this.hidesRecords,
    )
    if (index.block.count === 0 && until < this.data.length)
      after = index.read(this.data, this.from, quoteLines, this.hidesRecords)
    if (index.block.count === 0) return false
    this.handOn(index.block, after)
    return true
  }

  /** Hands on what another thread has indexed: its places count from the first byte of the block. */
  private takeSlot(slot: AheadSlot): void {
    const { block } = slot
    block.bytes = this.data.subarray(this.from)
    block.base = this.base + this.from
    block.line = this.line
    this.from += slot.bytes
    this.line += block.breaks[block.count] as number
    this.sink.block?.(block)
  }

  private handOn(block: RecordBlock, after: number): void {
    block.bytes = this.data
    block.base = this.base
    block.line = this.line
    this.from = after
    this.line += block.breaks[block.count] as number
    this.sink.block?.(block)
  }

  private isHigh({ seen, count }: RecordBlock): boolean {
    let all = 0
    for (let record = 0; record < count; record++) all |= seen[record] as number
    return (all & HIGH) !== 0
  }

  private readonly hidesRecords = (start: number, end: number, before: number): boolean =>
    this.expected > 2 && splitsIntoRecords(this.careful, start, end, this.expected, before)

  private tell(): void {
    const { strays, resyncs } = this.careful
    for (let i = 0; i < strays.length; i += 2) this.report('stray-quote', strays[i] ?? 0, strays[i + 1] ?? 0)
    for (let i = 0; i < resyncs.length; i += 2) this.report('quote-resync', resyncs[i] ?? 0, resyncs[i + 1] ?? 0)
    this.lookInside()
  }

  /** A cell of several lines may have swallowed whole records. */
  private lookInside(): void {
    const { view } = this
    if (this.expected < 3 || view.count !== this.expected || (view.seen & MULTILINE) === 0) return
    // Cells before the first quoted one hold no delimiter and no line break.
    let before = 0
    while (((view.flags[before] ?? QUOTED) & QUOTED) === 0) before++
    if (!splitsIntoRecords(this.careful, view.starts[before] ?? view.start, view.end, this.expected, before)) return
    const cell = view.flags.findIndex((flags) => (flags & MULTILINE) !== 0)
    this.report('swallowed', view.starts[cell] ?? view.start, cell)
  }

  private report(kind: ScanProblem, at: number, cell: number): void {
    const { view } = this
    this.sink.problem(kind, this.base + at, view.line + countBreaks(this.data, view.start, at), cell)
  }

  /** Line breaks of a record: one at its end, and those inside quotes. */
  private breaks(at: number, next: number): number {
    const { view } = this
    const count = next > view.end ? 1 : 0
    if ((view.seen & MULTILINE) === 0) return count
    return count + countBreaks(this.data, at, view.end)
  }

  /** Passes over the record that starts at `from` up to the first line break after `held` bytes. False when more bytes are needed. */
  private pass(): boolean {
    const { data } = this
    const held = this.limits.held
    // The first `held` bytes belong to the record whatever they contain.
    let at = this.from
    if (this.passing <= held) {
      const skip = Math.min(data.length - at, held - this.passing + 1)
      this.line += countBreaks(data, at, at + skip)
      this.passing += skip
      at += skip
    }
    const lineFeed = data.indexOf(LF, at)
    const end = lineFeed < 0 ? data.length : lineFeed + 1
    this.passing += end - at
    this.from = end
    this.waited = 0
    if (this.passing > this.limits.passed) {
      this.sink.problem('endless', this.base + end, this.line, -1)
      this.ended = true
      return false
    }
    if (lineFeed < 0) return false
    this.line++
    this.passing = 0
    return true
  }
}
