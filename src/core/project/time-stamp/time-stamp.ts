/**
 * Time stamps (RFC 3161) over the head of a ledger: a request to send to an authority, and what its answer says. Who the authority is, and
 * whether its certificate leads to a root that the reader trusts, is the reader's to judge.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type Der, oidText, partsOf, readDer, writeDer } from './der.ts'

const sha256 = Uint8Array.of(0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01)
const none = Uint8Array.of(0x05, 0x00)

/** TimeStampReq for a head (`sha256:…`): its digest is the imprint, and the authority is asked for its certificate. */
export function timeStampRequest(head: string): Uint8Array<ArrayBuffer> {
  const imprint = writeDer(0x30, writeDer(0x30, sha256, none), writeDer(0x04, hexToBytes(head.replace('sha256:', ''))))
  return writeDer(0x30, Uint8Array.of(0x02, 0x01, 0x01), imprint, Uint8Array.of(0x01, 0x01, 0xff))
}

/** A signature as it has to be checked. */
export interface SignedPart {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** Of the key and of the signature, as object identifiers; the curve where the key has one. */
  readonly keyAlgorithm: string
  readonly curve: string | null
  readonly signatureAlgorithm: string
  readonly digestAlgorithm: string
  /** Of RSA-PSS (RFC 8017): digest and length of the salt; null for any other signature, and where its two digests differ. */
  readonly pss: { readonly digest: string; readonly saltLength: number } | null
  readonly signature: Uint8Array<ArrayBuffer>
  readonly signed: Uint8Array<ArrayBuffer>
}

export interface TimeStamp {
  /** `sha256:…` of what was stamped. */
  readonly imprint: string
  /** RFC 3339. */
  readonly time: string
  /** Object identifier of the policy it was given under. */
  readonly policy: string
  /** Digest that the signed attributes name for the content, in hex, and the content itself. */
  readonly namedDigest: string
  readonly content: Uint8Array<ArrayBuffer>
  readonly part: SignedPart
  /** The certificate of the signer, and the digest by which the signed attributes name it (ESSCertID of RFC 2634, ESSCertIDv2 of RFC 5035). */
  readonly certificate: Uint8Array<ArrayBuffer>
  readonly namedCertificate: { readonly algorithm: string; readonly digest: string }
  /** Whether the certificate is one for time stamps (RFC 3161 §2.3). */
  readonly isForStamps: boolean
}

export type StampReading = { readonly ok: true; readonly stamp: TimeStamp } | { readonly ok: false; readonly problem: string }

const signedData = '1.2.840.113549.1.7.2'
const stampInfo = '1.2.840.113549.1.9.16.1.4'
const messageDigest = '1.2.840.113549.1.9.4'
const contentType = '1.2.840.113549.1.9.3'
const signingCertificate = '1.2.840.113549.1.9.16.2.12'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'
const sha1Name = '1.3.14.3.2.26'
const sha256Name = '2.16.840.1.101.3.4.2.1'
export const rsaPss = '1.2.840.113549.1.1.10'
/** id-kp-timeStamping as it stands in a certificate. */
const forStamps = '06082b06010505070308'

/** Reads a TimeStampResp. */
export function readTimeStamp(bytes: Uint8Array<ArrayBuffer>): StampReading {
  const response = inside(readDer(bytes), 0x30)
  const [status] = inside(response?.[0], 0x30) ?? []
  if (!response || !status) return fail('This is no answer of a time-stamp authority (RFC 3161).')
  const granted = status.content.at(-1) ?? 9
  if (granted > 1) return fail(`The authority refused the request (status ${granted}).`)
  const token = response[1] && inside(response[1], 0x30)
  if (!token || oid(token[0]) !== signedData) return fail('The answer holds no signed token.')
  const parts = inside(inside(token[1], 0xa0)?.[0], 0x30)
  const info = inside(parts?.[2], 0x30)
  const content = inside(info?.[1], 0xa0)?.[0]?.content
  const signers = parts?.findLast(({ tag }) => tag === 0x31)
  const signer = inside(signers && readDer(signers.content), 0x30)
  if (!parts || !content || oid(info?.[0]) !== stampInfo || !signer) return fail('The token is no time stamp.')
  const said = inside(readDer(content), 0x30)
  const imprint = inside(said?.[2], 0x30)
  const time = timeText(said?.find(({ tag }) => tag === 0x18)?.content)
  if (!said || !imprint || time === null) return fail('The time stamp can not be read.')
  if (oid(inside(imprint[0], 0x30)?.[0]) !== sha256Name) return fail('It stamps another kind of digest than SHA-256.')
  const attributes = signer.find(({ tag }) => tag === 0xa0)
  const certificate = certificateOf(
    parts.find(({ tag }) => tag === 0xa0),
    signer[1],
  )
  const named = attributes && attribute(attributes, messageDigest)
  if (!attributes || !named || !certificate)
    return fail('The token lacks its signed attributes, or the certificate of its signer.')
  const isStamp = oid(attribute(attributes, contentType) ?? undefined) === stampInfo
  if (!isStamp) return fail('What was signed is not said to be a time stamp.')
  const namedCertificate = certificateNamed(attributes)
  if (!namedCertificate) return fail('The token does not say which certificate signed it (RFC 3161 asks for it).')
  const after = signer.slice(signer.indexOf(attributes) + 1)
  const [algorithm, signature] = after
  const key = inside(readDer(certificate.publicKey), 0x30)
  const keyKind = inside(key?.[0], 0x30)
  if (!algorithm || !signature || !keyKind) return fail('The signature of the token can not be read.')
  return {
    ok: true,
    stamp: {
      imprint: `sha256:${bytesToHex(imprint[1]?.content ?? new Uint8Array())}`,
      time,
      policy: oid(said[1]),
      namedDigest: bytesToHex(named.content),
      content,
      certificate: certificate.bytes,
      namedCertificate,
      isForStamps: bytesToHex(certificate.bytes).includes(forStamps),
      part: {
        publicKey: certificate.publicKey,
        keyAlgorithm: oid(keyKind[0]),
        curve: keyKind[1]?.tag === 0x06 ? oid(keyKind[1]) : null,
        signatureAlgorithm: oid(inside(algorithm, 0x30)?.[0]),
        pss: pssOf(algorithm),
        digestAlgorithm: oid(inside(signer[2], 0x30)?.[0]),
        signature: signature.content,
        // Signed as a set, whatever tag it travels under (RFC 5652 §5.4).
        signed: writeDer(0x31, attributes.content),
      },
    },
  }
}

