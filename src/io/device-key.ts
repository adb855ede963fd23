/** The key that signs this device's chain of a project: made here, kept with the project, never to be taken out of the browser's store. */
import type { Json } from '../core/canonical.ts'
import { isMembers } from '../core/project/json.ts'
import type { BundleKey } from '../core/project/reader-bundle.ts'
import { algorithm, generateKeyPair } from './signature-web.ts'
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

/** A key for one bundle: its private half travels sealed inside, to the one reader who has the passphrase. */
export async function makeBundleKey(): Promise<BundleKey> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { kty = '', crv = '', x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { publicKey: { kty, crv, x, y }, privateKey: { kty, crv, x, y, d } }
}

/** The key of a bundle as that of the device that opened it: from then on it can not be taken out. Null where it is no such key. */
export async function pairOfBundle(privateKey: Json): Promise<CryptoKeyPair | null> {
  if (!isMembers(privateKey)) return null
  const { kty, crv, x, y, d } = privateKey
  if (kty !== 'EC' || typeof crv !== 'string' || typeof x !== 'string' || typeof y !== 'string' || typeof d !== 'string')
    return null
  const open = { kty, crv, x, y }
  return {
    publicKey: await crypto.subtle.importKey('jwk', open, algorithm, true, ['verify']),
    privateKey: await crypto.subtle.importKey('jwk', { ...open, d }, algorithm, false, ['sign']),
  }
}
