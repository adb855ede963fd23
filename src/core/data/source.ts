/** What a project remembers about a file or server export it reads: how to read it and what it was, never its rows. */

export type Side = 'legacy' | 'target'

export type SourceFormat = 'csv' | 'ndjson' | 'json' | 'bundle' | 'manifest'

/** Choices of reading that a person made or accepted; whatever is left out is detected and shown with its evidence. */
export interface ReadingChoices {
  /** Label of the WHATWG Encoding Standard. */
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
}
