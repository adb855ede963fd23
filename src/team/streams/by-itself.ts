/** What a page sends without a person doing anything: it keeps no session alive. */
import { paths } from '../../core/project/format/documents.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { readFilesItem } from '../../core/team/files-item.ts'

/** The board notes these by itself, on whatever page shows it. */
const noted: ReadonlySet<string> = new Set(['gate-changed', 'risk-opened', 'risk-closed'])

/** Worked out from other documents, or signed with each entry. */
const derived = /^(?:workflows\/[^/]+\/simulated\.json|readiness\/history\.jsonl)$/

/** Whether an item of a stream holds nothing that a person did. */
export function isSentByItself(stream: string, body: Uint8Array): boolean {
  if (stream === 'ledger') {
    const { entries } = readLedger(new TextDecoder().decode(body))
    return entries.length > 0 && entries.every(({ action }) => noted.has(action))
  }
  const reading = stream === 'files' ? readFilesItem(body) : null
  return reading?.ok === true && Object.keys(reading.item.files).every((path) => path === paths.heads || derived.test(path))
}
