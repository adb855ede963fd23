/** A report held against an earlier run and against what persons accepted: what is new, what was known, what still counts. */
import { type AcceptanceEntry, acceptanceOf } from '../baseline/acceptance.ts'
import { type ComparedFinding, comparable, compareRuns, countStates, type RunChange } from '../baseline/compare-runs.ts'
import { fingerprintsOf } from '../baseline/former-fingerprints.ts'
import type { ReportDocument } from './document.ts'
import type { ReportAcceptance, ReportFinding } from './report-finding.ts'

export interface BaselineChoices {
  /** Findings of the earlier run; null where there is none to compare with. */
  readonly before: readonly ComparedFinding[] | null
  readonly accepted: readonly AcceptanceEntry[]
  /** Day on which acceptances must not have expired. */
  readonly asOf: string
  /** Leaves out what does not count; critical findings stay, marked as known. */
  readonly newOnly: boolean
}

export function withBaseline(report: ReportDocument, choices: BaselineChoices): ReportDocument {
  const read = report.inputs.filter(({ status }) => status === 'read').map(({ path }) => path)
  const earlier = choices.before && comparable(choices.before, read)
  const changes = earlier && compareRuns(earlier.compared, comparedFindings(report))
  const states = new Map(changes?.filter(({ after }) => after !== null).map((change) => [change.fingerprint, change]))
  const all = report.findings.map((finding) =>
    judged(finding, pathOf(finding, report), states.get(finding.fingerprint) ?? null, choices),
  )
  const shown = choices.newOnly ? all.filter(({ counts, severity }) => counts || severity === 'critical') : all
  const summary = all.length === shown.length ? report.summary : summaryOfFindings(shown)
  if (changes === null) return { ...report, summary, findings: shown }
  const notRead = earlier?.notRead ?? []
  const fixed = changes
    .filter(({ state }) => state === 'fixed')
    .map(({ code, place, input, before }) => ({ code, place, input, count: before?.count ?? 0 }))
  const comparison = { counts: countStates(changes), fixed, hidden: all.length - shown.length, notRead }
  return { ...report, summary, findings: shown, comparison }
}

/** What is left out is not counted either, so that summary, findings and exit code say the same; in how many records is not known. */
function summaryOfFindings(findings: readonly ReportFinding[]): ReportDocument['summary'] {
  const summary = { critical: 0, error: 0, warning: 0, info: 0, recordsWithErrors: null }
  for (const { severity, count } of findings) summary[severity] += count
  return summary
}

/** Findings of a report in the form that runs are compared in. */
export function comparedFindings(report: ReportDocument): ComparedFinding[] {
  return report.findings.map((finding) => {
    const { fingerprint, code, severity, count, denominator, patients } = finding
    const path = pathOf(finding, report)
    const place = placeIn(finding)
    return { fingerprint, code, place, input: path === null ? null : baseName(path), severity, count, denominator, patients }
  })
}

/** A critical finding only stops counting by the word of a named person; that an earlier run had it is not enough. */
function judged(
  finding: ReportFinding,
  input: string | null,
  change: RunChange | null,
  { accepted, asOf }: BaselineChoices,
): ReportFinding {
  const said = acceptanceOf(fingerprintsOf({ ...finding, place: placeIn(finding), input }), accepted, asOf)
  const before = change !== null && change.before !== null && !change.worse && finding.severity !== 'critical'
  const acceptance: ReportAcceptance | null =
    said.kind === 'none'
      ? null
      : {
          by: said.acceptance.by,
          reason: said.acceptance.reason,
          expires: said.acceptance.expires,
          owner: said.acceptance.owner ?? null,
          due: said.acceptance.due ?? null,
          lapsed: said.kind === 'lapsed' ? said.why : null,
        }
  return {
    ...finding,
    state: change?.state ?? null,
    acceptance,
    counts: said.kind === 'accepted' ? false : said.kind === 'lapsed' || !before,
  }
}

function pathOf(finding: ReportFinding, report: ReportDocument): string | null {
  return finding.input === null ? null : (report.inputs[finding.input]?.path ?? null)
}

function placeIn(finding: ReportFinding): string {
  return finding.element ?? finding.field ?? ''
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
