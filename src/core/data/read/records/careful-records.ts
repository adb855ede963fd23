/** Records read byte by byte, whatever their quotes are: a quote that does not fit is settled by trying both readings. */

import { ESCAPED, HIGH, MULTILINE, NUL, QUOTED, type RecordView, STRAY } from '../text/record-view.ts'
import { type Close, countBreaks, findClose, isDelimiter, noClose, type QuoteScan, tryReading } from './quote-trial.ts'
import type { ScanDialect } from './scan.ts'

const LF = 10
const CR = 13
/** Answer of `read` for a record that may go on in bytes that are not there yet. */
export const NEED_MORE = -1
/** An open quote that runs over more lines than this within `quoteWindow` bytes is read as a character of the text. */
export const quoteLines = 100
export const quoteWindow = 2 << 20
const quoteLimit = 32 << 20
/** How far beyond a bad quote two readings are compared. */
const trialBytes = 64 << 10

export class CarefulReader implements QuoteScan {
  readonly delimiter: number
  readonly rest: Uint8Array
  readonly quote: number
  readonly escape: number
  /** The bytes at hand; `base` is the offset of the first in the scanned stream. */
  data: Uint8Array = new Uint8Array(0)
  base = 0
  line = 0
  /** True once no more bytes will come. */
  final = false
  /** Cells a record should have; 0 while unknown. */
  expected = 0
  /** Quotes met in the record at hand, as pairs of index and cell: to be told only once the record is complete. */
  readonly strays: number[] = []
  readonly resyncs: number[] = []
  private readonly stop = new Uint8Array(256)
  /** A stretch of the stream in which no quote closes a cell. */
  private bareFrom = 0
  private bareUntil = 0
  private readonly view: RecordView

  /** @param view is filled with each record */
  constructor({ delimiter, quote, escape: mark }: ScanDialect, view: RecordView) {
    this.delimiter = delimiter[0] ?? -1
    this.rest = delimiter.subarray(1)
    this.quote = quote
    this.escape = mark
    this.view = view
    for (const byte of [this.delimiter, LF, CR, 0, this.quote]) if (byte >= 0) this.stop[byte] = 1
  }

  /** Fills the view with the record at `at`; gives the index after its line break, or NEED_MORE. */
  read(at: number): number {
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
