/** The result of a validation as the document that `carryover validate` promises; every other format is made from it. */

import { type Fact, type NotEvaluated, type Severity, severities } from '../../finding.ts'
import type { RunState } from '../baseline/compare-runs.ts'
import type { DqdRow } from '../dqd/export.ts'
import type {
  FieldQuality,
  InputReport,
  PatientsAtRisk,
  TableSafety,
  ValidatePartial,
  ValidateResult,
} from '../model/validation.ts'
import { maskedField } from '../schema/undeclared-columns.ts'
import { findingOf, type ReportFinding } from './report-finding.ts'

/** How the run stands against an earlier one. */
export interface ReportComparison {
  readonly counts: Readonly<Record<RunState, number>>
  /** Findings of the earlier run that are gone. */
  readonly fixed: readonly {
    readonly code: string
    readonly place: string
    readonly input: string | null
    readonly count: number
  }[]
  /** Known findings that were left out of `findings` because only new ones were asked for. */
  readonly hidden: number
  /** Inputs of the earlier run that this one did not read whole, with the findings they had: nobody knows whether those are fixed. */
  readonly notRead: readonly { readonly input: string; readonly findings: number }[]
}

/** Names are those inside the folder that was given; null where nothing was rejected. */
export interface ReportRejects {
  readonly input: number
  readonly read: number
  readonly accepted: number
  readonly rejected: number
  readonly records: string | null
  readonly codes: string | null
}

export interface ReportInput {
  readonly path: string
  readonly bytes: number
  readonly sha256: string | null
  readonly sha256Blocks?: string
  readonly format: string | null
  readonly encoding: string | null
  readonly dialect: {
    readonly delimiter: string
    readonly quote: string
    readonly newline: string
    readonly headerRows: number
    readonly skipRows: number
  } | null
  readonly records: number
  readonly status: InputReport['status']
  /** What bytes and lines of places are counted in; left out where that is the file itself. */
  readonly places?: string
  /** How its records lead to the patient, in words; null where they do not. */
  readonly patients: string | null
  readonly safety: TableSafety | null
}

export interface ReportDocument {
  readonly tool: { readonly name: 'carryover'; readonly version: string }
  /** The only place of times and durations. */
  readonly run: { readonly started: string; readonly seconds: number }
  /** True where the run was interrupted: counts are those reached. */
  readonly partial: boolean
  readonly inputs: readonly ReportInput[]
  readonly summary: Readonly<Record<Severity, number>> & { readonly recordsWithErrors: number | null }
  readonly findings: readonly ReportFinding[]
  /** Patients that critical findings are about, once each; one entry per side. */
  readonly patientsAtRisk: readonly PatientsAtRisk[]
  /** Against `--baseline`, where one was given. */
  readonly comparison?: ReportComparison
  /** What `--rejects` wrote: accepted and rejected records together are all that were read. */
  readonly rejects?: readonly ReportRejects[]
  readonly quality: readonly FieldQuality[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** What was evaluated on texts instead of bytes, and why; left out where nothing was. */
  readonly fallbacks?: readonly NotEvaluated[]
  /** Results of OHDSI's dashboard with its own column names, where the run was asked for it. */
  readonly dqd?: readonly DqdRow[]
}

export interface ReportChoices {
  readonly version: string
  readonly run: { readonly started: string; readonly seconds: number }
  /** Path of each input as it was given. */
  readonly paths: readonly string[]
  /** Shows values of cells; off by default, because they may be those of patients. */
  readonly reveal: boolean
}

export function reportOf(result: ValidateResult | ValidatePartial, choices: ReportChoices): ReportDocument {
  const whole = 'quality' in result ? result : null
  return {
    tool: { name: 'carryover', version: choices.version },
    run: choices.run,
    partial: whole === null,
    inputs: result.inputs.map((input, index) => inputOf(input, choices.paths[index] ?? input.name)),
    summary: { ...result.summary, recordsWithErrors: whole?.summary.recordsWithErrors ?? null },
    findings: result.findings.map((finding) => findingOf(finding, result.inputs, choices.reveal)),
    patientsAtRisk: whole?.patientsAtRisk ?? [],
    quality: (whole?.quality ?? []).map((entry) => shownQuality(entry, result.inputs[entry.input], choices.reveal)),
    notEvaluated: whole?.notEvaluated ?? [],
    ...(whole?.fallbacks?.length ? { fallbacks: whole.fallbacks } : {}),
  }
}

/** A column that nobody declared is called by its number: its name may be a value of a first row that was taken for the header. */
function shownQuality(entry: FieldQuality, input: InputReport | undefined, reveal: boolean): FieldQuality {
  return reveal ? entry : { ...entry, field: maskedField(entry.field, input) }
}

function inputOf(input: InputReport, path: string): ReportInput {
  const { structure } = input
  const dialect = structure?.dialect.value
  return {
    path,
    bytes: input.bytes,
    sha256: input.sha256,
    ...(input.sha256Blocks === undefined ? {} : { sha256Blocks: input.sha256Blocks }),
    format: input.format,
    encoding: structure?.encoding.value ?? (input.format === null || input.format === 'csv' ? null : 'utf-8'),
    dialect:
      structure && dialect
        ? {
            delimiter: dialect.delimiter,
            quote: dialect.quote,
            newline: dialect.newline,
            headerRows: structure.headerRows,
            skipRows: structure.skipRows,
          }
        : null,
    records: input.records,
    status: input.status,
    ...(input.places === undefined ? {} : { places: input.places }),
    patients: input.patients ?? null,
    safety: input.safety ?? null,
  }
}

/** Where a finding is, as one word: column, element or the file itself. */
export function placeOf(finding: ReportFinding): string {
  return finding.element ?? finding.field ?? 'file'
}

/** "3 of 900", or "3" where nothing was counted against. */
export function countOf(finding: ReportFinding): string {
  const count = thousands(finding.count)
  return finding.denominator === null || finding.denominator < finding.count
    ? count
    : `${count} of ${thousands(finding.denominator)}`
}

export function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** One line per fact, for people. */
export function factsOf(facts: readonly Fact[]): string {
  return facts.map((fact) => `${fact.name}: ${String(fact.value)}${fact.unit === undefined ? '' : ` ${fact.unit}`}`).join('; ')
}

/** Severities that occur, worst first, in words: "2 errors, 1 warning". */
export function summaryOf(summary: Readonly<Record<Severity, number>>): string {
  const parts = severities
    .filter((severity) => summary[severity] > 0)
    .map((severity) => `${thousands(summary[severity])} ${severity}`)
  return parts.length === 0 ? 'nothing found' : parts.join(', ')
}
