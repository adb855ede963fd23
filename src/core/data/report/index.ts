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

/**
 * One document per input, each on its own line. What is about no single input (findings between files, the dashboard) is told with the
 * first. `recordsWithErrors` counts over all inputs, so that it is known for a run of one only.
 */
function ndjsonReport(report: ReportDocument): string {
  const { dqd, ...rest } = report
  return report.inputs
    .map((input, index) => {
      const isOwn = (of: number | null): boolean => of === index || (of === null && index === 0)
      const findings = report.findings
        .filter((finding) => isOwn(finding.input))
        .map((finding) => ({ ...finding, input: finding.input === null ? null : 0 }))
      const recordsWithErrors = report.inputs.length === 1 ? report.summary.recordsWithErrors : null
      const summary = { critical: 0, error: 0, warning: 0, info: 0, recordsWithErrors }
      for (const finding of findings) summary[finding.severity] += finding.count
      const quality = report.quality.filter((entry) => entry.input === index).map((entry) => ({ ...entry, input: 0 }))
      const dashboard = index === 0 && dqd !== undefined ? { dqd } : {}
      return `${JSON.stringify({ ...rest, inputs: [input], summary, findings, quality, ...dashboard })}\n`
    })
    .join('')
}
