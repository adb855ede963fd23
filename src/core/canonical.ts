/** Canonical JSON (RFC 8785, JCS) and SHA-256: the bytes that are hashed and signed, the same in page, worker and Node. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }

/**
 * RFC 8785 text of a value: members sorted by UTF-16 code units, ECMAScript number text, no white space.
 * Members that are `undefined` are left out. Refuses NaN, infinities and lone surrogates (RFC 8785 §3.2.2), naming the place.
 */
export function canonicalJson(value: Json, place = '$'): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${place} is ${value}: canonical JSON has no such number`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return canonicalString(value, place)
  if (isList(value)) return `[${value.map((item, index) => canonicalJson(item, `${place}[${index}]`)).join(',')}]`
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) members.push(`${canonicalString(name, place)}:${canonicalJson(member, `${place}.${name}`)}`)
  }
  return `{${members.join(',')}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function canonicalString(text: string, place: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text))
    throw new Error(`${place} holds half of a surrogate pair: it can not be written as UTF-8`)
  return JSON.stringify(text)
}

const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Lower-case hex SHA-256 of bytes, or of the UTF-8 of a text. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8(data) : data))
}

/** `sha256:…` over the canonical JSON of a document: how artifacts are named. */
export function digestOf(value: Json): string {
  return `sha256:${sha256Hex(canonicalJson(value))}`
}

/** `sha256:…` over the bytes of a file. */
export function digestOfBytes(bytes: Uint8Array): string {
  return `sha256:${sha256Hex(bytes)}`
}
