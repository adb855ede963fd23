/** Bytes sealed at rest: AES-256-GCM under a key of this browser. `CPS1`, the id of the key (8 bytes), a nonce (12), then what was sealed. */
import { utf8 } from '../../core/canonical.ts'
import type { RestKey } from './rest-keys.ts'

type Bytes = Uint8Array<ArrayBuffer>

const magic = utf8('CPS1')
const idAt = magic.length
const nonceAt = idAt + 8
const sealedAt = nonceAt + 12

/** @param place what it is and where it stands; sealed bytes that were moved elsewhere do not open */
export async function sealAtRest({ id, key }: RestKey, place: string, bytes: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(sealedAt - nonceAt))
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: utf8(place) }, key, bytes),
  )
  const whole = new Uint8Array(sealedAt + sealed.length)
  whole.set(magic)
  whole.set(idBytes(id), idAt)
  whole.set(nonce, nonceAt)
  whole.set(sealed, sealedAt)
  return whole
}

/** The id of the key that sealed these bytes; null where they are as they were written. */
export function sealedUnder(bytes: Uint8Array): string | null {
  if (bytes.length < sealedAt || !magic.every((byte, at) => bytes[at] === byte)) return null
  return [...bytes.subarray(idAt, nonceAt)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Null where the key is another, or a byte was changed. */
export async function openAtRest(key: CryptoKey, place: string, bytes: Bytes): Promise<Bytes | null> {
  const iv = bytes.slice(nonceAt, sealedAt)
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, key, bytes.slice(sealedAt)),
    )
  } catch {
    return null
  }
}

const idBytes = (id: string): Bytes => Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
