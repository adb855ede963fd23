/** One finding as every report tells it: its words, its numbers, what it is about, and its places without values. */
import {
  type AcrossInputs,
  compareText,
  type Fact,
  type Finding,
  type SafetyClass,
  type Severity,
  type Sighting,
} from '../../finding.ts'
import { maskOf } from '../../mask.ts'
import type { Kahn } from '../../rule.ts'
import type { RunState } from '../baseline/compare-runs.ts'
import { wordingOf } from '../checks/index.ts'
import type { InputReport } from '../model/validation.ts'
import { columnIn } from '../read/column-in.ts'
import { sheetCell } from '../read/look-into.ts'

export function findingOf(finding: Finding, inputs: readonly InputReport[], reveal: boolean): ReportFinding {
  const words = wordingOf(finding.code)
  const first = finding.sample[0]?.at
  const path = first?.kind === 'cell' ? first.path : null
  const threshold = words?.threshold ?? 0
  return {
    code: finding.code,
    severity: finding.severity,
    ...(finding.cause === undefined ? {} : { cause: finding.cause }),
    ...(finding.across === undefined ? {} : { across: finding.across }),
    input: finding.input,
    field: path === null && finding.place !== '' ? finding.place : null,
    path,
    element: path === null ? null : finding.place,
    count: finding.count,
    denominator: finding.denominator,
    patients: finding.patients,
    withoutPatient: finding.withoutPatient ?? 0,
    column: finding.input === null ? null : columnOf(finding.place, inputs[finding.input]),
    kahn: words?.kahn ?? null,
    safety: finding.safety ?? null,
    origin: finding.origin ?? [],
    threshold,
    status: findingStatus(finding, threshold),
    severityBecause: finding.severityBecause ?? null,
    state: null,
    acceptance: null,
    counts: true,
    title: words?.title ?? finding.code,
    why: words?.why ?? '',
    remedy: words?.remedy ?? '',
    facts: finding.facts ?? [],
    fingerprint: finding.fingerprint,
    truncated: finding.truncated,
    rows: finding.sample.map((sighting) => rowOf(sighting, reveal, inputs)).sort(byPlace),
  }
}

/** A finding stays whatever its status says; the status only tells whether the share of bad values is under the check's threshold. */
export function findingStatus(
  { count, denominator }: Pick<Finding, 'count' | 'denominator'>,
  threshold: number,
): ReportFinding['status'] {
  if (denominator === 0) return 'not-applicable'
  return denominator !== null && count / denominator <= threshold ? 'pass-with-exceptions' : 'fail'
}

/** Columns that nobody declared are called by their number. */
function columnOf(place: string, input: InputReport | undefined): number | null {
  const header = input?.structure?.header
  if (!header) return null
  const at = columnIn(header, place) + 1
  const numbered = Number(/^column (\d+)$/.exec(place)?.[1] ?? 0)
  const column = at > 0 ? at : numbered
  return column > 0 && column <= header.length ? column : null
}

function rowOf({ at, evidence, patientNumber }: Sighting, reveal: boolean, inputs: readonly InputReport[]): ReportRow {
  const value = reveal ? (evidence.excerpt ?? null) : null
  const patient = patientNumber ?? null
  const shape = reveal || evidence.excerpt === undefined ? {} : { shape: maskOf(evidence.excerpt) }
  const none = {
    patient,
    record: null,
    line: null,
    byte: null,
    length: null,
    id: null,
    path: null,
    value,
    ...shape,
    facts: evidence.facts,
  }
  if (at.kind === 'cell') {
    const cell = sheetCell(inputs[at.input]?.structure ?? null, at.field, at.line)
    const place = {
      record: at.record,
      line: at.line,
      byte: at.byte,
      length: at.length ?? null,
      id: shownId(at.id, reveal),
      path: at.path,
      ...(at.column === undefined ? {} : { column: at.column }),
    }
    return { ...none, ...place, ...(cell === null ? {} : { cell }) }
  }
  return at.kind === 'input' ? { ...none, line: at.line, byte: at.byte } : none
}

/** An id may be a record number or an identifier of the patient: unless it was asked for, a resource shows its type, anything else nothing. */
export function shownId(id: string | null, reveal: boolean): string | null {
  if (reveal || id === null) return id
  const type = /^([A-Z][A-Za-z]{1,63})\//.exec(id)?.[1]
  return type === undefined ? null : `${type}/…`
}

function byPlace(a: ReportRow, b: ReportRow): number {
  return (a.byte ?? -1) - (b.byte ?? -1) || compareText(a.path ?? '', b.path ?? '')
}

export interface ReportRow {
  readonly record: number | null
  readonly line: number | null
  readonly byte: number | null
  /** Characters from the start of the line, from 1; only where it is known. */
  readonly column?: number
  /** Length of the cell in bytes, where it is known. */
  readonly length: number | null
  /** Address in a worksheet, such as `B17`; only there. */
  readonly cell?: string
  /** `Type/id` of a resource; without the id (`Type/…`) unless values were asked for, because it may be an identifier. */
  readonly id: string | null
  /** FHIR path with indexes. */
  readonly path: string | null
  /** Number of the patient within this run; the same number is the same patient, and nobody is named. */
  readonly patient: number | null
  /** The value, only where it was asked for. */
  readonly value: string | null
  /** The shape of the value where it was not asked for: `Aaaa 99/99`; left out where there is no value. */
  readonly shape?: string
  readonly facts: readonly Fact[]
}

export interface ReportFinding {
  readonly code: string
  readonly severity: Severity
  /** The rule in the words of its specification, such as "rule con-3"; left out where the code alone says it. */
  readonly cause?: string
  /** How many inputs have the same, and their patients, each once; left out where one has. */
  readonly across?: AcrossInputs
  readonly input: number | null
  readonly field: string | null
  /** FHIR element path with indexes, of the first place. */
  readonly path: string | null
  /** FHIR element path without indexes. */
  readonly element: string | null
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  /** Occurrences in records whose patient is not named or not found. */
  readonly withoutPatient: number
  /** Number of the column in the file, from 1; null where the place is no column. */
  readonly column: number | null
  readonly kahn: Kahn | null
  readonly safety: SafetyClass | null
  /** Lines of schemas that asked for it. */
  readonly origin: readonly { readonly schema: string; readonly pointer: string }[]
  /** Share of tested values up to which it passes with exceptions. */
  readonly threshold: number
  readonly status: 'fail' | 'pass-with-exceptions' | 'not-applicable'
  /** Why the severity is not the check's own. */
  readonly severityBecause: string | null
  /** Against the run it was compared with; null where there is none. */
  readonly state: RunState | null
  /** What a person said about it, whether or not it still counts; null where nobody did. */
  readonly acceptance: ReportAcceptance | null
  /** False where it was known before or is accepted, so that it does not fail the run. */
  readonly counts: boolean
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly facts: readonly Fact[]
  readonly fingerprint: string
  readonly truncated: boolean
  readonly rows: readonly ReportRow[]
}

export interface ReportAcceptance {
  readonly by: string
  readonly reason: string
  readonly expires: string | null
  readonly owner: string | null
  readonly due: string | null
  /** Why it does not count any more, such as "expired"; null while it does. */
  readonly lapsed: string | null
}
