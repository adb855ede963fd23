/**
 * Delimited text (RFC 4180 and its relatives) scanned as bytes, in one pass, whatever the chunks are.
 * A record is read from its first byte or not at all, so chunk boundaries can not change records, places or problems.
 */
import { isLittleEndian } from './found-places.ts'
import { DOUBTFUL, PlainReader } from './plain-records.ts'
import { type Close, countBreaks, findClose, isDelimiter, noClose, splitsIntoRecords, tryReading } from './quote-trial.ts'
import { RecordBlock } from './record-block.ts'
import { ESCAPED, HIGH, MULTILINE, NUL, QUOTED, RecordView, STRAY } from './record-view.ts'
import { defaultScanLimits, type ScanDialect, type ScanLimits, type ScanProblem, type ScanSink } from './scan.ts'

const LF = 10
const CR = 13
const NEED_MORE = -1
/** An open quote that runs over more lines than this within `quoteWindow` bytes is read as a character of the text. */
const quoteLines = 100
const quoteWindow = 2 << 20
const quoteLimit = 32 << 20
/** How far beyond a bad quote two readings are compared. */
const trialBytes = 64 << 10

export class CsvScanner {
  private readonly view = new RecordView()
  private readonly stop = new Uint8Array(256)
  readonly delimiter: number
  readonly rest: Uint8Array
  readonly quote: number
  readonly escape: number
  private readonly sink: ScanSink
  private readonly limits: ScanLimits
  /** Quotes met in the record at hand, as pairs of index and cell: told only once the record is complete. */
  private readonly strays: number[] = []
  private readonly resyncs: number[] = []
  private buffer = new Uint8Array(1 << 17)
  /** The same bytes, four at a time. */
  private words = new Int32Array(this.buffer.buffer)
  data = this.buffer.subarray(0, 0)
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
  /** A stretch of the stream in which no quote closes a cell. */
  private bareFrom = 0
  private bareUntil = 0
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
    this.delimiter = dialect.delimiter[0] ?? -1
    this.rest = dialect.delimiter.subarray(1)
    this.quote = dialect.quote
    this.escape = dialect.escape
    this.expected = expected
    this.base = place.byte
    this.line = place.line
    this.sink = sink
    this.limits = limits
    for (const byte of [this.delimiter, LF, CR, 0, this.quote]) if (byte >= 0) this.stop[byte] = 1
    const isPlain = this.rest.length === 0 && this.delimiter > 0 && (this.quote < 0 || this.escape === this.quote)
    if (isPlain && isLittleEndian)
      this.plain = new PlainReader(this.delimiter, this.quote, { lines: quoteLines, bytes: quoteWindow })
    if (this.plain && sink.block && RecordBlock.fits(expected)) this.block = new RecordBlock(expected)
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
      const size = Math.max(kept + chunk.length, Math.min(this.buffer.length * 2, this.limits.held + (1 << 20)))
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
    const { view, plain, block } = this
    plain?.forget()
    view.bytes = this.data
    view.base = this.base
    const end = this.data.length
    while (this.from < end && !this.ended) {
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
      const next = this.readRecord(at)
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
    block.bytes = this.data
    block.base = this.base
    block.line = this.line
    this.from = after
    this.line += block.breaks[block.count] as number
    this.sink.block?.(block)
    return true
  }

  private readonly hidesRecords = (start: number, end: number, before: number): boolean =>
    this.expected > 2 && splitsIntoRecords(this, start, end, this.expected, before)

