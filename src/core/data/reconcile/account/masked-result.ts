/** The result of a reconciliation as it may leave the machine that read the files. */
import { maskOf } from '../../../mask.ts'
import type { ValueMaps } from '../../model/carried.ts'
import { maskedSighting } from '../../report/masked-result.ts'
import { maskedTotals } from './masked-totals.ts'
import type { ReconcileResult } from './result.ts'

export function maskedReconciliation(result: ReconcileResult, values: ValueMaps): ReconcileResult {
  return {
    ...result,
    totals: maskedTotals(result, values, maskOf),
    open: result.open.map((record) => ({ ...record, key: record.key === '' ? '' : maskOf(record.key) })),
    findings: result.findings.map((finding) => ({ ...finding, sample: finding.sample.map(maskedSighting) })),
  }
}
