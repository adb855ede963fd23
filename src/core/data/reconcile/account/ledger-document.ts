/** The totals of a reconciliation as a document that readiness can cite: counts, rules and digests, no value and no key. */
import type { Json } from '../../../canonical.ts'
import type { ReconcileResult } from './result.ts'

/** `inputs` are the files read, by side, name and digest. */
export function ledgerDocument(
  result: ReconcileResult,
  inputs: readonly { readonly side: string; readonly name: string; readonly sha256: string | null }[],
): Json {
  const { tables, fields, coverage, patients, patientsOff, patientsBySafety, unaccounted, unexplained, ambiguous } = result
  return {
    kind: 'ledger',
    format: 1,
    inputs: inputs.map(({ side, name, sha256 }) => ({ side, name, sha256 })),
    tables: tables.map(({ matched, ...one }) => ({ ...one, matched: { ...matched } })),
    fields: fields.map((one) => ({ ...one })),
    coverage: { ...coverage },
    patients,
    patientsOff,
    patientsBySafety: { ...patientsBySafety },
    unaccounted,
    unexplained,
    ambiguous,
    // Absent where everything was compared, so that such a document keeps its digest.
    ...(result.notCompared.length === 0
      ? {}
      : { notCompared: result.notCompared.map(({ what, target, safety }) => ({ what, target, safety })) }),
    findings: result.findings.map(({ code, severity, place, count, fingerprint }) => ({
      code,
      severity,
      place,
      count,
      fingerprint,
    })),
  }
}
