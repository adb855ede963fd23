/** What a project remembers about a file or server export it reads: how to read it and what it was, never its rows. */

export type Side = 'legacy' | 'target'

export type SourceFormat = 'csv' | 'ndjson' | 'json' | 'bundle' | 'manifest' | 'xlsx' | 'fixed-width'

/** One column of a fixed-width file; `start` is 0-based, `start` and `width` in the unit of the layout. */
export interface FixedColumn {
  readonly name: string
  readonly start: number
  readonly width: number
}

/** Where the columns of a fixed-width file stand. */
export interface FixedLayout {
  /** What widths count: bytes of the file, or characters (a letter beyond ASCII is several bytes of UTF-8 and one character). */
  readonly unit: 'bytes' | 'characters'
  readonly columns: readonly FixedColumn[]
  /** Length of a record where records follow each other without line breaks, in the same unit. */
  readonly recordLength?: number
}

/** Choices of reading that a person made or accepted; whatever is left out is detected and shown with its evidence. */
export interface ReadingChoices {
  /** Label of the WHATWG Encoding Standard, or cp437, cp850, ebcdic-037, ebcdic-500, utf-32le, utf-32be. */
  readonly encoding?: string
  readonly delimiter?: string
  /** Empty for "no quote". */
  readonly quote?: string
  readonly escape?: string
  readonly headerRows?: number
  readonly skipRows?: number
  /** Spellings that mean "nothing recorded", beside the empty cell. */
  readonly nulls?: readonly string[]
  readonly dateOrder?: 'day-first' | 'month-first' | 'year-first'
  /** How fractions are written in number columns whose schema or rule names no mark. */
  readonly decimal?: 'point' | 'comma'
  /** Path of the file inside a zip archive. */
  readonly entry?: string
  /** Name of the sheet of a workbook. */
  readonly sheet?: string
  /** Fixed-width columns. */
  readonly layout?: FixedLayout
  /** `one` where a file that looks like several tables is one. */
  readonly tables?: 'one' | 'all'
  /** Which table of a file that holds several, 1-based; only that one is read. */
  readonly tableNumber?: number
}

/** One file of one side, an entry of `data/sources.json`. */
export interface SourceEntry {
  readonly id: string
  /** File name as given; never a path on somebody's disk. */
  readonly name: string
  readonly side: Side
  readonly format: SourceFormat
  /** Table or resource name that mappings and schemas refer to, e.g. `allergies` or `AllergyIntolerance`. */
  readonly table: string
  readonly bytes: number
  /** `sha256:…` of the bytes when last read whole; null before that. */
  readonly sha256: string | null
  readonly records: number | null
  /** Path of its schema inside the project, or null. */
  readonly schema: string | null
  readonly reading: ReadingChoices
  /** Canonical addresses of FHIR profiles that every resource of their type has to fit; left out where none was chosen. */
  readonly profiles?: readonly string[]
}

/** How an input is called: the file, and the entry or sheet that was chosen inside it. */
export function nameOfInput(file: string, reading: ReadingChoices): string {
  const table = reading.tableNumber === undefined ? '' : `#${reading.tableNumber}`
  return [file, reading.entry, reading.sheet].filter((part) => part !== undefined).join('/') + table
}
