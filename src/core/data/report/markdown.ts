/** A page for a ticket or a wiki. No values, whatever was asked: it is made to be sent. */
import { countOf, factsOf, placeOf, type ReportDocument, summaryOf, thousands } from './document.ts'

export function markdownReport(report: ReportDocument): string {
  const lines = [
    '# Data check',
    '',
    `${report.partial ? '**Interrupted, partial result.** ' : ''}${summaryOf(report.summary)}.`,
    '',
  ]
  lines.push('| File | Records | Bytes | Encoding | Status |', '| --- | ---: | ---: | --- | --- |')
  for (const input of report.inputs)
    lines.push(row([input.path, thousands(input.records), thousands(input.bytes), input.encoding ?? '', input.status]))
  if (report.findings.length > 0)
    lines.push('', '| Severity | What | Where | How many | First place |', '| --- | --- | --- | ---: | --- |')
  for (const finding of report.findings) {
    const first = finding.rows[0]
    const file = finding.input === null ? '' : `${report.inputs[finding.input]?.path ?? ''}: `
    const place = first?.line ? `line ${first.line}` : ''
    lines.push(
      row([
        finding.severity,
        `${finding.title} (${finding.code})${finding.facts.length > 0 ? `; ${factsOf(finding.facts)}` : ''}`,
        `${file}${placeOf(finding)}`,
        countOf(finding),
        place,
      ]),
    )
  }
  if (report.findings.length > 0) lines.push('', '## What to do', '')
  for (const [title, remedy] of new Map(report.findings.map((finding) => [finding.title, finding.remedy])))
    lines.push(`- **${text(title)}**: ${text(remedy)}`)
  if (report.notEvaluated.length > 0) lines.push('', '## Not evaluated', '')
  for (const { what, why } of report.notEvaluated) lines.push(`- ${text(what)}: ${text(why)}`)
  return `${lines.join('\n')}\n`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(text).join(' | ')} |`
}

/** File and column names are foreign text: nothing in them may become a link, a tag or a new cell. */
function text(value: string): string {
  return value.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replace(/[\r\n]+/g, ' ')
}
