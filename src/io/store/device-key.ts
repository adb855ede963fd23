/** The key that signs this device's chain of a project: made here, kept with the project, never to be taken out of the browser's store. */
import { generateKeyPair } from '../keys/signature-web.ts'
import type { BrowserStore } from './store-browser.ts'

const named = (device: string): string => `device ${device}`

/** The key pair of this device in this project; null before it has one. */
export async function deviceKey(store: BrowserStore, project: string, device: string): Promise<CryptoKeyPair | null> {
  const kept = await store.findKey(project, named(device))
  return kept && 'privateKey' in kept ? kept : null
}

/** Keeps a pair before it signs anything: the one given, else a new one. */
export async function keepDeviceKey(
  store: BrowserStore,
  project: string,
  device: string,
  given: CryptoKeyPair | null,
): Promise<CryptoKeyPair> {
  const pair = given ?? (await generateKeyPair())
  await store.keepKey(project, named(device), pair)
  return pair
}
