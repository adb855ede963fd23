/** What a validation says while it goes on, and in the end. */
import type { Finding } from '../../finding.ts'
import { atRisk } from '../blast-radius/at-risk.ts'
import type { BlastRadius } from '../blast-radius/radius.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import { differences } from '../checks/reading/declared-file.ts'
import type { FieldQuality, InputReport, ValidatePartial, ValidateResult } from '../model/validation.ts'
import { qualityOf } from '../quality/quality.ts'
import type { InputState } from './input-state.ts'

export interface EndedRun {
  readonly sink: ReportSink
  readonly states: readonly InputState[]
  readonly radius: BlastRadius
  /** Per column, as its checks counted. */
  readonly cells: readonly FieldQuality[]
  readonly rulesRun: number
  readonly withProfiles: boolean
}

export function partialOf(states: readonly InputState[], sink: ReportSink): ValidatePartial {
  return {
    // A file that waits its turn is not unreadable.
    inputs: states.map((state) => ({
      ...state.report(),
      ...(state.ended || state.format === null ? {} : { status: 'partial' as const }),
    })),
    summary: sink.tally.summary(),
    findings: sink.findings(),
  }
}

export function resultOf({ sink, states, radius, cells, rulesRun, withProfiles }: EndedRun): ValidateResult {
  const findings = numberedInOrder(sink.findings())
  const gauges = states.flatMap((state) => state.table?.gauges ?? [])
  const { quality, notEvaluated } = qualityOf({
    inputs: states.map((state) => state.report()),
    cells,
    findings,
    tested: sink.tally.tested(),
    groups: gauges.flatMap((gauge) => gauge.groups),
    timeliness: gauges.flatMap((gauge) => gauge.timeliness),
  })
  const patientsAtRisk = atRisk(sink, radius, states)
  return {
    inputs: states.map((state) => reportOf(state, sink, radius)),
    ...(patientsAtRisk.length > 0 ? { patientsAtRisk } : {}),
    summary: { ...sink.tally.summary(), recordsWithErrors: sink.recordsWithErrors },
    findings,
    quality,
    ...(withProfiles ? { profiles: gauges.flatMap((gauge) => gauge.profiles) } : {}),
    notEvaluated: [...sink.skippedChecks, ...notEvaluated],
    fallbacks: sink.fallbacks,
    rulesRun,
  }
}

/** Patients of rows, numbered in the order in which the findings name them: what was looked up first does not show. */
function numberedInOrder(findings: readonly Finding[]): Finding[] {
  const numbers = new Map<number, number>()
  return findings.map((finding) => ({
    ...finding,
    sample: finding.sample.map((sighting) => {
      const { patientNumber } = sighting
      if (patientNumber === undefined) return sighting
      const known = numbers.get(patientNumber) ?? numbers.size + 1
      numbers.set(patientNumber, known)
      return { ...sighting, patientNumber: known }
    }),
  }))
}

/** The report of an input, with how it leads to the patient and what it holds of one. */
function reportOf(state: InputState, sink: ReportSink, radius: BlastRadius): InputReport {
  const patients = radius.sentence(state.index)
  const safety = sink.tableSafety(state.index)
  const undeclared = sink.undeclaredColumns(state.index)
  return {
    ...state.report(),
    ...(undeclared.length === 0 ? {} : { undeclared }),
    ...(patients === null ? {} : { patients }),
    ...(safety === null ? {} : { safety }),
  }
}

/** What the data package promised of a file, against the file. */
export function compareWithPackage({ given, index, file, sha256 }: InputState, sink: ReportSink): void {
  const { declared } = given
  if (!declared) return
  for (const entry of declared.notEvaluated) sink.notEvaluated(entry)
  const facts = differences(declared, { bytes: file.size, sha256 })
  const at = { kind: 'input', input: index, line: null, byte: null } as const
  if (facts.length > 0) sink.add({ code: 'data/declared-file', at, evidence: { facts } }, '')
}
