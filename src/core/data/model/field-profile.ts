/** What is told about one column: counts that are exact, estimates that say so, and values only where they were asked for. */

/** How the cells without a value are spelled, and what that means. Tokens are those of the null dictionary, never other cells. */
export interface NullToken {
  readonly token: string
  /** Code of FHIR data-absent-reason, or `empty`. */
  readonly reason: string
  readonly count: number
}

/** Frequent values. Groups under eleven cells are folded together, at least two at a time, so that none follows by subtraction. */
export interface TopValues {
  /** Most frequent first; `value` is null where values are masked. */
  readonly values: readonly { readonly value: string | null; readonly count: number }[]
  readonly folded: { readonly groups: number; readonly count: number }
}

export type Quantiles = Readonly<Record<'p1' | 'p5' | 'p25' | 'p50' | 'p75' | 'p95' | 'p99', number | null>>

/** Of the cells that are numbers. */
export interface NumberProfile {
  readonly count: number
  /** Exact, as plain decimal digits; null where an exponent is too large to write out. */
  readonly sum: string | null
  /** Within one percent of the true quantile; null where too few cells lie beyond it to show it masked. */
  readonly quantiles: Quantiles
  /** Values that look like codes for "nothing recorded", such as 99 or -9: proposals for a person, never applied. */
  readonly sentinels: readonly { readonly value: string; readonly count: number }[]
}

/** Of the cells that are dates of the calendar. */
export interface DateProfile {
  readonly count: number
  /** Slash-like dates by how they can be read. */
  readonly order: { readonly dayFirst: number; readonly monthFirst: number; readonly either: number }
  /** Different days. */
  readonly days: number
  /** Cells per calendar year in order; years under eleven cells are folded. */
  readonly years: readonly { readonly year: number; readonly count: number }[]
  readonly folded: { readonly groups: number; readonly count: number }
}

/** One group of records, such as a site or a month, with how many of them have the field filled. */
export interface GroupProfile {
  readonly by: GroupKind
  /** Name of the group; null for the groups under eleven records, which are folded. */
  readonly value: string | null
  readonly filled: number
  readonly records: number
}

/** What a declared column says about a record. */
export type GroupKind = 'site' | 'source-system' | 'year' | 'month'

export interface FieldProfile {
  readonly field: string
  /** Records read. */
  readonly total: number
  readonly filled: number
  /** Cells without a value, by reason. */
  readonly nulls: Readonly<Record<string, number>>
  readonly nullTokens: readonly NullToken[]
  /** Cells that count as filled although their spelling usually stands for "no value": proposals for the null dictionary. */
  readonly proposedNulls: readonly NullToken[]
  /** Different values: exact up to ten thousand, above it an estimate with a standard error of 0.8 percent. */
  readonly distinct: number
  readonly distinctIsExact: boolean
  /** Cells that could be of each type. */
  readonly types: Readonly<Record<string, number>>
  /** Of numbers or dates where all filled cells are such; otherwise of the texts by code points. Sensitive where the column is. */
  readonly min: string | null
  readonly max: string | null
  /** In characters. */
  readonly length: { readonly min: number; readonly max: number }
  /** Cells per length, shortest first; lengths over 4096 are rounded down by at most two percent. */
  readonly lengths: {
    readonly characters: readonly (readonly [length: number, count: number])[]
    readonly bytes: readonly (readonly [length: number, count: number])[]
  }
  /** Shapes such as `AA-9999`, most frequent first; empty where there are more than five hundred. */
  readonly patterns: readonly { readonly shape: string; readonly count: number }[]
  /** Shapes of fewer than eleven cells, where values are masked; left out where there are none. */
  readonly foldedPatterns?: { readonly groups: number; readonly count: number }
  /** Null where there are more than ten thousand different values. */
  readonly top: TopValues | null
  readonly numbers: NumberProfile | null
  readonly dates: DateProfile | null
  /** Cells with characters beyond ASCII, with text that was decoded wrongly, with U+FFFD. */
  readonly text: { readonly nonAscii: number; readonly mojibake: number; readonly replaced: number }
  /** By site, source system, year and month, where such a column is declared. */
  readonly groups: readonly GroupProfile[]
}
