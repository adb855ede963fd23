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

/** Ed25519 keys have the type 1. */
const ed25519 = 1

/** A name that may sign: no white space and no plus sign. */
function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name)
}

/** First four bytes of SHA-256 over the name, a line end, the type and the key. */
export function noteKeyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(Uint8Array.from([...utf8(`${name}\n`), ed25519, ...publicKey])).slice(0, 4)
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
export function writeNoteKey(name: string, publicKey: Uint8Array): string {
  const id = Array.from(noteKeyId(name, publicKey), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${name}+${id}+${encodeBase64(Uint8Array.from([ed25519, ...publicKey]))}`
}

export interface NoteKey {
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** Null for a text that is no key, or whose id is not that of its name and key. */
export function readNoteKey(text: string): NoteKey | null {
  const [, name = '', , encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? []
  const bytes = decodeBase64(encoded)
  if (bytes?.length !== 33 || bytes[0] !== ed25519) return null
  const publicKey = new Uint8Array(bytes.slice(1))
  return writeNoteKey(name, publicKey) === text ? { name, publicKey } : null
}

/** The signature of this key on the note; null where it has none. Whether it holds, the caller checks with Ed25519 over the text. */
export function signatureOf({ signatures }: SignedNote, { name, publicKey }: NoteKey): Uint8Array<ArrayBuffer> | null {
  const id = noteKeyId(name, publicKey)
  const found = signatures.find((each) => each.name === name && each.id.every((byte, index) => byte === id[index]))
  return found ? new Uint8Array(found.signature) : null
}