function fail(problem: string): StampReading {
  return { ok: false, problem }
}

function inside(part: Der | null | undefined, tag: number): readonly Der[] | null {
  return part?.tag === tag ? partsOf(part.content) : null
}

function oid(part: Der | undefined): string {
  return part?.tag === 0x06 ? oidText(part.content) : ''
}

/** First value of an attribute. */
function attribute(attributes: Der, name: string): Der | null {
  for (const each of partsOf(attributes.content) ?? []) {
    const parts = inside(each, 0x30)
    if (oid(parts?.[0]) === name) return inside(parts?.[1], 0x31)?.[0] ?? null
  }
  return null
}

/** The first certificate that the signed attributes name is that of the signer. */
function certificateNamed(attributes: Der): TimeStamp['namedCertificate'] | null {
  const second = attribute(attributes, signingCertificateV2)
  const [id] = inside(inside(second ?? attribute(attributes, signingCertificate), 0x30)?.[0], 0x30) ?? []
  const parts = inside(id, 0x30)
  const digest = parts?.find(({ tag }) => tag === 0x04)
  if (!parts || !digest) return null
  // SHA-256 is what stands where none is said; the older form knows SHA-1 alone.
  const said = parts[0]?.tag === 0x30 ? oid(inside(parts[0], 0x30)?.[0]) : sha256Name
  return { algorithm: second ? said : sha1Name, digest: bytesToHex(digest.content) }
}

function pssOf(algorithm: Der): SignedPart['pss'] {
  const [name, parameters] = inside(algorithm, 0x30) ?? []
  if (oid(name) !== rsaPss) return null
  const parts = inside(parameters, 0x30) ?? []
  const tagged = (tag: number): Der | undefined =>
    inside(
      parts.find((each) => each.tag === tag),
      tag,
    )?.[0]
  const digest = oid(inside(tagged(0xa0), 0x30)?.[0]) || sha1Name
  const mask = oid(inside(inside(tagged(0xa1), 0x30)?.[1], 0x30)?.[0]) || sha1Name
  const salt = tagged(0xa2)?.content
  const saltLength = salt === undefined ? 20 : salt.reduce((sum, byte) => sum * 256 + byte, 0)
  return mask === digest ? { digest, saltLength } : null
}

interface Certificate {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** The certificate that issuer and number, or the identifier of its key, name. */
function certificateOf(set: Der | undefined, name: Der | undefined): Certificate | null {
  for (const each of (set && partsOf(set.content)) ?? []) {
    const body = inside(inside(each, 0x30)?.[0], 0x30)
    if (!body || !name) continue
    const from = body[0]?.tag === 0xa0 ? 1 : 0
    const [number, , issuer, , , publicKey] = body.slice(from)
    if (!number || !issuer || !publicKey) continue
    const wanted = bytesToHex(name.content)
    const isNamed =
      name.tag === 0x30 ? wanted === bytesToHex(issuer.bytes) + bytesToHex(number.bytes) : bytesToHex(each.bytes).includes(wanted)
    if (isNamed) return { bytes: each.bytes, publicKey: publicKey.bytes }
  }
  return null
}

/** RFC 3339 of a GeneralizedTime, which RFC 3161 wants in UTC. */
function timeText(content: Uint8Array | undefined): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d+)?Z$/.exec(new TextDecoder().decode(content))
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z` : null
}
