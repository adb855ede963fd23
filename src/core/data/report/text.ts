/** A validation for somebody at a terminal. */
import { countOf, factsOf, placeOf, type ReportDocument, type ReportFinding, summaryOf, thousands } from './document.ts'

const shownRows = 5

export function textReport(report: ReportDocument): string {
  const lines: string[] = []
  for (const input of report.inputs) {
    const form = [
      input.format ?? 'not read',
      input.encoding,
      input.dialect ? `delimiter ${JSON.stringify(input.dialect.delimiter)}` : null,
    ]
    lines.push(
      `${input.path}: ${thousands(input.records)} records, ${thousands(input.bytes)} bytes (${form.filter((part) => part !== null).join(', ')}), ${input.status}`,
    )
  }
  for (const finding of report.findings) lines.push('', ...findingLines(finding, report))
  if (report.notEvaluated.length > 0) {
    lines.push('', 'Not evaluated:')
    for (const { what, why } of report.notEvaluated) lines.push(`  ${what}: ${why}`)
  }
  const touched = report.summary.recordsWithErrors
  lines.push(
    '',
    `${report.partial ? 'INTERRUPTED, partial result: ' : ''}${summaryOf(report.summary)}${touched ? ` in ${thousands(touched)} records` : ''}.`,
  )
  return `${lines.join('\n')}\n`
}

function findingLines(finding: ReportFinding, report: ReportDocument): string[] {
  const file = finding.input === null ? '' : `${report.inputs[finding.input]?.path ?? ''} `
  const lines = [
    `${finding.severity.toUpperCase()}  ${finding.title}: ${countOf(finding)}`,
    `  ${file}${placeOf(finding)}  [${finding.code}]`,
  ]
  if (finding.facts.length > 0) lines.push(`  ${factsOf(finding.facts)}`)
  for (const row of finding.rows.slice(0, shownRows)) {
    const where = [
      row.record ? `record ${row.record}` : null,
      row.line ? `line ${row.line}` : null,
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
  return [...lines, `  ${finding.why}`, `  ${finding.remedy}`]
}
