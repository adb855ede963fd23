/**
 * The private part of a project, sealed to leave this browser (trust.md §6): AES-256-GCM in chunks under a random data key, which a
 * passphrase (argon2id) and a printed recovery key each unwrap. Nothing is given out before the last chunk is verified.
 */

import { refuse } from '../../core/project/acts/refusal.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How a passphrase becomes a key; the numbers stand in the file. */
export interface PassphraseCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** argon2id, one lane, 32 bytes; compiled code lives where a policy allows it. */
export type StretchPassphrase = (passphrase: string, salt: Bytes, cost: PassphraseCost) => Promise<Uint8Array>

export const sealedCost: PassphraseCost = { memoryKiB: 65_536, passes: 3 }

/** A file that asks for more than this is refused: it would hold up the machine, not protect anything. */
const greatestCost: PassphraseCost = { memoryKiB: 1_048_576, passes: 16 }
const leastCost: PassphraseCost = { memoryKiB: 1_024, passes: 1 }

const format = 'carryover-sealed/1'
const chunkSize = 1 << 20
const tagSize = 16

interface Header {
  readonly format: typeof format
  /** Hex; another file has another one, and so another key for its chunks. */
  readonly file: string
  /** What the wrapped keys are bound to, hex; files of early versions do not name it, there it is the file. */
  readonly seal: string
  readonly salt: string
  readonly cost: PassphraseCost
  /** Hex of nonce and wrapped data key. */
  readonly passphrase: string
  readonly recovery: string
}

/**
 * A seal that closes many files under one passphrase without asking for it again: the wrapped data key as it stands in each file, and the
 * key itself, which can not be exported. It opens nothing that this browser does not hold in clear anyway.
 */
export interface KeptSeal {
  readonly seal: string
  readonly salt: string
  readonly cost: PassphraseCost
  readonly passphrase: string
  readonly recovery: string
  readonly key: CryptoKey
}

export type Opened = { readonly ok: true; readonly files: ProjectFiles } | { readonly ok: false; readonly problem: string }

/** Seals files; the recovery key is shown once and kept nowhere. */
export async function sealFiles(
  files: ProjectFiles,
  passphrase: string,
  stretch: StretchPassphrase,
  cost: PassphraseCost = sealedCost,
): Promise<{ readonly bytes: Bytes; readonly recoveryKey: string }> {
  const { seal, recoveryKey } = await makeSeal(passphrase, stretch, cost)
  return { bytes: await sealWith(files, seal), recoveryKey }
}

/** A new seal; the recovery key is shown once and kept nowhere. */
export async function makeSeal(
  passphrase: string,
  stretch: StretchPassphrase,
  cost: PassphraseCost = sealedCost,
): Promise<{ readonly seal: KeptSeal; readonly recoveryKey: string }> {
  const dataKey = random(32)
  const recovery = random(20)
  const [id, salt] = [hex(random(16)), random(16)]
  const seal: KeptSeal = {
    seal: id,
    salt: hex(salt),
    cost: { memoryKiB: cost.memoryKiB, passes: cost.passes },
    passphrase: await wrap(dataKey, await stretch(passphrase.normalize('NFC'), salt, cost), `passphrase ${id}`),
    recovery: await wrap(dataKey, await recoveryBytes(recovery, id), `recovery ${id}`),
    key: await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey']),
  }
  return { seal, recoveryKey: recoveryText(recovery) }
}

/** Files under a seal made before; each file gets a key of its own from it. */
export async function sealWith(files: ProjectFiles, { key: base, ...seal }: KeptSeal): Promise<Bytes> {
  const file = hex(random(16))
  const header: Header = { format, file, ...seal }
  const line = utf8(`${JSON.stringify(header)}\n`)
  const key = await fileKey(base, file)
  const plain = packed(files)
  const chunks: Bytes[] = [line]
  const about = await digest(line)
  const count = Math.max(1, Math.ceil(plain.length / chunkSize))
  for (let n = 0; n < count; n++) {
    const part = plain.subarray(n * chunkSize, (n + 1) * chunkSize)
    const sealed = await crypto.subtle.encrypt(chunkCipher(n, n === count - 1, about), key, part)
    chunks.push(new Uint8Array(sealed))
  }
  return joined(chunks)
}

/** Opens with a passphrase or the recovery key. A wrong secret and a damaged file can not be told apart, and neither gives anything out. */
export async function openSealed(bytes: Bytes, secret: string, stretch: StretchPassphrase): Promise<Opened> {
  const end = bytes.indexOf(0x0a)
  const header = end < 0 || end > 4096 ? null : headerOf(bytes.subarray(0, end))
  if (!header) return refuse('This is not a sealed private part, or its beginning is damaged.')
  const { cost } = header
  if (cost.memoryKiB > greatestCost.memoryKiB || cost.passes > greatestCost.passes)
    return refuse('The sealed part asks for more work than any version of this program writes. Nothing was opened.')
  if (cost.memoryKiB < leastCost.memoryKiB || cost.passes < leastCost.passes)
    return refuse('The sealed part is protected less than any version of this program writes. Nothing was opened.')
  const wrong = 'Nothing was opened: the passphrase is wrong, or the sealed part was changed or cut off.'
  try {
    const dataKey = await keyFrom(header, secret, stretch)
    const base = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey'])
    const key = await fileKey(base, header.file)
    const about = await digest(bytes.subarray(0, end + 1))
    const sealed = bytes.subarray(end + 1)
    const whole = chunkSize + tagSize
    const count = Math.max(1, Math.ceil(sealed.length / whole))
    const parts: Bytes[] = []
    for (let n = 0; n < count; n++) {
      const part = sealed.subarray(n * whole, (n + 1) * whole)
      parts.push(new Uint8Array(await crypto.subtle.decrypt(chunkCipher(n, n === count - 1, about), key, part)))
    }
    const files = unpacked(joined(parts))
    return files ? { ok: true, files } : refuse(wrong)
  } catch (error) {
    // WebCrypto says no more than that it does not fit.
    if (error instanceof DOMException || error instanceof Error) return refuse(wrong)
    throw error
  }
}

