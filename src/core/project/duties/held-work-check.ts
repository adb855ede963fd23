/** Whether an acceptance of held work holds. */
import { digestOf } from '../../canonical.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { signatureHolds, type Verifier } from '../signing/signature.ts'
import { acceptanceOf } from './held-work.ts'

/** Why an acceptance does not hold; null where it does. `mayAccept` says whether its person had the role and the key for it there. */
export async function acceptanceFault(
  projectId: string,
  entry: LedgerEntry,
  mayAccept: boolean,
  verifier: Verifier,
): Promise<string | null> {
  const acceptance = acceptanceOf(entry)
  if (acceptance?.format !== 'carryover-held/1') return 'it accepts nothing that can be read'
  if (acceptance.project !== projectId) return `it was made in another project (${acceptance.project})`
  if (acceptance.reason.trim() === '') return 'it gives no reason'
  if (entry.digest !== digestOf(acceptance)) return 'it names another acceptance than the one it carries'
  if (!(await signatureHolds(entry, verifier))) return 'its signature is not valid'
  if (acceptance.device === entry.device) return `${entry.actor} can not accept what was recorded on the own device`
  return mayAccept ? null : `${entry.actor} is neither owner nor administrator with that key`
}
