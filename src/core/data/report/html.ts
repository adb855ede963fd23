/** One page for people who were not there: a single file without script, readable in light and dark, and on paper. No values, whatever was asked. */
import { safetyWords } from '../blast-radius/severity-table.ts'
import { countOf, factsOf, placeOf, type ReportDocument, summaryOf, thousands } from './document.ts'
import { dashboardSummary } from './dqd.ts'
import type { ReportFinding, ReportRow } from './report-finding.ts'
import { comparisonSentence, riskSentences, sentenceOf } from './sentence.ts'

const shownPlaces = 20

export function htmlReport(report: ReportDocument): string {
  const { findings, inputs, notEvaluated } = report
  const parts = [
    `<h1>Data check</h1>`,
    `<p class="sum">${htmlText(`${report.partial ? 'Interrupted, partial result: ' : ''}${summaryOf(report.summary)}.`)}</p>`,
    ...riskSentences(report).map((sentence) => `<p>${htmlText(sentence)}</p>`),
    ...comparisonSentence(report).map((sentence) => `<p>${htmlText(sentence)}</p>`),
    '<h2>Files</h2>',
    table(
      ['File', 'Records', 'Bytes', 'Encoding', 'Patients by', 'Status'],
      inputs.map((input) => [
        input.path,
        thousands(input.records),
        thousands(input.bytes),
        input.encoding ?? '',
        input.patients ?? '',
        input.status,
      ]),
      [1, 2],
    ),
    '<h2>Findings</h2>',
    findings.length === 0 ? '<p>Nothing was found.</p>' : overview(report),
    ...findings.map((finding) => detail(finding, report)),
    ...dashboard(report),
    ...(notEvaluated.length > 0
      ? [
          '<h2>Not evaluated</h2>',
          table(
            ['What', 'Why'],
            notEvaluated.map(({ what, why }) => [what, why]),
            [],
          ),
        ]
      : []),
    `<footer>carryover ${htmlText(report.tool.version)} · ${htmlText(report.run.started)} · no values of cells are in this page</footer>`,
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Data check</title>
<style>
${style}
</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`
}

function dashboard({ dqd }: ReportDocument): string[] {
  if (dqd === undefined) return []
  const { sentence, failed } = dashboardSummary(dqd)
  const rows = failed.map(({ check, place, count }) => [check, place, count])
  return [
    `<h2>${htmlText(sentence)}</h2>`,
    ...(rows.length === 0 ? [] : [table(['Failed check', 'Where', 'How many'], rows, [])]),
  ]
}

function overview(report: ReportDocument): string {
  return table(
    ['Severity', 'What', 'Where', 'How many', 'Patients', 'State'],
    report.findings.map((finding) => [
      finding.severity,
      finding.title,
      `${fileOf(finding, report)}${placeOf(finding)}`,
      countOf(finding),
      finding.patients === null ? '' : thousands(finding.patients),
      stateOf(finding),
    ]),
    [3, 4],
  )
}

function detail(finding: ReportFinding, report: ReportDocument): string {
  const lines = [
    `<section class="${finding.severity}">`,
    `<h3>${htmlText(`${finding.severity}: ${finding.title}`)} <code>${htmlText(finding.code)}</code></h3>`,
    `<p>${htmlText(sentenceOf(finding, report))}</p>`,
    ...[finding.why, finding.severityBecause ?? '', finding.facts.length > 0 ? `${factsOf(finding.facts)}.` : '']
      .filter((part) => part !== '')
      .map((part) => `<p>${htmlText(part)}</p>`),
    ...about(finding),
    finding.rows.length === 0 ? '' : places(finding.rows, finding.count),
    '</section>',
  ]
  return lines.filter((line) => line !== '').join('\n')
}

function about({ safety, kahn, acceptance, fingerprint }: ReportFinding): string[] {
  const words = [
    safety === null ? null : `about ${safetyWords[safety]}`,
    kahn === null ? null : `${kahn.category}${kahn.sub === null ? '' : `, ${kahn.sub}`}`,
    acceptance === null
      ? null
      : `${acceptance.lapsed === null ? 'accepted' : `accepted once (${acceptance.lapsed})`} by ${acceptance.by}: ${acceptance.reason}`,
    `fingerprint ${fingerprint.slice(0, 12)}`,
  ]
  return [`<p class="note">${htmlText(words.filter((word) => word !== null).join(' · '))}</p>`]
}

function places(rows: readonly ReportRow[], count: number): string {
  const shown = rows.slice(0, shownPlaces)
  const body = shown.map((row) =>
    [row.record, row.line, row.byte, row.patient, row.path ?? factsOf(row.facts)].map((cell) =>
      cell === null ? '' : String(cell),
    ),
  )
  const rest = count > shown.length ? `<p class="note">and ${thousands(count - shown.length)} more</p>` : ''
  return `${table(['Record', 'Line', 'Byte', 'Patient', 'What is known'], body, [0, 1, 2, 3])}${rest}`
}

function stateOf({ state, acceptance }: ReportFinding): string {
  return [state, acceptance === null ? null : acceptance.lapsed === null ? 'accepted' : acceptance.lapsed]
    .filter((word) => word !== null)
    .join(', ')
}

function fileOf(finding: ReportFinding, report: ReportDocument): string {
  return finding.input === null ? '' : `${report.inputs[finding.input]?.path ?? ''}: `
}

function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[]): string {
  const cell = (tag: string, value: string, column: number): string =>
    `<${tag}${numbers.includes(column) ? ' class="n"' : ''}>${htmlText(value)}</${tag}>`
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((value, i) => cell(tag, value, i)).join('')}</tr>`
  return `<table><thead>${line('th', head)}</thead><tbody>${rows.map((row) => line('td', row)).join('\n')}</tbody></table>`
}

/** Names of files and columns are foreign text: they are text and nothing else, and controls and direction marks are made visible. */
export function htmlText(value: string): string {
  return Array.from(value, (char) => escapes[char] ?? (hidden.test(char) ? '\uFFFD' : char)).join('')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const hidden = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u

const style = `:root { color-scheme: light dark; --line: #8886; --critical: #b00020; --error: #b3261e; --warning: #8a6100; --info: #3a5a8c; }
@media (prefers-color-scheme: dark) { :root { --critical: #ff8a94; --error: #ffb4ab; --warning: #f2c14e; --info: #a8c7fa; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
.sum { font-size: 1.1rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
section { border-left: 4px solid var(--line); padding: .25rem 0 .25rem 1rem; margin: 1.25rem 0; }
.critical { border-color: var(--critical); } .error { border-color: var(--error); } .warning { border-color: var(--warning); } .info { border-color: var(--info); }
.note, footer, code { font-size: .85em; opacity: .85; }
@media print { body { font-size: 10pt; } main { max-width: none; padding: 0; } section, tr { break-inside: avoid; } thead { display: table-header-group; } }`