/** A passphrase may look like a recovery key, so what does not open as one is tried as the other. */
async function keyFrom(header: Header, secret: string, stretch: StretchPassphrase): Promise<Bytes> {
  const recovery = recoveryFrom(secret)
  if (recovery) {
    const bytes = await recoveryBytes(recovery, header.seal)
    const opened = await unwrap(header.recovery, bytes, `recovery ${header.seal}`).catch(() => null)
    if (opened) return opened
  }
  const stretched = await stretch(secret.normalize('NFC'), fromHex(header.salt), header.cost)
  return await unwrap(header.passphrase, stretched, `passphrase ${header.seal}`)
}

/** Nonce is the number of the chunk; the header, the number and whether it is the last one are bound to it. */
function chunkCipher(n: number, last: boolean, about: Bytes) {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, n)
  const additionalData = new Uint8Array(about.length + 5)
  additionalData.set(about)
  new DataView(additionalData.buffer).setUint32(about.length, n)
  additionalData[about.length + 4] = last ? 1 : 0
  return { name: 'AES-GCM', iv, additionalData } as const
}

async function fileKey(base: CryptoKey, file: string) {
  return await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: fromHex(file), info: utf8('carryover-file-v1') },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

async function wrap(dataKey: Bytes, secret: Uint8Array, about: string): Promise<string> {
  const iv = random(12)
  const key = await wrapKey(secret)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(about) }, key, dataKey)
  return hex(joined([iv, new Uint8Array(sealed)]))
}

async function unwrap(text: string, secret: Uint8Array, about: string): Promise<Bytes> {
  const bytes = fromHex(text)
  const cipher = { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: utf8(about) }
  return new Uint8Array(await crypto.subtle.decrypt(cipher, await wrapKey(secret), bytes.subarray(12)))
}

async function wrapKey(secret: Uint8Array) {
  return await crypto.subtle.importKey('raw', Uint8Array.from(secret), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** The recovery key is random already: it needs no work to be stretched. */
async function recoveryBytes(recovery: Bytes, bound: string): Promise<Uint8Array> {
  const base = await crypto.subtle.importKey('raw', recovery, 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: fromHex(bound), info: utf8('carryover-recovery-v1') }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, 256))
}

/** Letters and digits that are not mistaken for each other on paper (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 160 bits as eight groups of four. */
function recoveryText(bytes: Bytes): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  const text = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)] ?? '').join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

function recoveryFrom(text: string): Bytes | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (plain.length !== 32 || [...plain].some((letter) => !letters.includes(letter))) return null
  const bits = [...plain].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

/** Paths and sizes in one line, then the contents one after the other. */
function packed(files: ProjectFiles): Bytes {
  const list = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  return joined([
    utf8(`${JSON.stringify(list.map(([path, content]) => [path, content.length]))}\n`),
    ...list.map(([, content]) => content),
  ])
}

function unpacked(bytes: Bytes): ProjectFiles | null {
  const end = bytes.indexOf(0x0a)
  const read = end < 0 ? null : parseJson(new TextDecoder().decode(bytes.subarray(0, end)))
  if (!read?.ok || !Array.isArray(read.value)) return null
  const files = new Map<string, Bytes>()
  let at = end + 1
  for (const entry of read.value) {
    const [path, size] = Array.isArray(entry) ? entry : []
    // Only what belongs into the private part may come out of it.
    if (typeof path !== 'string' || typeof size !== 'number' || !/^private\/(?!.*\.\.)[^\\]+$/.test(path)) return null
    files.set(path, bytes.slice(at, at + size))
    at += size
  }
  return at === bytes.length ? files : null
}

function headerOf(line: Bytes): Header | null {
  const read = parseJson(new TextDecoder().decode(line))
  if (!read.ok || !isMembers(read.value)) return null
  const { file, seal, salt, cost, passphrase, recovery } = read.value
  if (read.value.format !== format || !isMembers(cost)) return null
  const { memoryKiB, passes } = cost
  const texts = [file, salt, passphrase, recovery, seal ?? file]
  if (!texts.every((text): text is string => typeof text === 'string' && /^(?:[0-9a-f]{2})+$/.test(text))) return null
  if (typeof memoryKiB !== 'number' || typeof passes !== 'number') return null
  const [ownFile = '', ownSalt = '', ownPassphrase = '', ownRecovery = '', ownSeal = ''] = texts
  const keys = { salt: ownSalt, cost: { memoryKiB, passes }, passphrase: ownPassphrase, recovery: ownRecovery }
  return { format, file: ownFile, seal: ownSeal, ...keys }
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
