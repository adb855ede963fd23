/** V5: every signature is valid for its text, made for this project, by a key that somebody had enrolled before. */
import { digestOf } from '../canonical.ts'
import { nameOf, type Place, type Verdict } from './chain.ts'
import type { LedgerEntry } from './ledger.ts'
import { jsonOf } from './save.ts'
import { payloadOf, signatureHolds, type Verifier } from './signature.ts'

/** `projectId` is null where the ledger lies alone. */
export async function checkSignatures(
  projectId: string | null,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  let signatures = 0
  for (const [index, entry] of entries.entries()) {
    if (entry.action !== 'signed') continue
    signatures++
    const why = await signatureFault(projectId, entries, index, verifier)
    if (why) return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} ${why}` }
  }
  return { ok: true, why: signatures === 0 ? 'Nothing is signed yet.' : `${signatures} valid.` }
}

/** Why the signature at this index does not count, as the rest of a sentence; null when it does. */
export async function signatureFault(
  projectId: string | null,
  entries: readonly LedgerEntry[],
  index: number,
  verifier: Verifier,
): Promise<string | null> {
  const entry = entries[index]
  const payload = entry ? payloadOf(entry) : null
  if (!entry || !payload || entry.publicKey === undefined) return 'has no readable payload or key.'
  if (entry.digest !== digestOf(jsonOf(payload))) return 'names another content than the one it carries.'
  if (projectId !== null && payload.project.id !== projectId) return `was made for another project (${payload.project.id}).`
  const key = digestOf(entry.publicKey)
  if (!entries.slice(0, index).some((each) => each.action === 'key-enrolled' && each.digest === key))
    return 'was made with a key that nobody had enrolled by then.'
  return (await signatureHolds(entry, verifier)) ? null : 'is not valid: the text or the key was changed.'
}
