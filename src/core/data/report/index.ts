/** All formats a validation can be written in. */
import { csvReport } from './csv.ts'
import type { ReportDocument } from './document.ts'
import { dqdReport } from './dqd.ts'
import { frictionlessReport } from './frictionless.ts'
import { htmlReport } from './html.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import { operationOutcomeReport } from './operation-outcome.ts'
import { sarifReport } from './sarif.ts'
import { textReport } from './text.ts'

/** Renderers by the name that `--format` takes. */
export const reportFormats: ReadonlyMap<string, (report: ReportDocument) => string> = new Map([
  ['text', textReport],
  ['json', (report: ReportDocument) => `${JSON.stringify(report, null, 2)}\n`],
  ['ndjson', ndjsonReport],
  ['csv', (report: ReportDocument) => csvReport(report, 'spreadsheet')],
  ['csv-machine', (report: ReportDocument) => csvReport(report, 'machine')],
  ['sarif', sarifReport],
  ['junit', junitReport],
  ['operationoutcome', operationOutcomeReport],
  ['frictionless', frictionlessReport],
  ['markdown', markdownReport],
  ['html', htmlReport],
  ['dqd', dqdReport],
])

/** One document per input, each on its own line. `recordsWithErrors` counts over all inputs of the run and is left out. */
function ndjsonReport(report: ReportDocument): string {
  return report.inputs
    .map((input, index) => {
      const findings = report.findings.filter((finding) => finding.input === index).map((finding) => ({ ...finding, input: 0 }))
      const summary = { critical: 0, error: 0, warning: 0, info: 0 }
      for (const finding of findings) summary[finding.severity] += finding.count
      const quality = report.quality.filter((entry) => entry.input === index).map((entry) => ({ ...entry, input: 0 }))
      return `${JSON.stringify({ ...report, inputs: [input], summary, findings, quality })}\n`
    })
    .join('')
}
