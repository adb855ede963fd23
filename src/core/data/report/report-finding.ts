/** One finding as every report tells it: its words, its numbers, what it is about, and its places without values. */

import { compareText, type Finding, type Sighting } from '../../finding.ts'
import { maskOf } from '../../mask.ts'
import { wordingOf } from '../checks/index.ts'
import type { InputReport } from '../model/validation.ts'
import { columnIn } from '../read/column-in.ts'
import { sheetCell } from '../read/look-into.ts'
import type { ReportFinding, ReportRow } from './document.ts'

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
