/** Device keys as text, the same in page and Node: those of bundles and of the command line. */
import type { Json } from '../../core/canonical.ts'
import type { BundleKey } from '../../core/project/exchange/reader-bundle.ts'
import { isMembers } from '../../core/values/json.ts'
import { algorithm, type KeyPair } from './signature-web.ts'

/** A key for one bundle: its private half travels sealed inside, to the one reader who has the passphrase. */
export async function makeBundleKey(): Promise<BundleKey> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { kty = '', crv = '', x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { publicKey: { kty, crv, x, y }, privateKey: { kty, crv, x, y, d } }
}

/** The key of a bundle as that of the device that opened it: from then on it can not be taken out. Null where it is no such key. */
export async function pairOfBundle(privateKey: Json): Promise<KeyPair | null> {
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