  private tell(): void {
    const { strays, resyncs } = this
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
    if (!splitsIntoRecords(this, view.starts[before] ?? view.start, view.end, this.expected, before)) return
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

  /** Fills the view with the record at `at`; gives the index after its line break, or NEED_MORE. */
  private readRecord(at: number): number {
    const { view, data, quote } = this
    const end = data.length
    view.count = 0
    view.seen = 0
    if (this.strays.length > 0) this.strays.length = 0
    if (this.resyncs.length > 0) this.resyncs.length = 0
    view.start = at
    view.line = this.line
    let i = at
    for (;;) {
      if (quote >= 0 && i < end && data[i] === quote) {
        const after = this.readQuoted(i)
        if (after === NEED_MORE) return NEED_MORE
        i = after
      } else {
        const after = this.readPlain(i, 0)
        if (after === NEED_MORE) return NEED_MORE
        i = after
      }
      if (i >= end) {
        if (!this.final) return NEED_MORE
        view.end = end
        return end
      }
      const byte = data[i]
      if (byte === LF) {
        view.end = i
        return i + 1
      }
      if (byte === CR) {
        if (i + 1 >= end && !this.final) return NEED_MORE
        view.end = i
        return data[i + 1] === LF ? i + 2 : i + 1
      }
      i += 1 + this.rest.length
    }
  }

  /** Reads an unquoted cell to its delimiter, line break or the end of the bytes. */
  private readPlain(start: number, initial: number): number {
    const { data, stop, quote } = this
    const end = data.length
    let flags = initial
    let or = 0
    let i = start
    for (;;) {
      while (i < end) {
        const byte = data[i] as number
        if (stop[byte] !== 0) break
        or |= byte
        i++
      }
      if (i >= end) {
        if (!this.final) return NEED_MORE
        break
      }
      const byte = data[i]
      if (byte === this.delimiter) {
        if (this.rest.length === 0) break
        if (i + this.rest.length >= end && !this.final) return NEED_MORE
        if (isDelimiter(this, i)) break
      } else if (byte === LF || byte === CR) break
      else if (byte === 0) flags |= NUL
      else if (byte === quote) {
        if ((flags & STRAY) === 0) this.strays.push(i, this.view.count)
        flags |= STRAY
      }
      i++
    }
    if ((or & 0x80) !== 0) flags |= HIGH
    this.view.add(start, i, flags)
    return i
  }

  /** Reads a cell that opens with a quote; settles bad quotes by trying both readings. */
  private readQuoted(open: number): number {
    const { data } = this
    const close = findClose(this, open + 1, false)
    const far = close.at < 0 ? data.length : close.at
    if (far - open > quoteWindow && countBreaks(data, open, open + quoteWindow) > quoteLines) return this.literal(open)
    if (far - open > quoteLimit) return this.literal(open)
    if (close.at < 0) return this.final ? this.literal(open) : NEED_MORE
    if (close.at + 1 + this.rest.length >= data.length && !this.final) return NEED_MORE
    const suspicious = !close.clean || countBreaks(data, open, close.at) > quoteLines
    if (!suspicious) return this.accept(open, close.at, close.escaped)
    return this.settle(open, close)
  }

  private settle(open: number, close: Close): number {
    const lenient = close.clean ? close : this.nextClean(close.at, Math.min(this.data.length, open + quoteWindow))
    if (lenient.at < 0) {
      if (!this.final && this.data.length < open + quoteWindow + 2) return NEED_MORE
      return this.literal(open)
    }
    const until = Math.max(open, lenient.at) + trialBytes
    if (!this.final && this.data.length < until + 2) return NEED_MORE
    const asQuote = tryReading(this, lenient.at + 1, this.view.count + 1, this.expected, until)
    const asText = tryReading(this, open, this.view.count, this.expected, until, open)
    // Both from the quote on: a reading that needs more bytes for as many records has joined some.
    const usedAsQuote = lenient.at + 1 - open + asQuote.used
    const keepsQuote = asQuote.good > asText.good || (asQuote.good === asText.good && usedAsQuote <= asText.used)
    const early = this.earlyClose(open + 1, lenient.at)
    if (early >= 0) {
      const asEarly = tryReading(this, early + 1, this.view.count + 1, this.expected, until)
      const usedEarly = early + 1 - open + asEarly.used
      const best = keepsQuote ? { good: asQuote.good, used: usedAsQuote } : asText
      if (asEarly.good > best.good || (asEarly.good === best.good && usedEarly < best.used)) {
        this.strays.push(early - 1, this.view.count)
        return this.accept(open, early, true)
      }
    }
    if (!keepsQuote) return this.literal(open)
    if (!close.clean) this.strays.push(close.at, this.view.count)
    return this.accept(open, lenient.at, lenient.escaped || !close.clean)
  }

  /** Where no quote closes a cell between two places, none does between two places inside: a file full of stray quotes is searched once. */
  private nextClean(from: number, until: number): Close {
    const { base, data } = this
    // From the middle of several quotes they would pair differently.
    const isStart = this.escape === this.quote && data[from - 1] !== this.quote
    if (isStart && base + from >= this.bareFrom && base + until <= this.bareUntil) return noClose
    const close = findClose(this, from, true, until)
    if (isStart && close.at < 0) {
      this.bareFrom = base + from
      this.bareUntil = base + until
    }
    return close
  }

  /** Index of the second of two quotes that end a line or cell: one of them may be too many. -1 where there are none. */
  private earlyClose(from: number, until: number): number {
    const { data, quote } = this
    if (this.escape !== quote) return -1
    for (let i = data.indexOf(quote, from); i >= 0 && i + 1 < until; i = data.indexOf(quote, i + 2)) {
      if (data[i + 1] !== quote) return -1
      const after = data[i + 2]
      if (after === LF || after === CR || isDelimiter(this, i + 2)) return i + 1
    }
    return -1
  }

  /** The quote is a character of the text: the cell is read as unquoted. */
  private literal(open: number): number {
    this.resyncs.push(open, this.view.count)
    return this.readPlain(open, STRAY)
  }

  private accept(open: number, close: number, escaped: boolean): number {
    const { data } = this
    let flags = QUOTED | (escaped ? ESCAPED : 0)
    let or = 0
    for (let i = open + 1; i < close; i++) {
      const byte = data[i] as number
      or |= byte
      if (byte === LF || byte === CR) flags |= MULTILINE
      else if (byte === 0) flags |= NUL
    }
    if ((or & 0x80) !== 0) flags |= HIGH
    this.view.add(open + 1, close, flags)
    return close + 1
  }
}
