/** A validation for somebody at a terminal. */
import { counted } from '../../counted.ts'
import type { DqdRow } from '../dqd/export.ts'
import { isMadeFormat } from '../model/source.ts'
import { countOf, factsOf, placeOf, type ReportDocument, summaryOf, thousands } from './document.ts'
import { dashboardSummary } from './dqd.ts'
import type { ReportFinding } from './report-finding.ts'
import { comparisonSentence, patientsOf, riskSentences } from './sentence.ts'

const shownRows = 5

export function textReport(report: ReportDocument): string {
  const lines: string[] = []
  for (const input of report.inputs) {
    const form = [
      input.format ?? 'not read',
      input.encoding,
      // The cells of a workbook or dump are not separated by anything.
      input.dialect && !isMadeFormat(input.format) ? `delimiter ${JSON.stringify(input.dialect.delimiter)}` : null,
    ]
    lines.push(
      `${input.path}: ${counted(input.records, 'record', 'records', thousands(input.records))}, ${thousands(input.bytes)} bytes (${form.filter((part) => part !== null).join(', ')}), ${input.status}`,
    )
    if (input.places !== undefined) lines.push(`  ${input.places}`)
  }
  for (const finding of report.findings) lines.push('', ...findingLines(finding, report))
  if (report.dqd) lines.push('', ...dashboardLines(report.dqd))
  const summed = [...riskSentences(report), ...comparisonSentence(report)]
  if (summed.length > 0) lines.push('', ...summed)
  if (report.notEvaluated.length > 0) {
    lines.push('', 'Not evaluated:')
    for (const { what, why } of report.notEvaluated) lines.push(`  ${what}: ${why}`)
  }
  if (report.fallbacks?.length) {
    lines.push('', 'Judged on texts, which takes longer:')
    for (const { what, why } of report.fallbacks) lines.push(`  ${what}: ${why}`)
  }
  const touched = report.summary.recordsWithErrors ?? 0
  const scope = touched > 0 ? counted(touched, 'record', 'records', thousands(touched)) : isClean(report) ? judged(report) : ''
  lines.push(
    '',
    `${report.partial ? 'INTERRUPTED, partial result: ' : ''}${summaryOf(report.summary)}${scope === '' ? '' : ` in ${scope}`}${dashboardWords(report)}.`,
  )
  return `${lines.join('\n')}\n`
}

function isClean({ summary: { critical, error, warning, info } }: ReportDocument): boolean {
  return critical + error + warning + info === 0
}

/** How much was looked at: "nothing found" of no records says nothing. */
function judged({ inputs }: ReportDocument): string {
  const words = (isResource: boolean, one: string): string[] => {
    const of = inputs.filter(({ format }) => resourceFormats.includes(format ?? '') === isResource && format !== 'manifest')
    const count = of.reduce((sum, { records }) => sum + records, 0)
    return of.length === 0 ? [] : [counted(count, one, `${one}s`, thousands(count))]
  }
  return [...words(false, 'record'), ...words(true, 'resource')].join(' and ')
}

const resourceFormats: readonly string[] = ['ndjson', 'json', 'bundle']

/** What failed, place by place; the whole list is in the formats json and dqd. */
function dashboardLines(rows: readonly DqdRow[]): string[] {
  const { sentence, failed } = dashboardSummary(rows)
  return [sentence, ...reasonLines(rows), ...failed.map(({ check, place, count }) => `  FAILED  ${check} ${place}: ${count}`)]
}

/** "nothing found" is not the last word where checks of the dashboard failed. */
function dashboardWords({ dqd }: ReportDocument): string {
  const failed = dqd === undefined ? 0 : dashboardSummary(dqd).failed.length
  return failed === 0 ? '' : `; ${counted(failed, 'check', 'checks', thousands(failed))} of the dashboard failed`
}

const mostReasons = 5

/** Why checks could not be applied, most frequent first. */
function reasonLines(rows: readonly DqdRow[]): string[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const reason = String(row.notApplicableReason ?? '')
    if (row.notApplicable === 1) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const rest = sorted.slice(mostReasons).reduce((sum, [, count]) => sum + count, 0)
  return [
    ...sorted.slice(0, mostReasons).map(([reason, count]) => `  not applicable, ${thousands(count)}: ${reason}`),
    ...(rest > 0 ? [`  not applicable, ${thousands(rest)}: other reasons; the format json has them all`] : []),
  ]
}

/** What an earlier run or a person said about it. */
function stateWords({ state, acceptance }: ReportFinding): string {
  const words = [
    state,
    acceptance === null
      ? null
      : acceptance.lapsed === null
        ? `accepted by ${acceptance.by}`
        : `acceptance does not count: ${acceptance.lapsed}`,
  ]
  const said = words.filter((word) => word !== null).join(', ')
  return said === '' ? '' : `  [${said}]`
}

function findingLines(finding: ReportFinding, report: ReportDocument): string[] {
  const file = finding.input === null ? '' : `${report.inputs[finding.input]?.path ?? ''} `
  const lines = [
    `${finding.severity.toUpperCase()}  ${finding.title}: ${countOf(finding)}${patientsOf(finding)}${stateWords(finding)}`,
    `  ${file}${placeOf(finding)}  [${finding.code}]`,
  ]
  if (finding.facts.length > 0) lines.push(`  ${factsOf(finding.facts)}`)
  for (const row of finding.rows.slice(0, shownRows)) {
    const where = [
      row.record ? `record ${row.record}` : null,
      row.line ? `line ${row.line}${row.column === undefined ? '' : `, column ${row.column}`}` : null,
      row.byte !== null ? `byte ${row.byte}` : null,
      row.path ?? null,
      row.id,
    ]
    const value = row.value === null ? '' : `  ${JSON.stringify(row.value)}`
    lines.push(
      `    ${where.filter((part) => part !== null).join(', ')}${row.facts.length > 0 ? `  ${factsOf(row.facts)}` : ''}${value}`,
    )
  }
  if (finding.count > shownRows) lines.push(`    … ${thousands(finding.count - Math.min(shownRows, finding.rows.length))} more`)
  if (finding.severityBecause !== null) lines.push(`  ${finding.severityBecause}`)
  return [...lines, `  ${finding.why}`, `  ${finding.remedy}`]
}
