/**
 * What came sealed from the server: opened where its key is here. Of what can not be opened only the place is kept, and it is asked for again
 * when its key comes, so that a long stream takes no memory of a browser that may not read it.
 */
import { kindNames, type PrivateFiles, Seen, type SharedKind } from '../../../core/project/sharing/shared-kinds.ts'
import type { StreamItem } from '../../../core/team/frames.ts'
import { openItem } from '../../../io/keys/sealed-item.ts'

export interface InboxSettings {
  readonly project: string
  /** The key with this commitment; null where it is not here. */
  readonly keyOf: (key: string) => Uint8Array<ArrayBuffer> | null
  /** The next items of a stream after one, empty behind the last. @throws {Error} with a sentence */
  readonly items: (stream: string, from: number) => Promise<readonly StreamItem[]>
}

interface Incoming {
  readonly kind: SharedKind
  readonly item: StreamItem
}

export interface OpenedItem extends Incoming {
  readonly files: PrivateFiles
}

/** Where items lie that were sealed under one key. */
interface Closed {
  readonly kind: SharedKind
  readonly key: string
  /** Their numbers in the stream, the first first. */
  seqs: number[]
}

export class SealedInbox {
  readonly #settings: InboxSettings
  readonly #seen = new Map<SharedKind, Seen>(kindNames.map((kind) => [kind, new Seen()]))
  readonly #counts = new Map<SharedKind, number>()
  readonly #closed = new Map<string, Closed>()
  #incoming: Incoming[] = []
  #broken = 0

  constructor(settings: InboxSettings) {
    this.#settings = settings
  }

  /** What of this kind the server has, as far as it could be opened. */
  seenOf(kind: SharedKind): Seen {
    return this.#seen.get(kind) ?? new Seen()
  }

  /** Items on the server, by kind. */
  get counts(): ReadonlyMap<SharedKind, number> {
    return this.#counts
  }

  /** Items whose key is not here. */
  get closed(): number {
    return [...this.#closed.values()].reduce((sum, { seqs }) => sum + seqs.length, 0)
  }

  /** Items that were changed, or sealed for another place. */
  get broken(): number {
    return this.#broken
  }

  take(kind: SharedKind, items: readonly StreamItem[]): void {
    for (const item of items) this.#incoming.push({ kind, item })
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + items.length)
  }

  /** The next items that open, a few at a time; none where nothing more does. @throws {Error} with a sentence */
  async next(): Promise<readonly OpenedItem[]> {
    for (;;) {
      if (this.#incoming.length === 0 && !(await this.#askAgain())) return []
      const opened: OpenedItem[] = []
      for (const each of this.#incoming.splice(0)) opened.push(...(await this.#open(each)))
      if (opened.length > 0) return opened
    }
  }

  /** What was opened and could not be kept comes again. */
  putBack(opened: readonly OpenedItem[]): void {
    this.#incoming.unshift(...opened)
  }

  async #open({ kind, item }: Incoming): Promise<readonly OpenedItem[]> {
    const { project, keyOf } = this.#settings
    const place = { project, stream: `sealed/${kind}` }
    const read = await openItem(new Uint8Array(item.body), place, (_, key) => keyOf(key))
    if (read.kind === 'opened') {
      this.seenOf(kind).add(read.files)
      return [{ kind, item, files: read.files }]
    }
    if (read.kind === 'broken') this.#broken++
    else {
      const name = `${kind} ${read.key}`
      const closed = this.#closed.get(name) ?? { kind, key: read.key, seqs: [] }
      closed.seqs.push(item.seq)
      this.#closed.set(name, closed)
    }
    return []
  }

  /** Some of what was closed and whose key is here by now; false where there is none. */
  async #askAgain(): Promise<boolean> {
    for (const [name, closed] of this.#closed) {
      const [first] = closed.seqs
      if (first === undefined || this.#settings.keyOf(closed.key) === null) continue
      const items = await this.#settings.items(`sealed/${closed.kind}`, first - 1)
      const last = items.at(-1)?.seq ?? 0
      if (last < first) throw new Error('The server does not give again what it gave before. Call who runs it.')
      const wanted = new Set(closed.seqs)
      for (const item of items) if (wanted.has(item.seq)) this.#incoming.push({ kind: closed.kind, item })
      closed.seqs = closed.seqs.filter((seq) => seq > last)
      if (closed.seqs.length === 0) this.#closed.delete(name)
      return true
    }
    return false
  }
}
