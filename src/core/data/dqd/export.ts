/** Results of the dashboard with the column names that the DataQualityDashboard itself exports. */
import type { DqdReport, DqdResult } from './result.ts'

export type DqdRow = Readonly<Record<string, string | number | null>>

/** One row per check and place; counts and thresholds only, never a value of a record. */
export function dqdRows(report: DqdReport): DqdRow[] {
  return report.results.map(rowOf)
}

function rowOf(result: DqdResult): DqdRow {
  const { check, violated, of, threshold, state } = result
  return {
    checkId: idOf(result),
    checkName: check.name,
    checkLevel: check.level,
    checkDescription: check.description,
    cdmTableName: result.table.toUpperCase(),
    cdmFieldName: result.field?.toUpperCase() ?? null,
    conceptId: result.concept,
    context: check.context,
    category: check.category,
    subcategory: check.subcategory,
    severity: check.severity,
    numViolatedRows: violated,
    numDenominatorRows: of,
    pctViolatedRows: violated === null || of === null ? null : of === 0 ? 0 : violated / of,
    denominator: result.denominator,
    thresholdValue: threshold,
    passed: Number(state === 'passed'),
    failed: Number(state === 'failed'),
    notApplicable: Number(state === 'notApplicable'),
    notApplicableReason: state === 'notApplicable' ? result.why : '',
    isError: Number(state === 'error'),
    error: state === 'error' ? result.why : '',
  }
}

function idOf({ check, table, field, concept }: DqdResult): string {
  return [check.level, check.name, table, field, concept]
    .filter((part) => part !== null)
    .join('_')
    .toLowerCase()
}
