/** One form of each signature, standing once: what anybody could write from a signature that is there is no second one (A5 of the trials). */
import { fromBase64url } from '../../base64url.ts'
import { digestOf } from '../../canonical.ts'
import { nameOf } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { isLowS } from './low-s.ts'

/** Where signatures first stand, and where devices got keys: one pass for a whole ledger. */
export interface SignatureForms {
  readonly firstKeyed: number
  /** First place of each signature and of each signed page. */
  readonly first: ReadonlyMap<string, number>
}

export function signatureForms(entries: readonly LedgerEntry[]): SignatureForms {
  const first = new Map<string, number>()
  for (const [index, entry] of entries.entries()) for (const name of namesOf(entry)) if (!first.has(name)) first.set(name, index)
  return { firstKeyed: entries.findIndex(({ action }) => action === 'device-keyed'), first }
}

function namesOf({ action, signature, payload }: LedgerEntry): readonly string[] {
  if (signature === undefined) return []
  // A page has its moment and the head it stands on, so no two are alike.
  return action === 'signed' && payload !== undefined ? [signature, digestOf(payload)] : [signature]
}

/**
 * Why the signature of this entry is no signature of its own, as the rest of a sentence; null where it is. Versions before devices had keys
 * wrote either of the two forms, so there both count.
 */
export function formFault(entries: readonly LedgerEntry[], index: number, forms = signatureForms(entries)): string | null {
  const entry = entries[index]
  if (entry?.signature === undefined) return null
  for (const name of namesOf(entry)) {
    const first = forms.first.get(name) ?? index
    if (first < index) return `repeats that of entry ${nameOf(entries[first])}: one signature speaks once.`
  }
  const bytes = fromBase64url(entry.signature)
  if (bytes?.length !== 64) return 'is not written as signatures are: it was cut, lengthened or rewritten.'
  if (forms.firstKeyed >= 0 && index > forms.firstKeyed && !isLowS(bytes))
    return 'has the other of its two forms: it was rewritten by somebody without the key.'
  return null
}
