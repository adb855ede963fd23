/** The results of the DataQualityDashboard in the form of its own JSON export. */
import type { ReportDocument } from './document.ts'

export function dqdReport(report: ReportDocument): string {
  const { dqd = [], notEvaluated } = report
  const total = (column: string): number => dqd.reduce((sum, row) => sum + Number(row[column]), 0)
  const Overview = {
    countTotal: dqd.length,
    countPassed: total('passed'),
    countFailed: total('failed'),
    countNotApplicable: total('notApplicable'),
    countError: total('isError'),
  }
  return `${JSON.stringify({ Metadata: report.tool, Overview, CheckResults: dqd, notEvaluated }, null, 2)}\n`
}
