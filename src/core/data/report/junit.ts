/** JUnit XML: one suite per input, one case per finding, so that continuous integration shows them as tests. */
import { counted } from '../../counted.ts'
import { countOf, factsOf, placeOf, type ReportDocument, thousands } from './document.ts'
import type { ReportFinding } from './report-finding.ts'

export function junitReport(report: ReportDocument): string {
  const suites = report.inputs.map((input, index) =>
    suite(
      input.path,
      input.records,
      report.findings.filter((finding) => finding.input === index),
    ),
  )
  const general = report.findings.filter((finding) => finding.input === null)
  if (general.length > 0) suites.push(suite('all inputs', 0, general))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="carryover validate">\n${suites.join('\n')}\n</testsuites>\n`
}

function suite(name: string, records: number, findings: readonly ReportFinding[]): string {
  const failures = findings.filter(fails)
  const cases = findings.map((finding) => {
    const title = xml(`${finding.code} ${placeOf(finding)}`)
    const message = xml(`${finding.title}: ${countOf(finding)}`)
    const rows = finding.rows
      .slice(0, 20)
      .map((row) => `record ${row.record ?? '-'}, line ${row.line ?? '-'}, byte ${row.byte ?? '-'} ${factsOf(row.facts)}`)
    const body = xml(`${finding.why}\n${finding.remedy}\n${rows.join('\n')}`)
    const inner = fails(finding)
      ? `<failure type="${finding.severity}" message="${message}">${body}</failure>`
      : `<system-out>${message}\n${body}</system-out>`
    return `    <testcase classname="${xml(name)}" name="${title}">${inner}</testcase>`
  })
  const read = `    <testcase classname="${xml(name)}" name="${counted(records, 'record', 'records', thousands(records))} read"/>`
  return [
    `  <testsuite name="${xml(name)}" tests="${findings.length + 1}" failures="${failures.length}">`,
    read,
    ...cases,
    '  </testsuite>',
  ].join('\n')
}

function fails(finding: ReportFinding): boolean {
  return finding.counts && (finding.severity === 'critical' || finding.severity === 'error')
}

/** Characters that XML 1.0 does not allow become U+FFFD. */
function xml(text: string): string {
  return Array.from(text, (char) => escapes[char] ?? (char < ' ' && !/[\t\n\r]/.test(char) ? '\uFFFD' : char)).join('')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
