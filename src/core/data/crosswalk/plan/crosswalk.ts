/** The words of the crosswalk: what mapping, preview, suggestion and drift are asked and what they answer. */
import type { NotEvaluated, Severity } from '../../../finding.ts'
import type { ValueMap } from '../../model/carried.ts'
import type { JsonObject } from '../../model/record.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import type { InputStatus } from './open-sides.ts'
import type { PairSource } from './sides.ts'

/** Filled legacy cells by what the field map says of their column; the four kinds add up to `filled`. */
export interface Coverage {
  readonly filled: number
  /** Cells of columns that a confirmed line carries. */
  readonly carried: number
  /** Cells of columns left behind with reason and name. */
  readonly notCarried: number
  /** Cells of columns whose line is only suggested. */
  readonly suggested: number
  /** Cells of columns that no line, or an unmapped one, speaks of. */
  readonly open: number
}

/** One legacy column with its share of the coverage. */
export interface ColumnCoverage {
  readonly table: string
  readonly column: string
  readonly filled: number
  readonly state: 'carried' | 'not-carried' | 'suggested' | 'open'
}

/** One target file of `map`; what is written is what is read less what is left out, plus what one record became beyond one. */
export interface MappedTable {
  /** Legacy table. */
  readonly table: string
  readonly read: number
  /** Target records made of it; `splits` of them are a second or later record of one row. */
  readonly written: number
  readonly splits: number
  /** Rows that became part of another target record. */
  readonly merged: number
  /** Rows left out by a filter of the field map, with reason and name. */
  readonly filtered: number
  /** Rows that no rule could carry; each is in the rejects file. */
  readonly rejected: number
}

export interface MapResult {
  /** Every legacy file with what became of it: all numbers speak of what was read. */
  readonly inputs: readonly InputStatus[]
  /** Columns of keys and links that the field map names and a file does not have, as `table.column`. */
  readonly missingKeys: readonly string[]
  readonly tables: readonly MappedTable[]
  readonly coverage: Coverage
  readonly columns: readonly ColumnCoverage[]
  /** Every reason for a rejection with its count, most frequent first. */
  readonly reasons: readonly { readonly table: string; readonly field: string; readonly why: string; readonly count: number }[]
  readonly findings: readonly MappingFinding[]
  readonly notEvaluated: readonly NotEvaluated[]
}

/** Bytes of one output file, in order; a file is its chunks. */
export interface OutputChunk {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface MapInput {
  readonly inputs: readonly PairSource[]
  readonly mapping: Mapping
}

/** Something wrong with the field map itself, seen before any row is read. */
export interface MappingFinding {
  readonly code: 'data/mapping-required' | 'data/mapping-lossy' | 'data/mapping-not-carried' | 'data/mapping-unmapped'
  readonly severity: Severity
  /** Index of the field line, or null where no line stands for it. */
  readonly line: number | null
  /** `table.column` or the target element. */
  readonly what: string
  readonly words: string
}

/** Cells of one row as they are read, by column. */
export interface PreviewedRow {
  readonly line: number
  readonly legacy: Readonly<Record<string, string>>
}

/** One row, or the rows of one record, before and after the rules; values are those of patients. */
export interface PreviewRow {
  readonly table: string
  /** Number of its first row. */
  readonly record: number
  /** In the order of the file; of a record with very many, the first of them. */
  readonly rows: readonly PreviewedRow[]
  readonly rowCount: number
  /** Target records the row becomes; none where it is left out. */
  readonly target: readonly { readonly type: string; readonly value: JsonObject }[]
  readonly state: 'written' | 'filtered' | 'rejected'
  /** What stopped a rule, per target element. */
  readonly problems: readonly { readonly field: string; readonly target: string; readonly why: string }[]
  /** Why this row was chosen, in words. */
  readonly shows: readonly string[]
}

export interface PreviewResult {
  readonly rows: readonly PreviewRow[]
  /** Branches of rules that no row of the extract takes. */
  readonly unseen: readonly string[]
}

/** A proposed line with what speaks for it; nothing is confirmed without a person. */
export interface Suggestion {
  readonly line: FieldLine
  /** 0 to 1. */
  readonly score: number
  readonly evidence: readonly {
    readonly kind: 'name' | 'type' | 'values' | 'shape' | 'known'
    readonly score: number
    readonly words: string
  }[]
  readonly alternatives: readonly { readonly target: string; readonly score: number }[]
  /** What the data show of the value map that the line names; null where it names none, or they show nothing. */
  readonly values: ValueMap | null
  /** Paired rows that show each of its lines, by legacy value. */
  readonly support?: ReadonlyMap<string, number>
}

/** A target field that may be filled: from a schema, an earlier target extract, or the FHIR definitions. */
export interface TargetField {
  readonly target: string
  readonly type: string
  readonly required: boolean
  readonly description: string
  readonly values: readonly string[]
}

/** Columns of a new extract beside the field map and the extract before. */
export interface ColumnDrift {
  readonly table: string
  readonly added: readonly string[]
  /** Columns the field map names and the extract no longer has, with the lines that name them. */
  readonly gone: readonly { readonly column: string; readonly lines: readonly number[] }[]
  /** Likely new names; a person decides. */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly score: number; readonly words: string }[]
}
