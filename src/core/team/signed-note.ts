/** Signed notes (C2SP signed-note): a text, an empty line, and one line per signature. Who has the key of a name can check them offline. */

import { utf8 } from '../canonical.ts'
import { sha256 } from '../sha256.ts'
import { decodeBase64, encodeBase64 } from '../values/base64.ts'

export interface NoteSignature {
  readonly name: string
  /** Four bytes that tell the key. */
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

export interface SignedNote {
  /** With its last line end; these bytes are signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Types of keys: Ed25519 over the text of the note, and Ed25519 with the time of the signature (C2SP tlog-cosignature). */
const ed25519 = 1
const cosignature = 4
type KeyType = typeof ed25519 | typeof cosignature

/** A name that may sign: no white space and no plus sign. */
function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name)
}

/** First four bytes of SHA-256 over the name, a line end, the type and the key. */
export function noteKeyId(name: string, publicKey: Uint8Array, type: KeyType = ed25519): Uint8Array {
  return sha256(Uint8Array.from([...utf8(`${name}\n`), type, ...publicKey])).slice(0, 4)
}

export function writeNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(({ name, id, signature }) => `— ${name} ${encodeBase64(Uint8Array.from([...id, ...signature]))}\n`)
  return `${text}\n${lines.join('')}`
}

/** Null for a text that is no signed note. */
export function readNote(note: string): SignedNote | null {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) return null
  const signatures: NoteSignature[] = []
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    const bytes = decodeBase64(encoded)
    if (!isKeyName(name) || !bytes || bytes.length < 5) return null
    signatures.push({ name, id: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return { text: note.slice(0, split + 1), signatures }
}

/** Text of a key that checks notes: name, id in hexadecimal digits, type and key in base 64, with plus signs between them. */
export function writeNoteKey(name: string, publicKey: Uint8Array, type: KeyType = ed25519): string {
  const id = Array.from(noteKeyId(name, publicKey, type), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${name}+${id}+${encodeBase64(Uint8Array.from([type, ...publicKey]))}`
}

/** The key of a witness, which signs with the time. */
export function writeWitnessKey(name: string, publicKey: Uint8Array): string {
  return writeNoteKey(name, publicKey, cosignature)
}

export interface NoteKey {
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** Null for a text that is no key, or whose id is not that of its name and key. */
export function readNoteKey(text: string): NoteKey | null {
  return readKey(text, ed25519)
}

/** The key of a witness; null for any other text. */
export function readWitnessKey(text: string): NoteKey | null {
  return readKey(text, cosignature)
}

function readKey(text: string, type: KeyType): NoteKey | null {
  const [, name = '', , encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? []
  const bytes = decodeBase64(encoded)
  if (bytes?.length !== 33 || bytes[0] !== type) return null
  const publicKey = new Uint8Array(bytes.slice(1))
  return writeNoteKey(name, publicKey, type) === text ? { name, publicKey } : null
}

/** The signature of this key on the note; null where it has none. Whether it holds, the caller checks with Ed25519 over the text. */
export function signatureOf(
  { signatures }: SignedNote,
  { name, publicKey }: NoteKey,
  type: KeyType = ed25519,
): Uint8Array<ArrayBuffer> | null {
  const id = noteKeyId(name, publicKey, type)
  const found = signatures.find((each) => each.name === name && each.id.every((byte, index) => byte === id[index]))
  return found ? new Uint8Array(found.signature) : null
}

interface Cosignature {
  /** Seconds since 1970. */
  readonly time: number
  /** 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>
}

/** What the witness with this key signed on the note; null where it did not. Whether it holds, the caller checks over `cosignedText`. */
export function cosignatureOf(note: SignedNote, key: NoteKey): Cosignature | null {
  const bytes = signatureOf(note, key, cosignature)
  if (bytes?.length !== 72) return null
  const time = Number(new DataView(bytes.buffer).getBigUint64(0))
  return Number.isSafeInteger(time) ? { time, signature: bytes.slice(8) } : null
}

/** What a witness signs: when, and the whole text of the note. */
export function cosignedText(text: string, time: number): string {
  return `cosignature/v1\ntime ${time}\n${text}`
}

/** The line of a witness on a note. */
export function cosignatureLine({ name, publicKey }: NoteKey, { time, signature }: Cosignature): NoteSignature {
  const bytes = new Uint8Array(8 + signature.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  bytes.set(signature, 8)
  return { name, id: noteKeyId(name, publicKey, cosignature), signature: bytes }
}
