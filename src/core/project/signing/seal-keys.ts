/**
 * The key that others seal for, by device: an entry of the device's own chain names it, signed with the key that the device's grant names. A
 * server that puts another key in its place breaks that signature.
 */
import { digestOf, type Json } from '../../canonical.ts'
import { isMembers } from '../../values/json.ts'
import type { Hand } from '../acts/hand.ts'
import type { Project } from '../format/project.ts'
import { type EntryDraft, type LedgerEntry, latestMoment, nextMoment, type SignatureFields } from '../ledger/ledger.ts'
import { signatureHolds, type Verifier } from './signature.ts'
import { keyEntries, signedIn } from './signed-heads.ts'

/** Action of the ledger. */
export const sealKeyed = 'seal-keyed'

export interface SealKey {
  readonly device: string
  /** JWK of an ECDH P-256 public key. */
  readonly key: Json
  readonly digest: string
  /** Digest of the key of the device's chain, which signed it. */
  readonly signedBy: string
}

/** What a device signs to say which key is sealed for it. */
export function sealKeyWords(project: string, device: string, key: Json): Json {
  return { format: 'carryover-seal-key/1', project, device, key }
}

/** @param signature of `sealKeyWords`, with the key of the device */
export function sealKeyDraft(
  { ledger }: Pick<Project, 'ledger'>,
  { device, actor, wall }: Hand,
  key: Json,
  signature: SignatureFields,
): EntryDraft {
  const time = nextMoment(latestMoment(ledger), wall)
  return { device, time, actor, action: sealKeyed, object: device, digest: digestOf(key), signature }
}

/** The first key that each device named and signed: a device that lost it goes on under another name. */
export async function sealKeysIn(
  project: Pick<Project, 'manifest'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<string, SealKey>> {
  const found = new Map<string, SealKey>()
  const devices = keyEntries(entries)
  for (const entry of entries) {
    const { action, device, digest, payload, publicKey } = entry
    if (action !== sealKeyed || found.has(device)) continue
    const signedBy = publicKey === undefined ? null : digestOf(publicKey)
    const key = isMembers(payload) ? payload.key : undefined
    if (key === undefined || signedBy === null || devices.get(device)?.digest !== signedBy) continue
    const isWhole =
      digestOf(payload ?? null) === digestOf(sealKeyWords(signedIn(project), device, key)) && digest === digestOf(key)
    if (isWhole && (await signatureHolds(entry, verifier))) found.set(device, { device, key, digest: digestOf(key), signedBy })
  }
  return found
}
