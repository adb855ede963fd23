/**
 * A signing key under a passphrase: the private half leaves the worker that made it only sealed, and is opened for one signature at a time.
 * Whoever sits at this browser without the passphrase signs nothing.
 */
import { type Json, utf8 } from '../../core/canonical.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { type PassphraseCost, type StretchPassphrase, sealedCost } from './passphrase-cost.ts'
import { openSealed, sealFiles } from './seal.ts'
import { algorithm, signing } from './signature-web.ts'

/** What a browser keeps of a key. */
export interface SealedKey {
  /** JWK of an ECDSA P-256 public key. */
  readonly publicKey: Json
  readonly sealed: Uint8Array<ArrayBuffer>
}

const path = 'private/signing-key.json'

/** A new key; the recovery key opens it where the passphrase is lost, is shown once and kept nowhere. */
export async function makeSigningKey(
  passphrase: string,
  stretch: StretchPassphrase,
  cost: PassphraseCost = sealedCost,
): Promise<{ readonly key: SealedKey; readonly recoveryKey: string }> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const { kty = '', crv = '', x = '', y = '', d = '' } = jwk
  const files = new Map([[path, utf8(`${JSON.stringify({ kty, crv, x, y, d })}\n`)]])
  const { bytes, recoveryKey } = await sealFiles(files, passphrase, stretch, cost)
  return { key: { publicKey: { kty, crv, x, y }, sealed: bytes }, recoveryKey }
}

export type SignedBytes =
  | { readonly ok: true; readonly signature: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly problem: string }

/** Signs with passphrase or recovery key; a wrong one signs nothing. */
export async function signWithKey(
  sealed: Uint8Array<ArrayBuffer>,
  secret: string,
  bytes: Uint8Array<ArrayBuffer>,
  stretch: StretchPassphrase,
): Promise<SignedBytes> {
  const opened = await openSealed(sealed, secret, stretch)
  const text = opened.ok ? new TextDecoder().decode(opened.files.get(path)) : ''
  const read = parseJson(text)
  if (!read.ok || !isMembers(read.value))
    return { ok: false, problem: 'Nothing was signed: this is neither the passphrase of your key nor its recovery key.' }
  const { kty, crv, x, y, d } = read.value
  const jwk = { kty: String(kty), crv: String(crv), x: String(x), y: String(y), d: String(d) }
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  return { ok: true, signature: new Uint8Array(await crypto.subtle.sign(signing, key, bytes)) }
}
