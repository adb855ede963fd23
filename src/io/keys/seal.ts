/**
 * The private part of a project, sealed to leave this browser (trust.md §6): AES-256-GCM in chunks under a random data key, which a
 * passphrase (argon2id) and a printed recovery key each unwrap. Nothing is given out before the last chunk is verified.
 */

import { utf8 } from '../../core/canonical.ts'
import { refuse } from '../../core/project/acts/refusal.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'

import { type Bytes, fromHex, hex, joined, random } from './bytes.ts'
import { greatestCost, leastCost, type PassphraseCost, type StretchPassphrase, sealedCost } from './passphrase-cost.ts'
import { recoveryFrom, recoveryText } from './recovery-text.ts'
import { fileKey, openChunks, packed, sealChunks, unpacked } from './sealed-chunks.ts'

const format = 'carryover-sealed/1'

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
  return await sealChunks(utf8(`${JSON.stringify(header)}\n`), await fileKey(base, file), packed(files))
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
    const files = unpacked(await openChunks(bytes, end, await fileKey(base, header.file)))
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
