/** The words of a validation: what goes in, what is known on the way, what comes out (`validate` of the command line). */
import type { Finding, Severity, Sighting } from '../finding.ts'
import type { ByteSource } from '../operation.ts'
import type { ReadStatus, Structure } from './read/events.ts'
import type { JsonObject, ResourceRecord } from './record.ts'
import type { ReadingChoices, Side, SourceFormat } from './source.ts'

/** One file to check. */
export interface ValidateSource {
  readonly source: ByteSource
  readonly side: Side | null
  /** Null to recognise the format from the bytes. */
  readonly format: SourceFormat | null
  /** Name that schemas refer to; by default the file name without its ending. */
  readonly table: string
  readonly reading: ReadingChoices
  /** Table Schema, one resource of a data package, or JSON Schema; null where there is none. */
  readonly schema: JsonObject | null
}

export interface ValidateInput {
  readonly inputs: readonly ValidateSource[]
  /** A data package whose resources are found by table name; used for inputs without a schema of their own. */
  readonly package?: JsonObject | null
  /** Seed of the sample of rows kept per finding. */
  readonly seed?: string
  /** How many sightings are kept per finding: half the first ones, half a seeded sample of the rest. Counts stay exact. */
  readonly maxRows?: number
  /** Bytes that key indexes may take; above it a key is listed in `notEvaluated`. */
  readonly keyBudget?: number
}

export interface InputReport {
  readonly name: string
  readonly table: string
  readonly side: Side | null
  readonly format: SourceFormat | null
  readonly bytes: number
  /** Hex SHA-256 of the bytes; null until the file was read to its end. */
  readonly sha256: string | null
  readonly structure: Structure | null
  readonly records: number
  readonly status: ReadStatus
}

export interface FieldQuality {
  readonly input: number
  readonly field: string
  readonly completeness: { readonly n: number; readonly of: number }
}

/** Something that was asked for and not done, with the reason: never silently skipped. */
export interface NotEvaluated {
  readonly what: string
  readonly why: string
}

export interface ValidatePartial {
  readonly inputs: readonly InputReport[]
  readonly summary: Readonly<Record<Severity, number>>
  readonly findings: readonly Finding[]
}

export interface ValidateResult {
  readonly inputs: readonly InputReport[]
  /** Occurrences, not findings. */
  readonly summary: Readonly<Record<Severity, number>> & { readonly recordsWithErrors: number }
  readonly findings: readonly Finding[]
  readonly quality: readonly FieldQuality[]
  readonly notEvaluated: readonly NotEvaluated[]
  readonly rulesRun: number
}

/** Judges FHIR resources across all inputs of a run; `place` is the element path without indexes. */
export interface ResourceJudge {
  see(record: ResourceRecord, input: number): Iterable<Sighting & { readonly place: string }>
  finish(): Iterable<Sighting & { readonly place: string }>
  denominators(): Iterable<{ readonly code: string; readonly place: string; readonly input: number; readonly of: number }>
  notEvaluated(): readonly NotEvaluated[]
  readonly rulesRun: number
}
