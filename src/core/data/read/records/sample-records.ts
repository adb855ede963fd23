/** The first records of a file as text, for guessing dialect and structure: small, and by the same scanner that reads the file. */

import type { Dialect } from '../../model/events.ts'
import type { FixedLayout } from '../../model/source.ts'
import type { CellTexts } from '../text/cell-text.ts'
import { CsvScanner } from './csv.ts'
import { FixedScanner, type Measure } from './fixed-scanner.ts'
import type { ScanDialect, ScanSink } from './scan.ts'

export interface SampleRecord {
  readonly cells: readonly string[]
  readonly line: number
  /** Offset in the scanned stream. */
  readonly at: number
  readonly end: number
  /** Offset and line of what follows, whether or not that is whole; the end of the sample after the last one. */
  readonly next: number
  readonly nextLine: number
  /** The record was cut by the end of the sample. */
  readonly torn: boolean
  readonly strays: readonly StrayQuote[]
}

/** A quotation mark that is not closed or not doubled; offset in the scanned stream. */
export interface StrayQuote {
  readonly at: number
  readonly line: number
  readonly cell: number
}

export function sampleRecords(
  bytes: Uint8Array,
  texts: CellTexts,
  dialect: Dialect,
  place: {
    readonly whole: boolean
    readonly limit: number
    readonly expected: number
    /** Line of the first byte; 1 when left out. */
    readonly line?: number
    readonly fixed?: { readonly layout: FixedLayout; readonly measure: Measure } | null
  },
): SampleRecord[] {
  const records: Omit<SampleRecord, 'next' | 'nextLine' | 'strays'>[] = []
  const strays: StrayQuote[] = []
  const start = { byte: 0, line: place.line ?? 1 }
  const sink: ScanSink = {
    record(view) {
      if (records.length >= place.limit) return
      const cells = texts.cells(view)
      const end = view.base + view.end
      records.push({ cells, line: view.line, at: view.base + view.start, end, torn: !place.whole && end >= bytes.length })
      if (records.length >= place.limit && scanner instanceof CsvScanner) scanner.ended = true
    },
    problem(kind, at, line, cell) {
      if (kind === 'stray-quote' || kind === 'quote-resync') strays.push({ at, line, cell })
    },
  }
  const scanner: CsvScanner | FixedScanner = place.fixed
    ? new FixedScanner(place.fixed.layout, place.fixed.measure, start, sink)
    : new CsvScanner(scanDialect(dialect), place.expected, start, sink)
  const step = 64 << 10
  for (let at = 0; at < bytes.length && records.length < place.limit; at += step) scanner.push(bytes.subarray(at, at + step))
  if (records.length < place.limit) scanner.end()
  return records
    .map((record, index) => ({
      ...record,
      strays: strays.filter(({ at }) => at >= record.at && at <= record.end),
      next: records[index + 1]?.at ?? bytes.length,
      nextLine: records[index + 1]?.line ?? scanner.nextLine,
    }))
    .filter((record) => !record.torn)
}

export function scanDialect(dialect: Dialect): ScanDialect {
  const encoder = new TextEncoder()
  return {
    delimiter: encoder.encode(dialect.delimiter),
    quote: dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0),
    escape: dialect.escape === '' ? -1 : dialect.escape.charCodeAt(0),
  }
}
