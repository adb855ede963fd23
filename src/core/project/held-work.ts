/**
 * Work of an old copy that was held back because its person had no role: somebody entitled to it accepts it by name, with a reason and a
 * signature, up to one entry of one device's chain. What follows that entry is judged anew.
 */
import { digestOf, type Json } from '../canonical.ts'
import type { LedgerEntry } from './ledger.ts'
import { type Field, misfit, object } from './shape.ts'
import { signatureHolds, type Verifier } from './signature.ts'

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

/** Acts that no acceptance lets in: a grant holds by its own signature, and nobody accepts in the name of somebody who may not. */
const neverAccepted: ReadonlySet<string> = new Set(['role-granted', 'fork-settled', heldAccepted])

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
