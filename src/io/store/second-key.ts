/** The second copy of a signing key: among the settings, which have one. It stays sealed under the passphrase of its person. */
import { utf8 } from '../../core/canonical.ts'
import { sha256 } from '../../core/sha256.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import type { SealedKey } from '../keys/signing-key.ts'

/** Names of keys hold names of persons, so they are digested. Null gives what all of a project begin with. */
export function secondKeyOf(project: string, key: string | null): string {
  return `key ${project} ${key === null ? '' : hexOf(sha256(utf8(key)))}`
}

export function secondKeyText({ publicKey, sealed }: SealedKey): string {
  return JSON.stringify({ publicKey, sealed: hexOf(sealed) })
}

/** Null where there is none. */
export function secondKey(text: string | null): SealedKey | null {
  const read = text === null ? null : parseJson(text)
  if (!read?.ok || !isMembers(read.value)) return null
  const { publicKey = null, sealed } = read.value
  if (typeof sealed !== 'string') return null
  return { publicKey, sealed: Uint8Array.from(sealed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
