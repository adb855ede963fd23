/** One line per place, as CSV: for people in the spreadsheet mode, for programs in the machine mode. */

import { type CsvMode, csvLine } from '../../values/spreadsheet.ts'
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
  'patient',
  'safety',
  'state',
  'fingerprint',
]

export function csvReport(report: ReportDocument, mode: CsvMode = 'spreadsheet'): string {
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
        row.patient,
        finding.safety,
        finding.state,
        finding.fingerprint,
      ]
      lines.push(csvLine(cells, mode))
    }
  return `${lines.join('\r\n')}\r\n`
}
