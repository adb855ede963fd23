/** ECDSA P-256 through WebCrypto, the same in page, worker and Node ≥ 20. */

import type { Json } from '../../core/canonical.ts'
import type { Signer, Verifier } from '../../core/project/signing/signature.ts'
import { isMembers } from '../../core/values/json.ts'

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const signing = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Signature is raw r‖s, 64 bytes. A key or signature that WebCrypto refuses does not verify. */
export const webVerifier: Verifier = async (publicKey, signature, bytes) => {
  const jwk = publicJwk(publicKey)
  if (!jwk || signature.length !== 64) return false
  try {
    const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
    return await crypto.subtle.verify(signing, key, signature, bytes)
  } catch {
    return false
  }
}

/** A key pair whose private half can not be exported. */
export async function generateKeyPair() {
  return await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
}

/** Page and Node name this type differently; it is the same thing. */
export type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

export async function signerOf(pair: KeyPair): Promise<Signer> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return {
    publicKey: { kty: kty ?? '', crv: crv ?? '', x: x ?? '', y: y ?? '' },
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(signing, pair.privateKey, bytes)),
  }
}

/** Only the members of a public P-256 key: whatever else a file claims is not handed to WebCrypto. */
function publicJwk(value: Json): { kty: string; crv: string; x: string; y: string } | null {
  if (!isMembers(value)) return null
  const { kty, crv, x, y } = value
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return null
  return { kty, crv, x, y }
}
