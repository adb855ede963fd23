/** Time stamps over the open ledger, as files: this browser sends and fetches nothing. */
import { beginningWith, headOf } from '../../../../core/project/ledger/head.ts'
import type { LedgerEntry } from '../../../../core/project/ledger/ledger.ts'
import { readTimeStamp, timeStampRequest } from '../../../../core/project/time-stamp/time-stamp.ts'
import { checkTimeStamp, type StampVerdict } from '../../../../io/keys/time-stamp-web.ts'
import { download } from '../../../window/download.ts'

export function exportStampRequest(ledger: readonly LedgerEntry[]): void {
  download('ledger-head.tsq', timeStampRequest(headOf(ledger).digest), 'application/timestamp-query')
}

/** Answers are a few kilobytes; what is larger is none. */
const mostBytes = 1_000_000

/** The head of now, or any that this ledger led through: work goes on while an authority answers. */
export async function checkStampAnswer(ledger: readonly LedgerEntry[], file: File): Promise<Pick<StampVerdict, 'ok' | 'why'>> {
  if (file.size > mostBytes) return { ok: false, why: 'This is no answer of a time-stamp authority (RFC 3161).' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const read = readTimeStamp(bytes)
  const { imprint } = read.ok ? read.stamp : { imprint: null }
  return await checkTimeStamp(bytes, imprint !== null && beginningWith(ledger, imprint) !== null ? [imprint] : [])
}
