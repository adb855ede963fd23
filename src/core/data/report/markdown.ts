/** A page for a ticket or a wiki. No values, whatever was asked: it is made to be sent. */

import { markdownText } from '../../values/markdown-text.ts'
import { countOf, factsOf, placeOf, type ReportDocument, summaryOf, thousands } from './document.ts'
import { dashboardSummary } from './dqd.ts'
import { comparisonSentence, riskSentences } from './sentence.ts'

export function markdownReport(report: ReportDocument): string {
  const lines = [
    '# Data check',
    '',
    `${report.partial ? '**Interrupted, partial result.** ' : ''}${summaryOf(report.summary)}.`,
    '',
  ]
  for (const sentence of [...riskSentences(report), ...comparisonSentence(report)]) lines.push(markdownText(sentence), '')
  lines.push('| File | Records | Bytes | Encoding | Status |', '| --- | ---: | ---: | --- | --- |')
  for (const input of report.inputs)
    lines.push(row([input.path, thousands(input.records), thousands(input.bytes), input.encoding ?? '', input.status]))
  if (report.findings.length > 0)
    lines.push('', '| Severity | What | Where | How many | Patients | First place |', '| --- | --- | --- | ---: | ---: | --- |')
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
        finding.patients === null ? '' : thousands(finding.patients),
        place,
      ]),
    )
  }
  if (report.findings.length > 0) lines.push('', '## What to do', '')
  for (const [title, remedy] of new Map(report.findings.map((finding) => [finding.title, finding.remedy])))
    lines.push(`- **${markdownText(title)}**: ${markdownText(remedy)}`)
  if (report.dqd) {
    const { sentence, failed } = dashboardSummary(report.dqd)
    lines.push('', `## ${markdownText(sentence)}`, '')
    if (failed.length > 0) lines.push('| Failed check | Where | How many |', '| --- | --- | ---: |')
    for (const { check, place, count } of failed) lines.push(row([check, place, count]))
  }
  if (report.notEvaluated.length > 0) lines.push('', '## Not evaluated', '')
  for (const { what, why } of report.notEvaluated) lines.push(`- ${markdownText(what)}: ${markdownText(why)}`)
  return `${lines.join('\n')}\n`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(markdownText).join(' | ')} |`
}
