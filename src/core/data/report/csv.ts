/** One line per place, as CSV for a spreadsheet: cells that a spreadsheet would run are neutralised by an apostrophe (CWE-1236). */
import { factsOf, placeOf, type ReportDocument } from './document.ts'

const columns = [
  'code',
  'severity',
  'input',
  'place',
  'record',
  'line',
  'byte',
  'id',
  'path',
  'facts',
  'value',
  'title',
  'remedy',
]

export function csvReport(report: ReportDocument): string {
  const lines = [columns.join(',')]
  for (const finding of report.findings)
    for (const row of finding.rows) {
      const input = finding.input === null ? '' : (report.inputs[finding.input]?.path ?? '')
      const cells = [
        finding.code,
        finding.severity,
        input,
        placeOf(finding),
        row.record,
        row.line,
        row.byte,
        row.id,
        row.path,
        factsOf(row.facts),
        row.value,
        finding.title,
        finding.remedy,
      ]
      lines.push(cells.map((cell) => csvCell(spreadsheetSafe(cell === null ? '' : String(cell)))).join(','))
    }
  return `${lines.join('\r\n')}\r\n`
}

/** RFC 4180: quoted where a delimiter, quote or line break stands inside. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const invisible = '[\\uFEFF\\u200B-\\u200F\\u2060\\s"]*'
const runs = new RegExp(`^${invisible}([=+\\-@|;＝＋－＠；\\t\\r\\n\\0]|%0A)`, 'i')
/** Plain numbers, signs alone and words after a hyphen stay readable. */
const harmless = /^([-+]?\d+([.,]\d+)*([eE][-+]?\d+)?|[-+]+|- [\p{L}\d ,.;()-]+)$/u

/** A cell that a spreadsheet would take for a formula gets one leading apostrophe; so does one that begins with an apostrophe. */
export function spreadsheetSafe(text: string): string {
  if (text.startsWith("'")) return `'${text}`
  return runs.test(text) && !harmless.test(text) ? `'${text}` : text
}
