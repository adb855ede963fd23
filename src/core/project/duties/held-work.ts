/**
 * Work of an old copy that was held back because its person had no role: somebody entitled to it accepts it by name, with a reason and a
 * signature, up to one entry of one device's chain. What follows that entry is judged anew.
 */

import * as v from 'valibot'
import { fits, type Kept, object } from '../../values/document.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { AcceptedWork } from '../signing/signature-page.ts'

export const heldAccepted = 'held-accepted'

const heldAcceptance = object({
  format: v.literal('carryover-held/1'),
  project: v.string(),
  /** Whose chain, and the hash of the last entry accepted; the chain leads to those before. */
  device: v.string(),
  last: v.string(),
  /** How many entries, the last one among them. */
  entries: v.number(),
  reason: v.string(),
})
/** What is signed. */
export type HeldAcceptance = Kept<typeof heldAcceptance>

export function acceptanceOf({ payload }: LedgerEntry): HeldAcceptance | null {
  return fits(payload, heldAcceptance) ? payload : null
}

/** In the order of the ledger. Whether each holds is the business of V6. */
export function acceptedWorkIn(entries: readonly LedgerEntry[]): readonly AcceptedWork[] {
  return entries.flatMap((entry) => {
    const accepted = entry.action === heldAccepted ? acceptanceOf(entry) : null
    if (!accepted) return []
    const { device, entries: count, reason } = accepted
    return [{ device, entries: count, by: entry.actor, reason, at: entry.time.wall }]
  })
}

/**
 * Acts that no acceptance lets in: a grant holds by its own signature, and what a person signs or waives is that person's to give again,
 * with the role for it. Otherwise one administrator could make up a review and its approval.
 */
const neverAccepted: ReadonlySet<string> = new Set([
  'role-granted',
  'fork-settled',
  heldAccepted,
  'signed',
  'duty-waived',
  'origin-signed',
  'safety-signed',
  'hazard-accepted',
  'private-shared',
  'private-withdrawn',
])

/** The entries of a chain, in its order, that can be accepted: those before the first that nobody accepts for another. */
export function acceptableOf(chain: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const end = chain.findIndex(({ action }) => neverAccepted.has(action))
  return end < 0 ? chain : chain.slice(0, end)
}

/** Hashes of the entries that these acceptances let in. Nobody's acceptance covers what the same person did. */
export function acceptedHashes(
  entries: readonly LedgerEntry[],
  acceptances: readonly { readonly by: string; readonly acceptance: HeldAcceptance }[],
): ReadonlySet<string> {
  const byHash = new Map(entries.map((entry) => [entry.hash, entry]))
  const accepted = new Set<string>()
  for (const { by, acceptance } of acceptances) {
    let entry = byHash.get(acceptance.last)
    for (let n = 0; n < acceptance.entries && entry?.device === acceptance.device; n++) {
      if (!neverAccepted.has(entry.action) && entry.actor !== by) accepted.add(entry.hash)
      entry = byHash.get(entry.prev)
    }
  }
  return accepted
}
