/** Signatures of notes by WebCrypto (Ed25519), the same in page and Node. */
import {
  cosignatureOf,
  cosignedText,
  type NoteKey,
  readNote,
  readNoteKey,
  readWitnessKey,
  signatureOf,
} from '../../core/team/signed-note.ts'

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

/** Null where this witness signed the note; else why it can not be said. */
export async function witnessFault(note: string, key: string): Promise<string | null> {
  const known = readWitnessKey(key)
  if (!known) return 'The key of the witness can not be read.'
  const signed = readNote(note)
  const found = signed && cosignatureOf(signed, known)
  if (!signed || !found)
    return `The witness ${known.name} did not sign this checkpoint. Ask who runs the server for one that it signed.`
  return (await holds(known, found.signature, cosignedText(signed.text, found.time)))
    ? null
    : `The signature of the witness ${known.name} does not hold: it, or the checkpoint, was changed.`
}

async function holds({ publicKey }: NoteKey, signature: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, new TextEncoder().encode(text))
  } catch {
    return false
  }
}
