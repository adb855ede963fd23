/** Signatures of notes by WebCrypto (Ed25519), the same in page and Node. */
import { type NoteKey, readNote, readNoteKey, signatureOf } from '../../core/team/signed-note.ts'

/** Null where the note is signed by this key; else why it can not be relied on. */
export async function noteFault(note: string, key: string): Promise<string | null> {
  const known = readNoteKey(key)
  if (!known) return 'The key of the server can not be read.'
  const signed = readNote(note)
  if (!signed) return 'This is no signed note.'
  const signature = signatureOf(signed, known)
  if (!signature) return `The note is not signed by ${known.name}.`
  return (await holds(known, signature, signed.text))
    ? null
    : `The signature of ${known.name} does not hold: the note was changed.`
}

async function holds({ publicKey }: NoteKey, signature: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, new TextEncoder().encode(text))
  } catch {
    return false
  }
}
