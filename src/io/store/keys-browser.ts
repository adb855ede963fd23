/** Keys of this browser: for signing one per person, project and device, sealed under that person's passphrase; for backups one seal per project. */
import type { KeptSeal } from '../keys/seal.ts'
import type { SealedKey } from '../keys/signing-key.ts'
import type { BrowserStore } from './store-browser.ts'

/** Null where there is none, or only one of an early version that no passphrase guards: it signs no more, what it signed stays valid. */
export async function keptKey(store: BrowserStore, project: string, keyId: string): Promise<SealedKey | null> {
  const kept = await store.findKey(project, keyId)
  return kept && 'sealed' in kept ? kept : null
}

/** Where the store keeps the seal of a project's backups; erased with the project. */
const backupSeal = 'backup-seal'

/** The seal that closes the private part of backups; null where nobody chose a passphrase for them. */
export async function keptSeal(store: BrowserStore, project: string): Promise<KeptSeal | null> {
  const kept = await store.findKey(project, backupSeal)
  return kept && 'seal' in kept ? kept : null
}

export async function keepSeal(store: BrowserStore, project: string, seal: KeptSeal): Promise<void> {
  await store.keepKey(project, backupSeal, seal)
}
