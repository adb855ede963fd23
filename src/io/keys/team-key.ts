/**
 * Keys of a team (team.md §5): 256 bits by chance per epoch, wrapped for each device by ECDH P-256 → HKDF-SHA-256 → AES-256-GCM. A wrap is
 * bound to project, epoch, device and to the commitment that a signed entry of the ledger names, so nobody hands out another key.
 */
import { fromBase64url, toBase64url } from '../../core/base64url.ts'
import { canonicalJson, type Json, utf8 } from '../../core/canonical.ts'
import { boundTo, isOfPlace, type KeyWrap, keyWrapText, readKeyWrap, type WrapPlace } from '../../core/team/sealed/key-wrap.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { type Bytes, hex, joined, random } from './bytes.ts'
import { recoveryFrom, recoveryText } from './recovery-text.ts'
import type { KeyPair } from './signature-web.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** The pair that others seal for; its private half can not be taken out. */
export async function generateSealPair(): Promise<KeyPair> {
  return await crypto.subtle.generateKey(curve, false, ['deriveBits'])
}

/** Public half as JWK. */
export async function sealKeyOf({ publicKey }: Pick<KeyPair, 'publicKey'>): Promise<Json> {
  const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { kty, crv, x, y }
}

export function newTeamKey(): Bytes {
  return random(32)
}

/** What a key is told by where it may not be said: nobody finds 256 bits of chance by trying. */
export async function commitmentOf(teamKey: Bytes, project: string, epoch: number): Promise<string> {
  const words = joined([utf8(`carryover-team-key-v1\n${canonicalJson([project, epoch])}\n`), teamKey])
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', words)))
}

/** @param publicKey JWK of the device's key, as its signed entry names it. Null where it is no key of P-256: whoever has the device wrote it */
export async function wrapFor(teamKey: Bytes, place: WrapPlace, publicKey: Json): Promise<string | null> {
  const theirs = await publicFrom(publicKey)
  if (!theirs) return null
  const ephemeral = await generateSealPair()
  const iv = random(12)
  const cipher = await cipherOf(ephemeral.privateKey, theirs, place)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(place) }, cipher, teamKey)
  const { project, epoch, device, key } = place
  return keyWrapText({
    format: 'carryover-key-wrap/1',
    project,
    epoch,
    device,
    key,
    ephemeral: await sealKeyOf(ephemeral),
    sealed: toBase64url(joined([iv, new Uint8Array(sealed)])),
  })
}

/** The key in a wrap; null where it is of another project, epoch or device, or holds another key than the ledger names. */
export async function openWrap(text: string, privateKey: CryptoKey, place: WrapPlace): Promise<Bytes | null> {
  const wrap: KeyWrap | null = readKeyWrap(text)
  const sealed = wrap && isOfPlace(wrap, place) ? fromBase64url(wrap.sealed) : null
  const theirs = wrap && sealed ? await publicFrom(wrap.ephemeral) : null
  if (!sealed || !theirs) return null
  try {
    const cipher = await cipherOf(privateKey, theirs, place)
    const bound = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: boundTo(place) }
    const teamKey = new Uint8Array(await crypto.subtle.decrypt(bound, cipher, sealed.subarray(12)))
    return teamKey.length === 32 && (await commitmentOf(teamKey, place.project, place.epoch)) === place.key ? teamKey : null
  } catch {
    // WebCrypto says no more than that it does not fit.
    return null
  }
}

async function cipherOf(own: CryptoKey, theirs: CryptoKey, place: WrapPlace): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own, 256)
  const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: utf8('carryover-key-wrap-v1'), info: boundTo(place) }
  return await crypto.subtle.deriveKey(parameters, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Only the members of a public P-256 key are handed on. */
async function publicFrom(key: Json): Promise<CryptoKey | null> {
  if (!isMembers(key)) return null
  const { kty, crv, x, y } = key
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return null
  return await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, true, []).catch(() => null)
}

export interface Recovery {
  /** JWK that every epoch is wrapped for, as for a device. */
  readonly key: Json
  /** base64url: its private half under the printed key. */
  readonly sealed: string
}

/** A key pair for the paper in the safe; `printed` is shown once and kept nowhere. */
export async function makeRecovery(project: string): Promise<{ readonly recovery: Recovery; readonly printed: string }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits'])
  const secret = random(20)
  const iv = random(12)
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const { kty = '', crv = '', x = '', y = '', d = '' } = jwk
  const cipher = await printedCipher(secret, project)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(project) },
    cipher,
    utf8(canonicalJson({ kty, crv, x, y, d })),
  )
  return {
    recovery: { key: await sealKeyOf(pair), sealed: toBase64url(joined([iv, new Uint8Array(sealed)])) },
    printed: recoveryText(secret),
  }
}

/** The private half; null where the printed key is another one. */
export async function openRecovery(recovery: Recovery, printed: string, project: string): Promise<CryptoKey | null> {
  const secret = recoveryFrom(printed)
  const sealed = fromBase64url(recovery.sealed)
  if (!secret || !sealed) return null
  try {
    const bound = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: utf8(project) }
    const text = await crypto.subtle.decrypt(bound, await printedCipher(secret, project), sealed.subarray(12))
    const read = parseJson(new TextDecoder().decode(text))
    if (!read.ok || !isMembers(read.value)) return null
    const { kty, crv, x, y, d } = read.value
    const jwk = { kty: String(kty), crv: String(crv), x: String(x), y: String(y), d: String(d) }
    return await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits'])
  } catch {
    return null
  }
}

async function printedCipher(secret: Bytes, project: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: utf8('carryover-team-recovery-v1'), info: utf8(project) }
  return await crypto.subtle.deriveKey(parameters, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
