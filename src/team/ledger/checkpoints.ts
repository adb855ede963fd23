/** Checkpoints of the ledgers: every minute with new entries the server signs how many there are and their root. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesToHex } from '@noble/hashes/utils.js'
import { GrowingTree } from '../../core/project/ledger/merkle.ts'
import { LevelTree } from '../../core/project/ledger/merkle-levels.ts'
import { type ConsistencyProof, checkpointText } from '../../core/team/checkpoint.ts'
import type { CheckpointFile } from '../../core/team/checkpoint-file.ts'
import { noteKeyId, readNote, writeNote, writeNoteKey } from '../../core/team/signed-note.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { countIn, type Database, StorageProblem, textIn } from '../store/database.ts'
import { syncFolder } from '../store/journal.ts'
import type { Witness, Witnessed } from './witness.ts'

const page = 5000
/** Projects whose tree is kept for proofs, about 100 bytes per entry. */
const mostLevels = 16

export interface InclusionProof {
  readonly seq: number
  readonly size: number
  readonly proof: readonly string[]
}

export class Checkpoints {
  readonly #database: Database
  readonly #host: string
  readonly #key: KeyObject
  readonly #publicKey: Uint8Array
  readonly #witness: Witness | null
  readonly #trees = new Map<string, GrowingTree>()
  readonly #levels = new Map<string, Promise<LevelTree>>()

  private constructor(database: Database, host: string, key: KeyObject, witness: Witness | null) {
    this.#database = database
    this.#witness = witness
    this.#host = host
    this.#key = key
    const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
    this.#publicKey = new Uint8Array(Buffer.from(x, 'base64url'))
  }

  /** The key lies in the folder of the server and is made once. */
  static async open(database: Database, dataFolder: string, origin: string, witness: Witness | null): Promise<Checkpoints> {
    return new Checkpoints(database, new URL(origin).host, await readOrMakeKey(dataFolder), witness)
  }

  /** Key of the witness, as C2SP writes it; null where there is none. */
  get witnessKey(): string | null {
    return this.#witness?.key ?? null
  }

