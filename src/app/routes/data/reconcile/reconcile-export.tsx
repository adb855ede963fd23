/** What leaves a reconciliation: counts and places, and the explanations that come back. */
import { FileTrigger } from 'react-aria-components'
import { canonicalJson } from '../../../../core/canonical.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { ledgerDocument } from '../../../../core/data/reconcile/account/ledger-document.ts'
import { declaredOf, maskedTotal } from '../../../../core/data/reconcile/account/masked-totals.ts'
import { openRecordsCsv } from '../../../../core/data/reconcile/account/open-records.ts'
import { reconcileJson, reconcileMarkdown } from '../../../../core/data/reconcile/account/report.ts'
import type { ReconcileResult } from '../../../../core/data/reconcile/account/result.ts'
import type { Finding } from '../../../../core/finding.ts'
import { maskOf } from '../../../../core/mask.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { Button } from '../../../components/button.tsx'
import type { MenuChoice } from '../../../components/menu-button.tsx'
import { openProject } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { readOpenMapping } from '../acts/mapping.ts'
import { importExplanations } from '../acts/reconcile.ts'

type Format = 'markdown' | 'json' | 'unaccounted' | 'ledger'

export const exportChoices: readonly MenuChoice<Format>[] = [
  { id: 'markdown', label: 'Markdown', detail: 'a page for a ticket or a wiki, without values' },
  { id: 'json', label: 'JSON', detail: 'the same document as carryover reconcile, without values' },
  {
    id: 'unaccounted',
    label: 'Unaccounted records (CSV)',
    detail: 'file, line, key and why; keys are masked until values are revealed',
  },
  { id: 'ledger', label: 'Conservation ledger (JSON)', detail: 'totals, rules and digests that readiness can cite' },
]

/** @param revealed whether keys of records leave in clear */
export function exportReconciliation(
  format: Format,
  found: ReconcileResult,
  read: readonly SourceEntry[],
  revealed: boolean,
): void {
  // Codes of the field map leave the page, days do not: what is sent on is not looked at by its reader alone.
  const declared = declaredOf(readOpenMapping(openProject().mapping).mapping.values, [])
  const result = {
    ...found,
    totals: found.totals.map((total) => maskedTotal(total, maskOf, declared)),
    findings: found.findings.map(withoutRows),
  }
  const names = { wording: wordingOf, paths: read.map(({ name }) => name), reveal: false }
  if (format === 'markdown') download('reconciliation.md', reconcileMarkdown(result, names), 'text/markdown')
  else if (format === 'unaccounted')
    download('unaccounted.csv', openRecordsCsv(found.open, names.paths, revealed ? (key) => key : maskOf), 'text/csv')
  else if (format === 'json') {
    const document = reconcileJson(result, names)
    download('reconciliation.json', `${JSON.stringify(document, null, 2)}\n`, 'application/json')
  } else {
    const inputs = read.map(({ side, name, sha256 }) => ({ side, name, sha256 }))
    download('conservation-ledger.json', `${canonicalJson(ledgerDocument(result, inputs))}\n`, 'application/json')
  }
}

/** Records that people accounted for come back as a file: side, table, record, state, into, reason, by. */
export function ExplainButton() {
  return (
    <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(list) => list?.[0] && void importExplanations(list[0])}>
      <Button>Import explanations…</Button>
    </FileTrigger>
  )
}

/** Rows of a comparison name patients by the ids of their resources: what is sent has counts and places alone. */
function withoutRows(finding: Finding): Finding {
  return { ...finding, sample: [] }
}
