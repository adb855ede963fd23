/** The result of a validation as the document that `carryover validate` promises; every other format is made from it. */
import { compareText, type Fact, type Severity, type Sighting, severities } from '../../finding.ts'
import { wordingOf } from '../checks/index.ts'
import type { FieldQuality, InputReport, NotEvaluated, ValidatePartial, ValidateResult } from '../validation.ts'

export interface ReportRow {
  readonly record: number | null
  readonly line: number | null
  readonly byte: number | null
  readonly id: string | null
  /** FHIR path with indexes. */
  readonly path: string | null
  /** The value, only where it was asked for. */
  readonly value: string | null
  readonly facts: readonly Fact[]
}

export interface ReportFinding {
  readonly code: string
  readonly severity: Severity
  readonly input: number | null
  readonly field: string | null
  /** FHIR element path with indexes, of the first place. */
  readonly path: string | null
  /** FHIR element path without indexes. */
  readonly element: string | null
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly facts: readonly Fact[]
  readonly fingerprint: string
  readonly truncated: boolean
  readonly rows: readonly ReportRow[]
}

export interface ReportInput {
  readonly path: string
  readonly bytes: number
  readonly sha256: string | null
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
  readonly quality: readonly FieldQuality[]
  readonly notEvaluated: readonly NotEvaluated[]
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
    findings: result.findings.map((finding) => {
      const words = wordingOf(finding.code)
      const first = finding.sample[0]?.at
      const path = first?.kind === 'cell' ? first.path : null
      return {
        code: finding.code,
        severity: finding.severity,
        input: finding.input,
        field: path === null && finding.place !== '' ? finding.place : null,
        path,
        element: path === null ? null : finding.place,
        count: finding.count,
        denominator: finding.denominator,
        patients: finding.patients,
        title: words?.title ?? finding.code,
        why: words?.why ?? '',
        remedy: words?.remedy ?? '',
        facts: finding.facts ?? [],
        fingerprint: finding.fingerprint,
        truncated: finding.truncated,
        rows: finding.sample.map((sighting) => rowOf(sighting, choices.reveal)).sort(byPlace),
      }
    }),
    quality: whole?.quality ?? [],
    notEvaluated: whole?.notEvaluated ?? [],
  }
}

function inputOf(input: InputReport, path: string): ReportInput {
  const { structure } = input
  const dialect = structure?.dialect.value
  return {
    path,
    bytes: input.bytes,
    sha256: input.sha256,
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
  }
}

function rowOf({ at, evidence }: Sighting, reveal: boolean): ReportRow {
  const value = reveal ? (evidence.excerpt ?? null) : null
  const none = { record: null, line: null, byte: null, id: null, path: null, value, facts: evidence.facts }
  if (at.kind === 'cell') return { ...none, record: at.record, line: at.line, byte: at.byte, id: at.id, path: at.path }
  return at.kind === 'input' ? { ...none, line: at.line, byte: at.byte } : none
}

function byPlace(a: ReportRow, b: ReportRow): number {
  return (a.byte ?? -1) - (b.byte ?? -1) || compareText(a.path ?? '', b.path ?? '')
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
