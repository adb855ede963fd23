/**
 * Watches that the server tells one story: each of its signed notes over the ledger has to go on from the last one that this browser kept, and
 * to cover exactly the entries that came here, in the order in which they came. A note that does not ends the connection.
 */
import { bytesToHex } from '@noble/hashes/utils.js'
import { quarantinedIn } from '../../core/project/copies/quarantine.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { GrowingTree } from '../../core/project/ledger/merkle.ts'
import { entriesAside } from '../../core/project/sample/settlements.ts'
import { type Checkpoint, type ConsistencyProof, judgeCheckpoint, readCheckpoint } from '../../core/team/checkpoint.ts'
import { type CheckpointFile, heldUnder, readCheckpointFile } from '../../core/team/checkpoint-file.ts'
import { noteFault } from '../../io/keys/signed-note-web.ts'
import type { KeptStanding } from './kept-standing.ts'

type KeptNote = NonNullable<KeptStanding['checkpoint']>

export interface WatchHost {
  readonly project: string
  /** The last note that held. */
  kept(): KeptNote | null
  keep(note: KeptNote, size: number): void
  /** The open project as it is here. */
  here(): Project | null
  /** Entries that the server has are not here: they are to be fetched again. */
  lacking(why: string): void
  /** Ends the connection. */
  stop(why: string): void
  /** What the server answers; null where it does not. @throws nothing */
  ask(path: string): Promise<string | null>
  /** How long entries may come later than the note over them, in milliseconds. */
  readonly patience?: number
}

const call = 'Send nothing, keep your copy, and call who runs it.'

const patience = 10_000

export class CheckpointWatch {
  readonly #host: WatchHost
  #tree: GrowingTree | null = null
  /** Hashes that came and are not in the tree yet, by their place. */
  readonly #came = new Map<number, string>()
  #work: Promise<unknown> = Promise.resolve()
  #waiting: string | null = null
  #isOver = false

  constructor(host: WatchHost) {
    this.#host = host
  }

  close(): void {
    this.#isOver = true
  }

  /** Entries as they come, by their place in the ledger of the server. */
  came(seq: number, entry: Pick<LedgerEntry, 'hash'>): void {
    this.#came.set(seq, entry.hash)
  }

  /** A note that the server sent; of several that wait the last is judged. An empty one asks for what the server signs now. */
  heard(note: string): void {
    this.#waiting = note
    this.#work = this.#work.then(() => this.#next()).catch(() => undefined)
  }

  /** Resolves when every note that was heard is judged. */
  async judged(): Promise<void> {
    await this.#work
  }

  async #next(): Promise<void> {
    const note = this.#waiting
    this.#waiting = null
    if (note === null || this.#isOver) return
    const kept = this.#host.kept()
    const before = kept && readCheckpoint(kept.note)
    // A note that was on its way for long says nothing: what the server signs now does.
    const isOld = note === '' || (before !== null && (readCheckpoint(note)?.size ?? 0) < before.size)
    const file = kept && this.#tree && !isOld ? null : await this.#file()
    if (this.#isOver || file === 'unanswered') return
    if (file === 'nothing') {
      if (before !== null && before.size > 0)
        this.#stop(`The server has no ledger any more, and you have seen ${before.size} entries: it was set back. ${call}`)
      return
    }
    const key = kept?.key ?? file?.key
    if (key === undefined) return
    if (file && file.key !== key) {
      this.#stop(`The server signs with another key than before. ${call}`)
      return
    }
    const signed = file ? file.note : note
    const fault = await noteFault(signed, key)
    const next = readCheckpoint(signed)
    const why =
      fault ??
      (next === null
        ? 'The note of the server over the ledger can not be read.'
        : next.origin.endsWith(`/team/${this.#host.project}`)
          ? null
          : `The server signed for ${next.origin}, not for this project.`)
    if (why !== null || next === null) {
      this.#stop(`${why ?? ''} ${call}`)
      return
    }
    if (!(await this.#follows(before, next))) return
    if (!(file ? this.#covers(file) : await this.#grew(next))) return
    this.#host.keep({ note: signed, key }, next.size)
  }

  /** `unanswered` where the server does not say now. */
  async #file(): Promise<CheckpointFile | 'nothing' | 'unanswered'> {
    const text = await this.#host.ask('checkpoint')
    return text === null ? 'unanswered' : (readCheckpointFile(text) ?? 'nothing')
  }

  async #follows(before: Checkpoint | null, next: Checkpoint): Promise<boolean> {
    const isGrown = before !== null && next.size > before.size
    const answer = isGrown ? await this.#host.ask(`proof?from=${before.size}&to=${next.size}`) : null
    if (isGrown && answer === null) return false
    const judgement = judgeCheckpoint(before, next, answer === null ? null : proofIn(answer))
    if (!judgement.ok) this.#stop(judgement.why)
    return judgement.ok
  }

  /** The hashes of the file give the root that was signed, and all of them are here. */
  #covers(file: CheckpointFile): boolean {
    const project = this.#host.here()
    if (!project) return false
    const tree = new GrowingTree()
    for (const hash of file.hashes) tree.addEntry(hash)
    for (const [seq, hash] of this.#came)
      if (seq <= tree.size && file.hashes[seq - 1] !== hash) return this.#stop(otherOrder(seq))
    const cameToo = [...this.#came.values()].map((hash) => ({ hash }))
    const known = [...project.ledger, ...quarantinedIn(project), ...entriesAside(project), ...cameToo] as readonly LedgerEntry[]
    const verdict = heldUnder(file, known)
    if (!verdict.ok) {
      if (verdict.why.includes('is not in this ledger')) this.#host.lacking(verdict.why)
      else this.#stop(`${verdict.why} ${call}`)
      return false
    }
    for (const seq of [...this.#came.keys()]) if (seq <= tree.size) this.#came.delete(seq)
    this.#tree = tree
    return true
  }

  /** What came since, in its order, gives the new root. */
  async #grew({ size, root }: Checkpoint): Promise<boolean> {
    const tree = this.#tree
    if (!tree || size < tree.size) return false
    const end = Date.now() + (this.#host.patience ?? patience)
    while (tree.size < size) {
      const hash = this.#came.get(tree.size + 1)
      if (hash === undefined) {
        if (this.#isOver) return false
        if (Date.now() > end)
          return this.#stop(
            `The server signed for ${size} entries and showed ${tree.size} of them: it withholds the rest. ${call}`,
          )
        await new Promise((done) => setTimeout(done, 100))
        continue
      }
      this.#came.delete(tree.size + 1)
      tree.addEntry(hash)
    }
    return bytesToHex(tree.root()) === bytesToHex(root) || this.#stop(otherOrder(size))
  }

  #stop(why: string): false {
    if (!this.#isOver) this.#host.stop(why)
    return false
  }
}

function otherOrder(size: number): string {
  return `The server signed for other entries, or another order, than the ${size} that it showed you. ${call}`
}

function proofIn(text: string): ConsistencyProof | null {
  try {
    const value: unknown = JSON.parse(text)
    return isProof(value) ? value : null
  } catch {
    return null
  }
}

function isProof(value: unknown): value is ConsistencyProof {
  if (typeof value !== 'object' || value === null) return false
  const { from, to, proof } = value as Record<string, unknown>
  return (
    typeof from === 'number' && typeof to === 'number' && Array.isArray(proof) && proof.every((each) => typeof each === 'string')
  )
}
