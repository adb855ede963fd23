/** Canonical JSON (RFC 8785, JCS) and SHA-256: the bytes that are hashed and signed, the same in page, worker and Node. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256 } from './sha256.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }

/**
 * RFC 8785 text of a value: members sorted by UTF-16 code units, ECMAScript number text, no white space.
 * Members that are `undefined` are left out. Refuses NaN, infinities and lone surrogates (RFC 8785 §3.2.2), naming the place.
 */
export function canonicalJson(value: Json): string {
  return write(value, null)
}

/** Way from a value back to the document, walked only when something must be refused. */
interface Trail {
  readonly step: string
  readonly before: Trail | null
}

function write(value: Json, trail: Trail | null): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${placeOf(trail)} is ${value}: canonical JSON has no such number`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return writeString(value, trail)
  if (isList(value)) return `[${value.map((item, index) => write(item, { step: `[${index}]`, before: trail })).join(',')}]`
  let members = ''
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member === undefined) continue
    const text = `${writeString(name, trail)}:${write(member, { step: `.${name}`, before: trail })}`
    members = members === '' ? text : `${members},${text}`
  }
  return `{${members}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function writeString(text: string, trail: Trail | null): string {
  // Most texts hold no surrogate at all; only the others are searched for a lone one.
  if (/[\uD800-\uDFFF]/.test(text) && /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text))
    throw new Error(`${placeOf(trail)} holds half of a surrogate pair: it can not be written as UTF-8`)
  return JSON.stringify(text)
}

function placeOf(trail: Trail | null): string {
  return trail === null ? '$' : `${placeOf(trail.before)}${trail.step}`
}

const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Lower-case hex SHA-256 of bytes, or of the UTF-8 of a text. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(data))
}

/** `sha256:…` over the canonical JSON of a document: how artifacts are named. */
export function digestOf(value: Json): string {
  return `sha256:${sha256Hex(canonicalJson(value))}`
}

/** `sha256:…` over the bytes of a file. */
export function digestOfBytes(bytes: Uint8Array): string {
  return `sha256:${sha256Hex(bytes)}`
}
