/** What reading a file tells, in order: its structure first, then batches of records and problems, then exact totals. */
import type { Sighting } from '../../finding.ts'
import type { ResourceRecord, Row } from './record.ts'
import { type FixedLayout, isMadeFormat, type MadeFormat } from './source.ts'

/** A decision of the reader with what convinced it, so that a person can check it and choose otherwise. */
export interface Guess<Value> {
  readonly value: Value
  /** 0 to 1; 1 where a person chose or a byte order mark decides. */
  readonly confidence: number
  /** One sentence with the numbers. */
  readonly evidence: string
  readonly alternatives: readonly { readonly value: Value; readonly confidence: number; readonly evidence: string }[]
  /** True where the choice was given, not guessed. */
  readonly chosen: boolean
}

export interface Dialect {
  /** One or more characters. */
  readonly delimiter: string
  /** Empty where the file uses no quote. */
  readonly quote: string
  /** The quote itself where a quote is doubled (RFC 4180), otherwise e.g. a backslash. */
  readonly escape: string
  readonly newline: '\n' | '\r\n' | '\r' | 'mixed'
}

/** A line that is no record: preamble, comment, rule line, footer. Its text is an excerpt, hence sensitive. */
export interface SkippedLine {
  readonly line: number
  readonly byte: number
  readonly why: 'preamble' | 'blank' | 'comment' | 'separator' | 'rule' | 'footer' | 'chosen'
  readonly text: string
}

/** The container a table was read from. */
export interface Within {
  readonly kind: 'gzip' | 'zip' | MadeFormat
  /** Entry of an archive, sheet of a workbook or table of a dump; null for gzip and Parquet. */
  readonly name: string | null
  /** One sentence: what places refer to. */
  readonly places: string
}

/** Whether the text of a table was made from a workbook, a dump or a Parquet file. */
export function isMadeTable(within: Within | null): boolean {
  return isMadeFormat(within?.kind)
}

export interface Structure {
  readonly encoding: Guess<string>
  /** Bytes of the byte order mark at the start of the file. */
  readonly bom: number
  readonly dialect: Guess<Dialect>
  /** Column names as used everywhere: unique and never empty (`column3`, `code_2`). */
  readonly header: readonly string[]
  /** Column names exactly as the file has them. */
  readonly labels: readonly string[]
  readonly headerRows: number
  readonly headerEvidence: string
  /** Rows of the header with what speaks for it and what else it could be. */
  readonly headerChoice: Guess<number>
  readonly skipRows: number
  readonly skipChoice: Guess<number>
  readonly skipped: readonly SkippedLine[]
  /** Columns at fixed places; null for delimited text. */
  readonly layout: Guess<FixedLayout> | null
  /** Which table of its file this is, 1-based. */
  readonly table: number
  /** What the bytes were taken from; offsets then refer to what was unpacked. Null for a plain file. */
  readonly within: Within | null
  /** Where the first record starts. */
  readonly bodyByte: number
  readonly bodyLine: number
}

/** Sighting of a reading problem, with the place that groups it (column name, or empty for the file). */
export interface ReadProblem {
  readonly sighting: Sighting
  readonly place: string
}

/** `read` every byte was understood; `partial` some records were lost or reading stopped early; `unreadable` none was read. */
export type ReadStatus = 'read' | 'partial' | 'unreadable'

export interface ReadEnd {
  readonly kind: 'end'
  readonly status: ReadStatus
  readonly records: number
  readonly bytes: number
  /** Physical lines. */
  readonly lines: number
}

export type TableEvent =
  | { readonly kind: 'structure'; readonly structure: Structure }
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly done: number }
  | { readonly kind: 'problem'; readonly problem: ReadProblem }
  | ReadEnd

export type ResourceEvent =
  /** A Bundle whose entries follow as records; `recordOf` gives the record number of each entry, 0 for those that hold none. */
  | { readonly kind: 'frame'; readonly bundle: ResourceRecord; readonly recordOf: readonly number[] }
  | { readonly kind: 'resources'; readonly resources: readonly ResourceRecord[]; readonly done: number }
  | { readonly kind: 'problem'; readonly problem: ReadProblem }
  | ReadEnd
