/** Counts the cells of one column while the file is read: a fingerprint and a count each; what a value is like is found once for all its cells. */
import type { NullEntry } from '../nulls/dictionary.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import { Blanks } from '../read/text/blanks.ts'
import { ESCAPED, HIGH } from '../read/text/record-view.ts'
import type { CanonicalCell } from './canonical-cell.ts'
import type { CellRun } from './cell-run.ts'
import { type ColumnState, type CountedValue, valueName } from './column-state.ts'
import { type Fingerprint, fingerprintRun } from './fingerprint.ts'
import { HyperLogLog } from './hyper-log-log.ts'
import { KnownDays } from './known-days.ts'
import type { RecordStretch } from './live-place.ts'
import { Traits } from './traits.ts'
import { exactLimit, keptBytes, ValueTable } from './value-table.ts'
import { WrittenValues } from './written-values.ts'

/** Flags of cells whose bytes may differ from their UTF-8. */
export const copied = ESCAPED | HIGH

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()
const blanks = new Blanks((text) => encoder.encode(text))
const noStarts = new Uint8Array(256)
/** After so many cells beyond the limit it is asked whether counting known values still pays. */
const trialCells = 8192

export class ColumnReader {
  total = 0
  filled = 0
  private readonly nullCounts: number[]
  private readonly tokens: readonly Uint8Array[]
  private readonly emptyToken: number
  /** First bytes of cells that may be blank: those count as empty where empty is null. */
  private readonly blankStarts: Uint8Array
  /** Counts of known values; null once nearly every cell holds a value of its own. */
  private table: ValueTable | null = new ValueTable()
  /** Null while all different values are in the table. */
  private sketch: HyperLogLog | null = null
  private readonly days = new KnownDays()
  private readonly written = new WrittenValues()
  private hits = 0
  private misses = 0
  private readonly traits: Traits
  private readonly field: string
  private readonly nulls: readonly NullEntry[]

  constructor(field: string, table: string, nulls: readonly NullEntry[]) {
    this.field = field
    this.nulls = nulls
    this.tokens = nulls.map(({ token }) => encoder.encode(token))
    this.nullCounts = nulls.map(() => 0)
    this.emptyToken = nulls.findIndex(({ token }) => token === '')
    this.blankStarts = this.emptyToken >= 0 ? blanks.starts : noStarts
    this.traits = new Traits(`${table} ${field}`)
  }

  /** Bytes as `CanonicalCell` gives them; `isNull` where the reader of the table knows already, null to look here. */
  see(bytes: Uint8Array, start: number, end: number, fingerprint: Fingerprint, at: RecordStretch): boolean {
    this.total++
    const token = start === end || this.isBlank(bytes, start, end) ? this.emptyToken : this.tokenAt(bytes, start, end)
    if (token >= 0) {
      this.nullCounts[token] = (this.nullCounts[token] as number) + 1
      return false
    }
    this.filled++
    fingerprint.of(bytes, start, end)
    if (this.isKnown(bytes, start, end, fingerprint.a, fingerprint.b, at)) return true
    this.traits.see(bytes, start, end, 1, at)
    return true
  }

  /** The cells of the column in a run of whole records. @param run emptied and used */
  seeBlock(block: RecordBlock, column: number, cell: CanonicalCell, fingerprint: Fingerprint, run: CellRun): void {
    const { bytes, starts, ends, flags, first, last, width } = block
    const { tokens, emptyToken } = this
    const hasTokens = tokens.length > 1 || (tokens.length === 1 && emptyToken < 0)
    let empty = 0
    run.begin(block)
    for (let record = first, place = first * width + column; record < last; record++, place += width) {
      const start = starts[place] as number
      const end = ends[place] as number
      if (((flags[place] as number) & copied) !== 0) {
        this.seeWritten(bytes, start, end, (flags[place] as number) & copied, cell, fingerprint, run.stretchIn(record))
      } else if (start === end ? emptyToken >= 0 : this.isBlank(bytes, start, end)) empty++
      else if (start === end || (hasTokens && this.tokenAt(bytes, start, end) >= 0))
        this.see(bytes, start, end, fingerprint, run.stretchIn(record))
      else run.add(start, end, record)
    }
    this.total += run.count + empty
    this.filled += run.count
    if (empty > 0) this.nullCounts[emptyToken] = (this.nullCounts[emptyToken] as number) + empty
    if (this.table === null) this.days.dropKnown(run)
    fingerprintRun(run)
    if (this.table === null) this.sketch?.addRun(run)
    else this.dropKnown(run, this.table)
    if (run.count > 0) this.traits.seeRun(run)
  }

