/**
 * The body of sealed files (trust.md §6): a header line, then AES-256-GCM in chunks under a key of this file alone. The header, the number of
 * a chunk and whether it is the last one are bound to each chunk, so nothing is cut off, swapped or read before all of it is verified.
 */
import { utf8 } from '../../core/canonical.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { parseJson } from '../../core/values/json.ts'
import { type Bytes, fromHex, joined } from './bytes.ts'

const chunkSize = 1 << 20
const tagSize = 16

/** @param file hex; another file has another one, and so another key */
export async function fileKey(base: CryptoKey, file: string) {
  return await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: fromHex(file), info: utf8('carryover-file-v1') },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** @param line the header, line end included; it stays readable */
export async function sealChunks(line: Bytes, key: CryptoKey, plain: Bytes): Promise<Bytes> {
  const chunks: Bytes[] = [line]
  const about = await digest(line)
  const count = Math.max(1, Math.ceil(plain.length / chunkSize))
  for (let n = 0; n < count; n++) {
    const part = plain.subarray(n * chunkSize, (n + 1) * chunkSize)
    chunks.push(new Uint8Array(await crypto.subtle.encrypt(chunkCipher(n, n === count - 1, about), key, part)))
  }
  return joined(chunks)
}

/**
 * @param end where the line end of the header is
 * @throws where the key is another one or a byte was changed
 */
export async function openChunks(bytes: Bytes, end: number, key: CryptoKey): Promise<Bytes> {
  const about = await digest(bytes.subarray(0, end + 1))
  const sealed = bytes.subarray(end + 1)
  const whole = chunkSize + tagSize
  const count = Math.max(1, Math.ceil(sealed.length / whole))
  const parts: Bytes[] = []
  for (let n = 0; n < count; n++) {
    const part = sealed.subarray(n * whole, (n + 1) * whole)
    parts.push(new Uint8Array(await crypto.subtle.decrypt(chunkCipher(n, n === count - 1, about), key, part)))
  }
  return joined(parts)
}

/** Nonce is the number of the chunk. */
function chunkCipher(n: number, last: boolean, about: Bytes) {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, n)
  const additionalData = new Uint8Array(about.length + 5)
  additionalData.set(about)
  new DataView(additionalData.buffer).setUint32(about.length, n)
  additionalData[about.length + 4] = last ? 1 : 0
  return { name: 'AES-GCM', iv, additionalData } as const
}

async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** Paths and sizes in one line, then the contents one after the other. */
export function packed(files: ProjectFiles): Bytes {
  const list = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  return joined([
    utf8(`${JSON.stringify(list.map(([path, content]) => [path, content.length]))}\n`),
    ...list.map(([, content]) => content),
  ])
}

/** Null where it is none, or holds what does not belong into the private part. */
export function unpacked(bytes: Bytes): ProjectFiles | null {
  const end = bytes.indexOf(0x0a)
  const read = end < 0 ? null : parseJson(new TextDecoder().decode(bytes.subarray(0, end)))
  if (!read?.ok || !Array.isArray(read.value)) return null
  const files = new Map<string, Bytes>()
  let at = end + 1
  for (const entry of read.value) {
    const [path, size] = Array.isArray(entry) ? entry : []
    // Only what belongs into the private part may come out of it.
    if (typeof path !== 'string' || files.has(path) || !Number.isSafeInteger(size) || Number(size) < 0) return null
    if (!/^private\/(?!.*\.\.)[^\\]+$/.test(path)) return null
    const next = at + Number(size)
    files.set(path, bytes.slice(at, next))
    at = next
  }
  return at === bytes.length ? files : null
}
