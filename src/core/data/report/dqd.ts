/** The results of the DataQualityDashboard in the form of its own JSON export. */
import type { DqdRow } from '../dqd/export.ts'
import { type ReportDocument, thousands } from './document.ts'

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

/** How the dashboard ended in one sentence, and what failed as check, place and count. */
export interface DashboardSummary {
  readonly sentence: string
  readonly failed: readonly { readonly check: string; readonly place: string; readonly count: string }[]
}

export function dashboardSummary(rows: readonly DqdRow[]): DashboardSummary {
  const failed = rows.filter((row) => row.failed === 1 || row.isError === 1)
  const passed = rows.filter((row) => row.passed === 1).length
  const untested = rows.length - failed.length - passed
  return {
    sentence: `DataQualityDashboard: ${thousands(rows.length)} checks, ${thousands(passed)} passed, ${thousands(failed.length)} failed, ${thousands(untested)} not applicable`,
    failed: failed.map((row) => ({
      check: String(row.checkName),
      place: [row.cdmTableName, row.cdmFieldName, row.conceptId].filter((part) => part !== null).join('.'),
      count: row.isError === 1 ? String(row.error) : `${row.numViolatedRows} of ${row.numDenominatorRows} ${row.denominator}`,
    })),
  }
}