  /** A cell whose bytes differ from its value, unless the same bytes were found to be a value that the table counts. */
  private seeWritten(
    bytes: Uint8Array,
    start: number,
    end: number,
    flags: number,
    cell: CanonicalCell,
    fingerprint: Fingerprint,
    at: RecordStretch,
  ): void {
    fingerprint.of(bytes, start, end)
    const { a, b } = fingerprint
    const known = this.table === null ? 0 : this.written.find(fingerprint, flags)
    if (this.table !== null && known !== 0) {
      this.total++
      this.filled++
      this.hits++
      this.table.count(known)
      return
    }
    cell.set(bytes, start, end, flags)
    const isFilled = this.see(cell.bytes, cell.start, cell.end, fingerprint, at)
    // Longer values are shown to the traits each time.
    if (!isFilled || this.table === null || cell.end - cell.start > keptBytes) return
    const entry = this.table.find(fingerprint.a, fingerprint.b)
    if (entry !== 0) this.written.set(a, b, flags, entry)
  }

  /** Counts the cells of a run whose values are known, and keeps those that have to be shown to the traits now. */
  private dropKnown(run: CellRun, table: ValueTable): void {
    const { bytes, starts, ends, a, b, count, entries } = run
    const known = table.countRun(run)
    this.hits += known
    let kept = 0
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      const isShown =
        entries[cell] === 0
          ? this.isKnown(bytes, start, end, a[cell] as number, b[cell] as number, run.stretchOf(cell))
          : end - start <= keptBytes
      if (!isShown) run.move(cell, kept++)
    }
    run.count = kept
  }

  /** True where the value was counted in the table, which shows it to the traits in the end; false where it has to be shown to them now. */
  private isKnown(bytes: Uint8Array, start: number, end: number, a: number, b: number, at: RecordStretch): boolean {
    const { table } = this
    if (table !== null) {
      const entry = table.find(a, b)
      if (entry !== 0) {
        table.count(entry)
        this.hits++
        return end - start <= keptBytes
      }
      if (this.sketch === null && table.size < exactLimit) {
        table.insert(a, b, bytes, start, end, at)
        return end - start <= keptBytes
      }
      this.miss(table)
    }
    this.sketch?.add(a, b)
    return false
  }

  /** A value beyond the limit. The table goes on counting those it knows as long as that saves work. */
  private miss(table: ValueTable): void {
    if (this.sketch === null) {
      this.sketch = new HyperLogLog()
      this.hits = 0
    }
    this.misses++
    if (this.misses + this.hits < trialCells) return
    if (this.hits < this.misses) {
      this.empty(table)
      this.table = null
    }
    this.hits = this.misses = 0
  }

  /** Moves what the table counted into the sums. */
  private empty(table: ValueTable): void {
    table.show((run) => this.showKept(run))
    for (let entry = 1; entry <= table.size; entry++) {
      const [a, b] = table.lanesOf(entry)
      this.sketch?.add(a, b)
    }
  }

  /** Values beyond ASCII are shown one by one. */
  private showKept(run: CellRun): void {
    const { bytes, starts, ends, weights, count } = run
    let kept = 0
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      let or = 0
      for (let i = start; i < end; i++) or |= bytes[i] as number
      if ((or & 0x80) === 0) {
        weights[kept] = weights[cell] as number
        run.move(cell, kept++)
      } else this.traits.see(bytes, start, end, weights[cell] as number, run.stretchOf(cell))
    }
    run.count = kept
    this.traits.seeRun(run)
  }

  /** True for filled cells of nothing but white space, where they say nothing. */
  private isBlank(bytes: Uint8Array, start: number, end: number): boolean {
    return start !== end && this.blankStarts[bytes[start] as number] !== 0 && blanks.has(bytes, start, end)
  }

  private tokenAt(bytes: Uint8Array, start: number, end: number): number {
    const { tokens } = this
    for (let token = 0; token < tokens.length; token++) {
      const spelling = tokens[token] as Uint8Array
      if (spelling.length !== end - start || spelling.length === 0) continue
      let i = 0
      while (i < spelling.length && bytes[start + i] === spelling[i]) i++
      if (i === spelling.length) return token
    }
    return -1
  }

  /** The state after the last record; the reader is used up. */
  finish(): ColumnState {
    const { table, sketch } = this
    if (table) this.empty(table)
    this.days.each((day, cells) => this.traits.addDay(day, cells))
    this.traits.finish()
    const { field, nulls, total, filled, nullCounts, traits } = this
    const distinct = sketch
      ? ({ kind: 'sketch', sketch } as const)
      : ({ kind: 'exact', values: table ? valuesOf(table) : new Map() } as const)
    return { field, nulls, total, filled, nullCounts, distinct, traits }
  }
}

function valuesOf(table: ValueTable): Map<string, CountedValue> {
  const values = new Map<string, CountedValue>()
  for (let entry = 1; entry <= table.size; entry++) {
    const [a, b] = table.lanesOf(entry)
    const kept = table.bytesOf(entry)
    const text = kept ? decoder.decode(kept) : null
    values.set(valueName(a, b), { a, b, count: table.countOf(entry), text, at: table.stretchOf(entry) })
  }
  return values
}
