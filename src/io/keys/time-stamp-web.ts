/** The signature of a time stamp through WebCrypto: RSA (PKCS #1 and PSS) and ECDSA over the three curves of NIST. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { partsOf, readDer, writeDer } from '../../core/project/time-stamp/der.ts'
import { readTimeStamp, rsaPss, type SignedPart } from '../../core/project/time-stamp/time-stamp.ts'

export interface StampVerdict {
  readonly ok: boolean
  readonly why: string
  /** RFC 3339; null where it could not be read. */
  readonly time: string | null
  readonly policy: string | null
}

const digests: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
])

/** Signature algorithms that name their digest. */
const withDigest: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.11', 'SHA-256'],
  ['1.2.840.113549.1.1.12', 'SHA-384'],
  ['1.2.840.113549.1.1.13', 'SHA-512'],
  ['1.2.840.10045.4.3.2', 'SHA-256'],
  ['1.2.840.10045.4.3.3', 'SHA-384'],
  ['1.2.840.10045.4.3.4', 'SHA-512'],
])

const curves: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['1.2.840.10045.3.1.7', { name: 'P-256', bytes: 32 }],
  ['1.3.132.0.34', { name: 'P-384', bytes: 48 }],
  ['1.3.132.0.35', { name: 'P-521', bytes: 66 }],
])

/** @param heads heads that the stamp may be of: that of now, and those that signatures stand on */
export async function checkTimeStamp(bytes: Uint8Array<ArrayBuffer>, heads: readonly string[]): Promise<StampVerdict> {
  const read = readTimeStamp(bytes)
  if (!read.ok) return { ok: false, why: read.problem, time: null, policy: null }
  const { imprint, time, policy, namedDigest, content, part, isForStamps } = read.stamp
  const say = (ok: boolean, why: string): StampVerdict => ({ ok, why, time, policy })
  if (!heads.includes(imprint)) return say(false, `It stamps ${imprint}, which is no head of this ledger.`)
  const hash = digests.get(part.digestAlgorithm)
  if (!hash) return say(false, `Its digest (${part.digestAlgorithm}) is none that can be checked here.`)
  if (bytesToHex(new Uint8Array(await crypto.subtle.digest(hash, content))) !== namedDigest)
    return say(false, 'Its content is not what was signed: it was changed.')
  const { certificate, namedCertificate } = read.stamp
  const how = namedCertificate.algorithm === '1.3.14.3.2.26' ? 'SHA-1' : digests.get(namedCertificate.algorithm)
  if (!how)
    return say(false, `It names its certificate by a digest (${namedCertificate.algorithm}) that can not be checked here.`)
  if (bytesToHex(new Uint8Array(await crypto.subtle.digest(how, certificate))) !== namedCertificate.digest)
    return say(false, 'The certificate that it brings is not the one that it was signed with.')
  const holds = await signatureHolds(part, withDigest.get(part.signatureAlgorithm) ?? hash)
  if (holds === null) return say(false, `Its signature (${part.signatureAlgorithm}) is of a kind that can not be checked here.`)
  if (!holds) return say(false, 'Its signature does not fit the certificate that it brings.')
  if (!isForStamps) return say(false, 'The certificate of its signer is not one for time stamps.')
  return say(
    true,
    `The head existed on ${time}, says the authority whose certificate it brings (policy ${policy}). Whether that certificate leads to a root that you trust is yours to judge.`,
  )
}

/** Null where WebCrypto has no such algorithm. */
async function signatureHolds(part: SignedPart, hash: string): Promise<boolean | null> {
  try {
    if (part.signatureAlgorithm === rsaPss) {
      const own = part.pss && digests.get(part.pss.digest)
      const spki = plainRsa(part.publicKey)
      if (!part.pss || !own || !spki) return null
      const key = await crypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: own }, false, ['verify'])
      const { saltLength } = part.pss
      return await crypto.subtle.verify({ name: 'RSA-PSS', saltLength }, key, part.signature, part.signed)
    }
    if (part.keyAlgorithm === '1.2.840.113549.1.1.1') {
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash }
      const key = await crypto.subtle.importKey('spki', part.publicKey, algorithm, false, ['verify'])
      return await crypto.subtle.verify(algorithm, key, part.signature, part.signed)
    }
    const curve = curves.get(part.curve ?? '')
    const signature = curve && rawSignature(part.signature, curve.bytes)
    if (!curve || !signature) return null
    const key = await crypto.subtle.importKey('spki', part.publicKey, { name: 'ECDSA', namedCurve: curve.name }, false, [
      'verify',
    ])
    return await crypto.subtle.verify({ name: 'ECDSA', hash }, key, signature, part.signed)
  } catch {
    return null
  }
}

const rsaKey = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00)

/** The same key said to be RSA: WebCrypto knows keys that are for PSS alone by no other name. */
function plainRsa(publicKey: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const bits = partsOf(readDer(publicKey)?.content ?? new Uint8Array())?.[1]
  return bits?.tag === 0x03 ? writeDer(0x30, writeDer(0x30, rsaKey), bits.bytes) : null
}

/** r‖s of the two numbers that X.509 writes. */
function rawSignature(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> | null {
  const both = readDer(bytes)
  const numbers = both?.tag === 0x30 && both.bytes.length === bytes.length ? partsOf(both.content) : null
  if (numbers?.length !== 2 || numbers.some(({ tag, content }) => tag !== 0x02 || content.length === 0)) return null
  const raw = new Uint8Array(2 * size)
  for (const [at, { content }] of numbers.entries()) {
    const own = content[0] === 0 ? content.slice(1) : content
    if (own.length > size) return null
    raw.set(own, (at + 1) * size - own.length)
  }
  return raw
}
