/** Records whose columns stand at fixed places, scanned as bytes: by lines, or by length where there are no line breaks. */
import type { FixedLayout } from '../../model/source.ts'
import { HIGH, NUL, RecordView } from '../text/record-view.ts'
import { sequenceLength } from '../text/utf8.ts'
import type { ScanSink } from './scan.ts'

const LF = 10
const CR = 13
const blank = 0x20
/** A line longer than this is no line of a table. */
const longest = 16 << 20

/** How the scanned bytes are counted: one by one, or as UTF-8 characters of which each takes so many units. */
export type Measure = ((bytes: Uint8Array, at: number) => number) | null

export class FixedScanner {
  ended = false
  private readonly view = new RecordView()
  private data: Uint8Array = new Uint8Array(0)
  private base: number
  private line: number
  private readonly layout: FixedLayout
  private readonly measure: Measure
  private readonly sink: ScanSink
  private readonly lastColumn: number

  constructor(layout: FixedLayout, measure: Measure, place: { readonly byte: number; readonly line: number }, sink: ScanSink) {
    this.layout = layout
    this.measure = measure
    this.base = place.byte
    this.line = place.line
    this.sink = sink
    this.lastColumn = Math.max(0, ...layout.columns.map(({ start, width }) => start + width))
  }

  /** Number of the next line, or of the next record where there are no lines. */
  get nextLine(): number {
    return this.line
  }

  push(chunk: Uint8Array): void {
    if (this.ended || chunk.length === 0) return
    const all = new Uint8Array(this.data.length + chunk.length)
    all.set(this.data)
    all.set(chunk, this.data.length)
    this.data = all
    this.scan(false)
  }

  end(): void {
    if (!this.ended) this.scan(true)
  }

  private scan(final: boolean): void {
    let at = 0
    while (at < this.data.length) {
      const stop = this.stopOf(at, final)
      if (stop === null) break
      this.tell(at, stop.end)
      at = stop.next
      this.line++
    }
    this.base += at
    this.data = this.data.slice(at)
    if (this.data.length <= longest) return
    this.sink.problem('endless', this.base, this.line, -1)
    this.ended = true
  }

  /** Where the record ends and the next begins; null where more bytes are needed. */
  private stopOf(at: number, final: boolean): { readonly end: number; readonly next: number } | null {
    const { data } = this
    if (this.layout.recordLength !== undefined) {
      const end = this.indexAt(at, final ? data.length : this.wholeCharacters(), this.layout.recordLength)
      if (end < 0 && final) {
        this.sink.problem('torn', this.base + at, this.line, -1)
        return { end: data.length, next: data.length }
      }
      if (end < 0) return null
      return { end, next: end }
    }
    let i = at
    while (i < data.length && data[i] !== LF && data[i] !== CR) i++
    if (i >= data.length) return final ? { end: i, next: i } : null
    if (data[i] === LF) return { end: i, next: i + 1 }
    if (i + 1 >= data.length && !final) return null
    return { end: i, next: data[i + 1] === LF ? i + 2 : i + 1 }
  }

  /** Bytes at hand without a character that the next ones complete: it would count as one unit each byte. */
  private wholeCharacters(): number {
    const { data } = this
    if (this.measure === null) return data.length
    for (let i = data.length - 1; i >= Math.max(0, data.length - 3); i--) {
      const byte = data[i] as number
      if ((byte & 0xc0) === 0x80) continue
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return i + needed > data.length ? i : data.length
    }
    return data.length
  }

  /** Index of the unit `units` after `from`; -1 where the bytes end before it. */
  private indexAt(from: number, end: number, units: number): number {
    if (this.measure === null) return from + units <= end ? from + units : -1
    let i = from
    for (let left = units; left > 0; ) {
      if (i >= end) return -1
      left -= this.measure(this.data, i)
      i += Math.max(1, sequenceLength(this.data, i, end))
    }
    return i <= end ? i : -1
  }

  private tell(start: number, end: number): void {
    const { view, layout } = this
    view.bytes = this.data
    view.base = this.base
    view.start = start
    view.end = end
    view.line = this.line
    view.count = 0
    view.seen = 0
    if (end === start) view.add(start, end, 0)
    else {
      for (const column of layout.columns) {
        const from = this.indexAt(start, end, column.start)
        const to = from < 0 ? end : this.indexAt(from, end, column.width)
        this.add(from < 0 ? end : from, to < 0 ? end : to)
      }
      const beyond = this.indexAt(start, end, this.lastColumn)
      if (beyond >= 0 && beyond < end && this.holds(beyond, end)) this.add(beyond, end)
    }
    this.sink.record(view)
  }

  private holds(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.data[i] !== blank) return true
    return false
  }

  /** A cell without the blanks that pad it. */
  private add(from: number, to: number): void {
    const { data } = this
    let start = from
    let end = to
    while (start < end && data[start] === blank) start++
    while (end > start && data[end - 1] === blank) end--
    let or = 0
    let flags = 0
    for (let i = start; i < end; i++) {
      const byte = data[i] as number
      or |= byte
      if (byte === 0) flags |= NUL
    }
    this.view.add(start, end, (or & 0x80) !== 0 ? flags | HIGH : flags)
  }
}
