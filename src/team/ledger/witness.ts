/**
 * The witness that cosigns checkpoints: another server (C2SP tlog-witness), or a key in a file that an auditor lays here. It signs what goes on
 * from what it signed before, so a server that was set back, or shows two histories, gets no signature.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { verifyConsistency } from '../../core/project/ledger/merkle.ts'
import { readCheckpoint } from '../../core/team/checkpoint.ts'
import {
  cosignatureLine,
  cosignatureOf,
  cosignedText,
  type NoteKey,
  type NoteSignature,
  readNote,
  readWitnessKey,
  writeNote,
  writeWitnessKey,
} from '../../core/team/signed-note.ts'
import { encodeBase64 } from '../../core/values/base64.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { witnessFault } from '../../io/keys/signed-note-web.ts'
import { StorageProblem } from '../store/database.ts'

interface ToWitness {
  /** Entries under the last checkpoint that it signed; 0 for none. */
  readonly old: number
  /** That the ledger goes on from there. */
  readonly proof: readonly Uint8Array[]
  /** The note as the server signed it. */
  readonly note: string
}

export type Witnessed =
  | { readonly kind: 'signed'; readonly line: NoteSignature }
  /** It signed for so many entries last. */
  | { readonly kind: 'has'; readonly size: number }
  | { readonly kind: 'no'; readonly why: string }

export interface Witness {
  /** Its key, as C2SP writes it. */
  readonly key: string
  cosign(asked: ToWitness): Promise<Witnessed>
}

/** @throws {StorageProblem} with a sentence where the address, its key or the file is none */
export async function openWitness(place: string, key: string | null, origin: string): Promise<Witness> {
  if (!/^https?:\/\//.test(place)) return FileWitness.open(place, `${new URL(origin).host}/witness`)
  if (key === null || readWitnessKey(key) === null)
    throw new StorageProblem('A witness at an address needs its key: name+id+base64, of type 4 (--witness-key).')
  const { hostname, protocol } = new URL(place)
  if (protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new StorageProblem(`The witness ${place} has no TLS. Name one that begins with https://.`)
  return new RemoteWitness(place.replace(/\/$/, ''), key)
}

/** Milliseconds before a witness that does not answer is let go. */
const patience = 10_000
/** Characters of its answer: some lines. */
const longestAnswer = 16_384

class RemoteWitness implements Witness {
  readonly key: string
  readonly #address: string

  constructor(address: string, key: string) {
    this.#address = address
    this.key = key
  }

  async cosign({ old, proof, note }: ToWitness): Promise<Witnessed> {
    try {
      const body = [`old ${old}`, ...proof.map(encodeBase64), '', note].join('\n')
      const signal = AbortSignal.timeout(patience)
      const answer = await fetch(`${this.#address}/add-checkpoint`, { method: 'POST', body, redirect: 'error', signal })
      const text = (await answer.text()).slice(0, longestAnswer)
      const size = /^(0|[1-9]\d{0,15})\n?$/.exec(text)?.[1]
      if (answer.status === 409 && size !== undefined) return { kind: 'has', size: Number(size) }
      if (answer.status !== 200) return no(`it answered ${answer.status}`)
      const signed = readNote(note)
      const given = readNote(`${signed?.text ?? ''}\n${text}`)
      const known = readWitnessKey(this.key)
      const found = given && known && cosignatureOf(given, known)
      if (!signed || !known || !found) return no('its answer holds no signature of its key')
      const line = cosignatureLine(known, found)
      const fault = await witnessFault(writeNote({ ...signed, signatures: [...signed.signatures, line] }), this.key)
      return fault === null ? { kind: 'signed', line } : no(fault)
    } catch (error) {
      return no(errorWords(error))
    }
  }
}

/** A key on a medium of the auditor: what it signed last lies beside it, so that setting the database back does not set it back. */
class FileWitness implements Witness {
  readonly key: string
  readonly #path: string
  readonly #own: NoteKey
  readonly #private: KeyObject
  #last: Promise<unknown> = Promise.resolve()

  private constructor(path: string, own: NoteKey, key: KeyObject) {
    this.#path = path
    this.#own = own
    this.#private = key
    this.key = writeWitnessKey(own.name, own.publicKey)
  }

  static async open(path: string, name: string): Promise<FileWitness> {
    try {
      const key = createPrivateKey(await readFile(path, 'utf8'))
      if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key')
      const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
      return new FileWitness(path, { name, publicKey: new Uint8Array(Buffer.from(x, 'base64url')) }, key)
    } catch (error) {
      throw new StorageProblem(
        `The witness ${path} can not be read: ${errorWords(error)}. It takes the address of a witness, or a private key (openssl genpkey -algorithm ed25519).`,
      )
    }
  }

  /** One after the other: what was signed last is read and written as one. */
  cosign(asked: ToWitness): Promise<Witnessed> {
    const signed = this.#last.then(() => this.#sign(asked))
    this.#last = signed.catch(() => undefined)
    return signed
  }

  async #sign({ old, proof, note }: ToWitness): Promise<Witnessed> {
    const signed = readNote(note)
    const next = readCheckpoint(note)
    if (!signed || !next) return no('this is no checkpoint')
    const seen = await this.#seen()
    const held = seen[next.origin]
    const size = held?.size ?? 0
    if (size !== old) return { kind: 'has', size }
    if (held && !verifyConsistency(size, next.size, hexToBytes(held.root), next.root, proof))
      return no(`the ledger does not go on from the ${size} entries that it signed for`)
    await writeWhole(
      `${this.#path}.seen`,
      JSON.stringify({ ...seen, [next.origin]: { size: next.size, root: bytesToHex(next.root) } }),
      true,
    )
    const time = Math.floor(Date.now() / 1000)
    const signature = new Uint8Array(sign(null, Buffer.from(cosignedText(signed.text, time)), this.#private))
    return { kind: 'signed', line: cosignatureLine(this.#own, { time, signature }) }
  }

  /** By origin what it signed last. @throws {StorageProblem} where that can not be read: it would sign anything */
  async #seen(): Promise<Readonly<Record<string, { readonly size: number; readonly root: string }>>> {
    const path = `${this.#path}.seen`
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
      throw error
    })
    const parsed = parseJson(text)
    if (!parsed.ok || !isMembers(parsed.value)) throw new StorageProblem(`${path} can not be read. Bring it back from a backup.`)
    const seen: Record<string, { size: number; root: string }> = {}
    for (const [origin, value] of Object.entries(parsed.value))
      if (isMembers(value) && typeof value.size === 'number' && typeof value.root === 'string')
        seen[origin] = { size: value.size, root: value.root }
    return seen
  }
}

function no(why: string): Witnessed {
  return { kind: 'no', why }
}
