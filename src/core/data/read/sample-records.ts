/** The first records of a file as text, for guessing dialect and structure: small, and by the same scanner that reads the file. */
import type { CellTexts } from './cell-text.ts'
import { CsvScanner, type ScanDialect } from './csv.ts'
import type { Dialect } from './events.ts'

export interface SampleRecord {
  readonly cells: readonly string[]
  readonly line: number
  /** Offset in the scanned stream. */
  readonly at: number
  readonly end: number
  /** The record was cut by the end of the sample. */
  readonly torn: boolean
}

export function sampleRecords(
  bytes: Uint8Array,
  texts: CellTexts,
  dialect: Dialect,
  place: { readonly whole: boolean; readonly limit: number; readonly expected: number },
): SampleRecord[] {
  const records: SampleRecord[] = []
  const scanner = new CsvScanner(
    scanDialect(dialect),
    place.expected,
    { byte: 0, line: 1 },
    {
      record(view) {
        if (records.length >= place.limit) return
        const cells = texts.cells(view)
        const end = view.base + view.end
        records.push({ cells, line: view.line, at: view.base + view.start, end, torn: !place.whole && end >= bytes.length })
      },
      problem() {},
    },
  )
  const step = 64 << 10
  for (let at = 0; at < bytes.length && records.length < place.limit; at += step) scanner.push(bytes.subarray(at, at + step))
  if (records.length < place.limit) scanner.end()
  return records.filter((record) => !record.torn)
}

export function scanDialect(dialect: Dialect): ScanDialect {
  const encoder = new TextEncoder()
  return {
    delimiter: encoder.encode(dialect.delimiter),
    quote: dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0),
    escape: dialect.escape === '' ? -1 : dialect.escape.charCodeAt(0),
  }
}
