/**
 * Work of an old copy that was held back because its person had no role: somebody entitled to it accepts it by name, with a reason and a
 * signature, up to one entry of one device's chain. What follows that entry is judged anew.
 */
import type { Json } from '../../canonical.ts'
import { type Field, misfit, object } from '../format/shape.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { AcceptedWork } from '../signing/signature-shape.ts'
export const heldAccepted = 'held-accepted'

/** What is signed. */
export type HeldAcceptance = {
  readonly format: 'carryover-held/1'
  readonly project: string
  /** Whose chain, and the hash of the last entry accepted; the chain leads to those before. */
  readonly device: string
  readonly last: string
  /** How many entries, the last one among them. */
  readonly entries: number
  readonly reason: string
}

const shape: Field = object(
  ['format', 'text'],
  ['project', 'text'],
  ['device', 'text'],
  ['last', 'text'],
  ['entries', 'number'],
  ['reason', 'text'],
)

export function acceptanceOf({ payload }: LedgerEntry): HeldAcceptance | null {
  return payload !== undefined && isAcceptance(payload) ? payload : null
}

function isAcceptance(value: Json): value is Json & HeldAcceptance {
  return misfit(value, shape) === null
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
