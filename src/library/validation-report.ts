/** What a validation says to a caller: the document that `carryover validate --format json` writes. */
import type { RunOptions } from './run-options.ts'

/**
 * Worst first: `critical` may harm a patient, `error` would not load or loses data, `warning` and `info` have to be looked at.
 *
 * @public
 */
export type SeverityName = 'critical' | 'error' | 'warning' | 'info'

/**
 * One number or word that a finding rests on.
 *
 * @public
 */
export interface ReportFact {
  /** What the value is, for a person. */
  readonly name: string
  /** Never a value of the data, unless `reveal` asked for it. */
  readonly value: number | string | boolean | null
  /** Left out where the value has none. */
  readonly unit?: string
}

/**
 * One occurrence of a finding, where a person can go and look.
 *
 * @public
 */
export interface ReportedPlace {
  /** Record, counted from 1 after the header; null for a file as a whole. */
  readonly record: number | null
  /** Line of the file, counted from 1. */
  readonly line: number | null
  /** Offset in the file, in bytes from 0. */
  readonly byte: number | null
  /** Length of the cell, in bytes. */
  readonly length: number | null
  /** `Type/id` of a resource; `Type/…` unless values were asked for. */
  readonly id: string | null
  /** FHIR path with indexes, such as `Patient.name[0].given`. */
  readonly path: string | null
  /** Number of the patient within this run: the same number is the same patient, and nobody is named. */
  readonly patient: number | null
  /** The value, only where `reveal` asked for it. */
  readonly value: string | null
  /** The shape of the value where it was not asked for, such as `Aaaa 99/99`. */
  readonly shape?: string
  /** What convinced the rule here. */
  readonly facts: readonly ReportFact[]
}

/**
 * All occurrences of one rule at one column or element. `count` and `denominator` are exact; `rows` is a sample.
 *
 * @public
 */
export interface ReportedFinding {
  /** Name of the rule, such as `data/date-format`; docs/rules has a page for each. */
  readonly code: string
  /** How much it weighs. */
  readonly severity: SeverityName
  /** The rule in the words of its specification; left out where the code alone says it. */
  readonly cause?: string
  /** Index in `inputs`; null where it is about no single file. */
  readonly input: number | null
  /** Column of a table. */
  readonly field: string | null
  /** FHIR element without indexes, such as `Patient.birthDate`. */
  readonly element: string | null
  /** Occurrences. */
  readonly count: number
  /** Values or records that were tested; null where counting makes no sense. */
  readonly denominator: number | null
  /** Distinct patients it touches; null where the table does not lead to a patient. */
  readonly patients: number | null
  /** What of a patient's record it is about, such as `allergy`. */
  readonly safety: string | null
  /** The rule, for a person. */
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** What to do about it. */
  readonly remedy: string
  /** Numbers about all occurrences together. */
  readonly facts: readonly ReportFact[]
  /** The same finding in the next run has the same fingerprint (SHA-256, hexadecimal). */
  readonly fingerprint: string
  /** True where `rows` holds fewer than `count`. */
  readonly truncated: boolean
  /** In the order of the file. */
  readonly rows: readonly ReportedPlace[]
}

/**
 * One file as it was read.
 *
 * @public
 */
export interface CheckedInput {
  /** Its name as given. */
  readonly path: string
  /** Size of the file. */
  readonly bytes: number
  /** Of the bytes, hexadecimal; null where it was not read to its end. */
  readonly sha256: string | null
  /** SHA-256 over the SHA-256 (32 bytes each) of every 256 MiB, hexadecimal; left out where it is not known. */
  readonly sha256Blocks?: string
  /** Recognised from the bytes; null where it was not. */
  readonly format: string | null
  /** Encoding of a table, such as `utf-8` or `windows-1252`. */
  readonly encoding: string | null
  /** Rows or resources. */
  readonly records: number
  /** `partial`: some records were lost or reading stopped early. `unreadable`: none was read. */
  readonly status: 'read' | 'partial' | 'unreadable'
}

/**
 * What a validation found.
 *
 * @public
 */
export interface ValidationReport {
  /** What made the report. */
  readonly tool: { readonly name: 'carryover'; readonly version: string }
  /** The only times in a report: its start (RFC 3339) and its length in seconds. */
  readonly run: { readonly started: string; readonly seconds: number }
  /** In the order given; tables inside a file follow it. */
  readonly inputs: readonly CheckedInput[]
  /** Occurrences by severity, and records with at least one error; null where that is not known. */
  readonly summary: Readonly<Record<SeverityName, number>> & { readonly recordsWithErrors: number | null }
  /** Worst severity first, then most occurrences. */
  readonly findings: readonly ReportedFinding[]
  /** What was asked for and not done, with the reason. */
  readonly notEvaluated: readonly { readonly what: string; readonly why: string }[]
}

/**
 * How data is validated.
 *
 * @public
 */
export interface ValidationOptions extends RunOptions {
  /** Shows values of cells in `rows`; off unless asked for, because they may be those of patients. */
  readonly reveal?: boolean
  /** Places kept per finding; 200 unless said otherwise. Counts stay exact. */
  readonly maxRows?: number
  /** Of the sample of places; the same seed gives the same sample. `'1'` unless said otherwise. */
  readonly seed?: string
  /** The day of the extract, as YYYY-MM-DD: what rules call today. Rules that need one are not evaluated without it. */
  readonly asOf?: string
}