  keyOf(project: string): string {
    return writeNoteKey(this.#origin(project), this.#publicKey)
  }

  /** The newest note, made now where entries came since; null before the first entry. */
  async sign(project: string, now: number): Promise<string | null> {
    const tree = await this.#treeOf(project)
    if (tree.size === 0) return null
    const [row] = await this.#database.query(project, 'newest-checkpoint', [project])
    if (row && countIn(row, 'size') === tree.size) return textIn(row, 'note')
    if (row && countIn(row, 'size') > tree.size)
      throw new StorageProblem(
        `Project ${project} has ${tree.size} entries, and a checkpoint was signed over ${countIn(row, 'size')}: the database was set back. Restore a newer backup.`,
      )
    const name = this.#origin(project)
    const root = tree.root()
    const text = checkpointText({ origin: name, size: tree.size, root })
    const signature = new Uint8Array(sign(null, Buffer.from(text), this.#key))
    const note = writeNote({ text, signatures: [{ name, id: noteKeyId(name, this.#publicKey), signature }] })
    await this.#database.transaction(project, [
      { name: 'put-checkpoint', values: [project, tree.size, bytesToHex(root), note, now] },
    ])
    return note
  }

  /** The newest note with the signature of the witness; null where there is nothing to sign or no witness, else why it did not sign. */
  async cosign(project: string): Promise<{ readonly note: string } | { readonly why: string } | null> {
    const witness = this.#witness
    const [row] = witness ? await this.#database.query(project, 'newest-checkpoint', [project]) : []
    if (!witness || !row) return null
    const [size, note] = [countIn(row, 'size'), textIn(row, 'note')]
    const [last] = await this.#database.query(project, 'newest-cosigned', [project, witness.key])
    const before = last ? countIn(last, 'size') : 0
    if (before === size) return null
    let answer = await this.#ask(witness, project, before, size, note)
    // It may have signed, and its answer was lost.
    if (answer.kind === 'has' && answer.size <= size) answer = await this.#ask(witness, project, answer.size, size, note)
    if (answer.kind === 'has')
      return {
        why: `it signed for ${answer.size} entries, and the ledger has ${size}: the database was set back. Restore a newer backup`,
      }
    if (answer.kind === 'no') return answer
    const signed = readNote(note)
    if (!signed) return null
    const cosigned = writeNote({ ...signed, signatures: [...signed.signatures, answer.line] })
    await this.#database.transaction(project, [{ name: 'cosign-checkpoint', values: [project, size, cosigned, witness.key] }])
    return { note: cosigned }
  }

  async #ask(witness: Witness, project: string, old: number, size: number, note: string): Promise<Witnessed> {
    const tree = await this.#levelsOf(project, size)
    return witness.cosign({ old, proof: old === 0 || old === size ? [] : tree.consistency(old, size), note })
  }

  /** The newest note that was signed; null before the first. */
  async newest(project: string): Promise<string | null> {
    const [row] = await this.#database.query(project, 'newest-checkpoint', [project])
    return row ? textIn(row, 'note') : null
  }

  /** That the first `from` entries are the beginning of the first `to`; null where there are not so many. */
  async consistency(project: string, from: number, to: number): Promise<ConsistencyProof | null> {
    const tree = await this.#levelsOf(project, to)
    if (tree.size < to || from > to) return null
    return { from, to, proof: tree.consistency(from, to).map(bytesToHex) }
  }

  /** That an entry is under the first `size`; null where it is not. */
  async inclusion(project: string, hash: string, size: number): Promise<InclusionProof | null> {
    const [row] = await this.#database.query(project, 'entry-by-hash', [project, hash])
    const tree = row ? await this.#levelsOf(project, size) : null
    const seq = row ? countIn(row, 'seq') : 0
    if (!tree || tree.size < size || seq > size) return null
    return { seq, size, proof: tree.inclusion(seq - 1, size).map(bytesToHex) }
  }

  /** What proofs are made from, kept for some projects: whoever asks for another one makes the server hash nothing anew. */
  async #levelsOf(project: string, size: number): Promise<LevelTree> {
    const before = this.#levels.get(project) ?? Promise.resolve(new LevelTree())
    const grown = before.then((tree) => (tree.size < size ? this.#grow(project, tree) : tree))
    this.#levels.delete(project)
    this.#levels.set(project, grown)
    for (const oldest of this.#levels.keys()) if (this.#levels.size > mostLevels) this.#levels.delete(oldest)
    grown.catch(() => this.#levels.delete(project))
    return grown
  }

  /** What `verify --checkpoint` takes. @param isWitnessed the newest that the witness signed, in place of one signed now */
  async file(project: string, now: number, isWitnessed = false): Promise<CheckpointFile | null> {
    const note = isWitnessed ? await this.#newestCosigned(project) : await this.sign(project, now)
    if (note === null) return null
    const size = Number(note.split('\n')[1])
    return { format: 'carryover-checkpoint/1', project, note, key: this.keyOf(project), hashes: await this.hashes(project, size) }
  }

  async #newestCosigned(project: string): Promise<string | null> {
    const [row] = await this.#database.query(project, 'newest-cosigned', [project, this.witnessKey])
    return row ? textIn(row, 'note') : null
  }

  /** Hashes of the first entries in order of arrival. */
  async hashes(project: string, most: number): Promise<readonly string[]> {
    const hashes: string[] = []
    while (hashes.length < most) {
      const rows = await this.#database.query(project, 'hashes-after', [
        project,
        hashes.length,
        Math.min(page, most - hashes.length),
      ])
      if (rows.length === 0) break
      for (const row of rows) hashes.push(textIn(row, 'hash'))
    }
    return hashes
  }

  #origin(project: string): string {
    return `${this.#host}/team/${project}`
  }

  #treeOf(project: string): Promise<GrowingTree> {
    const tree = this.#trees.get(project) ?? new GrowingTree()
    this.#trees.set(project, tree)
    return this.#grow(project, tree)
  }

  async #grow<T extends Pick<GrowingTree, 'size' | 'addEntry'>>(project: string, tree: T): Promise<T> {
    for (;;) {
      const rows = await this.#database.query(project, 'hashes-after', [project, tree.size, page])
      for (const row of rows) if (countIn(row, 'seq') === tree.size + 1) tree.addEntry(textIn(row, 'hash'))
      if (rows.length < page) return tree
    }
  }
}

async function readOrMakeKey(dataFolder: string): Promise<KeyObject> {
  const folder = join(dataFolder, 'keys')
  const path = join(folder, 'checkpoints.pem')
  const held = await readFile(path, 'utf8').catch((error: unknown) => {
    // Only where there is none: another key would look like another server to everybody.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StorageProblem(`The key of the checkpoints, ${path}, can not be read: ${errorWords(error)}. Nothing was changed.`)
  })
  if (held !== null) return createPrivateKey(held)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${path}.tmp`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncFolder(folder)
  return privateKey
}
