/** The private part of a file, sealed, against the ledger beside it: what is sealed is named there, for good, before the file exists. */
import { digestOfBytes } from '../../canonical.ts'
import { sealedPath } from '../format/bundle.ts'
import type { ProjectFiles } from '../format/project.ts'
import { nowhere, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { bundleOpened } from '../sample/reader-chain.ts'
/** Action of the ledger: the private part leaves sealed, in the file that the entry names, under the digest of what is sealed. */
export const exported = 'exported'

/**
 * Why the sealed part is not that of the file whose ledger this is, as a sentence; null where it is. A file is named by the last entry of
 * its kind in it; copies that a reader saved of a bundle are files of the bundle. Files of early versions name no export at all.
 */
export function sealedTrouble(ledger: readonly LedgerEntry[], sealed: Uint8Array<ArrayBuffer>): string | null {
  // The opening is the first entry of a bundle's chain; anywhere else anybody could write one, and hide an export with it.
  const bundles = new Set(ledger.flatMap(({ action, seq, device }) => (action === bundleOpened && seq === 1 ? [device] : [])))
  const ofBundle = ledger[0]?.action === bundleOpened
  const named = ledger.findLast(({ action, device }) => action === exported && (ofBundle || !bundles.has(device)))
  if (!named || named.digest === digestOfBytes(sealed)) return null
  return `The sealed private part is not the one that the ledger names (${named.object}): it was put there from another file or an earlier backup.`
}

/** A sealed part that is not the one the ledger names; null where there is none, and where it is. */
export function checkSealed(files: ProjectFiles, entries: readonly LedgerEntry[]): Verdict | null {
  const sealed = files.get(sealedPath)
  const why = sealed ? sealedTrouble(entries, sealed) : null
  return why === null ? null : { ok: false, first: nowhere, why }
}
