/** What a project remembers about a file or server export it reads: how to read it and what it was, never its rows. */

import * as v from 'valibot'
import { type Kept, listBy, object } from '../../values/document.ts'

export const sides = ['legacy', 'target'] as const
export type Side = (typeof sides)[number]

export const sourceFormats = ['csv', 'ndjson', 'json', 'bundle', 'manifest', 'xlsx', 'fixed-width', 'sql', 'parquet'] as const
export type SourceFormat = (typeof sourceFormats)[number]

/** Formats whose text is made by us: it stands in no file as it is read. */
const madeFormats = ['xlsx', 'sql', 'parquet'] as const
export type MadeFormat = (typeof madeFormats)[number]

export function isMadeFormat(format: string | null | undefined): format is MadeFormat {
  return madeFormats.some((made) => made === format)
}

/** Formats that are read as tables, each in its own way. */
export function isTableFormat(format: SourceFormat | null): boolean {
  return format === 'csv' || format === 'fixed-width' || isMadeFormat(format)
}

/** One column of a fixed-width file; `start` is 0-based, `start` and `width` in the unit of the layout. */
const fixedColumn = object({ name: v.string(), start: v.number(), width: v.number() })
export type FixedColumn = Kept<typeof fixedColumn>

/** Where the columns of a fixed-width file stand. */
const fixedLayout = object({
  /** What widths count: bytes of the file, or characters (a letter beyond ASCII is several bytes of UTF-8 and one character). */
  unit: v.picklist(['bytes', 'characters']),
  columns: v.array(fixedColumn),
  /** Length of a record where records follow each other without line breaks, in the same unit. */
  recordLength: v.exactOptional(v.number()),
})
export type FixedLayout = Kept<typeof fixedLayout>

/** Choices of reading that a person made or accepted; whatever is left out is detected and shown with its evidence. */
const readingChoices = object({
  /** Label of the WHATWG Encoding Standard, or cp437, cp850, ebcdic-037, ebcdic-500, utf-32le, utf-32be. */
  encoding: v.exactOptional(v.string()),
  delimiter: v.exactOptional(v.string()),
  /** Empty for "no quote". */
  quote: v.exactOptional(v.string()),
  escape: v.exactOptional(v.string()),
  headerRows: v.exactOptional(v.number()),
  skipRows: v.exactOptional(v.number()),
  /** Spellings that mean "nothing recorded", beside the empty cell. */
  nulls: v.exactOptional(v.array(v.string())),
  dateOrder: v.exactOptional(v.picklist(['day-first', 'month-first', 'year-first'])),
  /** How fractions are written in number columns whose schema or rule names no mark. */
  decimal: v.exactOptional(v.picklist(['point', 'comma'])),
  /** Path of the file inside a zip archive. */
  entry: v.exactOptional(v.string()),
  /** Name of the sheet of a workbook. */
  sheet: v.exactOptional(v.string()),
  /** `one` where a file that looks like several tables is one. */
  tables: v.exactOptional(v.picklist(['one', 'all'])),
  /** Which table of a file that holds several, 1-based; only that one is read. */
  tableNumber: v.exactOptional(v.number()),
  /** Fixed-width columns. */
  layout: v.exactOptional(fixedLayout),
})
export type ReadingChoices = Kept<typeof readingChoices>

const sourceEntry = object({
  id: v.string(),
  /** File name as given; never a path on somebody's disk. */
  name: v.string(),
  side: v.picklist(sides),
  format: v.picklist(sourceFormats),
  /** Table or resource name that mappings and schemas refer to, e.g. `allergies` or `AllergyIntolerance`. */
  table: v.string(),
  bytes: v.number(),
  /** `sha256:…` of the bytes when last read whole; null before that. */
  sha256: v.nullable(v.string()),
  records: v.nullable(v.number()),
  /** Path of its schema inside the project, or null. */
  schema: v.nullable(v.string()),
  reading: readingChoices,
  /** Canonical addresses of FHIR profiles that every resource of their type has to fit; left out where none was chosen. */
  profiles: v.exactOptional(v.array(v.string())),
})
/** One file of one side, an entry of `data/sources.json`. */
export type SourceEntry = Kept<typeof sourceEntry>

/** `data/sources.json`. */
export const sourcesDocument = listBy('id', sourceEntry)

/** How an input is called: the file, and the entry or sheet that was chosen inside it. */
export function nameOfInput(file: string, reading: ReadingChoices): string {
  const table = reading.tableNumber === undefined ? '' : `#${reading.tableNumber}`
  return [file, reading.entry, reading.sheet].filter((part) => part !== undefined).join('/') + table
}

/** What a table is called by default: the name of its file without its endings of content and compression. */
export function tableName(name: string): string {
  return name.replace(/\.(gz|gzip)$/i, '').replace(/\.[^.]+$/, '')
}
