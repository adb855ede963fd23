/** Signing keys of this browser: one per person, project and device, sealed under that person's passphrase. */
import type { SealedKey } from './signing-key.ts'
import type { BrowserStore } from './store-browser.ts'

/** Null where there is none, or only one of an early version that no passphrase guards: it signs no more, what it signed stays valid. */
export async function keptKey(store: BrowserStore, project: string, keyId: string): Promise<SealedKey | null> {
  const kept = await store.findKey(project, keyId)
  return kept && 'sealed' in kept ? kept : null
}
