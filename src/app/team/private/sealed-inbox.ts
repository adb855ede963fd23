/**
 * What came sealed from the server: opened where its key is here. Of what can not be opened only the range is kept, one for each key, and it is
 * asked for again when the key comes, so that a long stream takes no memory of a browser that may not read it.
 */
import { kindNames, type PrivateFiles, Seen, type SharedKind, spokenBy } from '../../../core/project/sharing/shared-kinds.ts'
import type { EpochKey } from '../../../core/project/sharing/sharing.ts'
import type { StreamItem } from '../../../core/team/frames.ts'
import { readItemHeader } from '../../../core/team/sealed/item-header.ts'
import { actorOf, type Senders, speaksAs } from '../../../core/team/senders.ts'
import { openItem } from '../../../io/keys/sealed-item.ts'

export interface InboxSettings {
  readonly project: string
  /** Null where it is not here. */
  readonly keyOf: (known: EpochKey) => Uint8Array<ArrayBuffer> | null
  /** The next items of a stream after one, empty behind the last. @throws {Error} with a sentence */
  readonly items: (stream: string, from: number) => Promise<readonly StreamItem[]>
  /** Who is who on the server, with this person in it as far as the server knows them. */
  readonly sendersWith: (person: string) => Promise<Senders>
}

interface Incoming {
  readonly kind: SharedKind
  readonly item: StreamItem
}

export interface OpenedItem extends Incoming {
  readonly files: PrivateFiles
}

/** Where items lie that were sealed under one key, by their numbers in the stream. */
interface Closed {
  readonly kind: SharedKind
  readonly known: EpochKey
  /** The first that is still to be asked for. */
  first: number
  last: number
  count: number
}

/** More than any project has epochs and kinds. Behind it a server makes keys up: what it names is counted, and asked for by the next page. */
const mostClosed = 2000

export class SealedInbox {
  readonly #settings: InboxSettings
  readonly #seen = new Map<SharedKind, Seen>(kindNames.map((kind) => [kind, new Seen()]))
  readonly #counts = new Map<SharedKind, number>()
  readonly #closed = new Map<string, Closed>()
  #incoming: Incoming[] = []
  #broken = 0
  /** Closed items of keys beyond the most. */
  #beyond = 0
  readonly #forgers = new Set<string>()

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
    return [...this.#closed.values()].reduce((sum, { count }) => sum + count, this.#beyond)
  }

  /** Items that were changed, sealed for another place, or that the server gave once and not again. */
  get broken(): number {
    return this.#broken
  }

  /** How the ledger names those of whom comments in another name were left out; ids where it does not name them. */
  get forgers(): ReadonlySet<string> {
    return this.#forgers
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
    const read = await openItem(new Uint8Array(item.body), place, (epoch, key) => keyOf({ epoch, key }))
    if (read.kind === 'opened') {
      const files = await this.#ofSender(item, read.files)
      this.seenOf(kind).add(files)
      return [{ kind, item, files }]
    }
    if (read.kind === 'broken') this.#broken++
    else this.#keepPlace(kind, item.seq, { epoch: read.epoch, key: read.key })
    return []
  }

  /** Whoever has the key can write any name into a comment: the author is who sent it. */
  async #ofSender(item: StreamItem, files: PrivateFiles): Promise<PrivateFiles> {
    const senders = await this.#settings.sendersWith(item.person)
    const spoken = spokenBy(files, (by) => speaksAs(senders, item, by))
    if (spoken.others > 0) this.#forgers.add(actorOf(senders, item.person) ?? item.person)
    return spoken.files
  }

  #keepPlace(kind: SharedKind, seq: number, known: EpochKey): void {
    const name = `${kind} ${known.epoch} ${known.key}`
    const held = this.#closed.get(name)
    if (!held && this.#closed.size >= mostClosed) {
      this.#beyond++
      return
    }
    const { first, count } = held ?? { first: seq, count: 0 }
    this.#closed.set(name, { kind, known, first: Math.min(first, seq), last: Math.max(held?.last ?? 0, seq), count: count + 1 })
  }

  /** Some of what was closed and whose key is here by now; false where there is none. */
  async #askAgain(): Promise<boolean> {
    for (const [name, closed] of this.#closed) {
      const { kind, known, first, last } = closed
      if (this.#settings.keyOf(known) === null) continue
      const items = await this.#settings.items(`sealed/${kind}`, first - 1)
      const to = items.at(-1)?.seq ?? 0
      if (to < first) throw new Error('The server does not give again what it gave before. Call who runs it.')
      for (const item of items) {
        if (item.seq < first || item.seq > last || closed.count === 0) continue
        const { header } = readItemHeader(item.body) ?? {}
        if (header?.epoch !== known.epoch || header.key !== known.key) continue
        this.#incoming.push({ kind, item })
        closed.count--
      }
      closed.first = to + 1
      if (to >= last) {
        // What was there before and is not any more.
        this.#broken += closed.count
        this.#closed.delete(name)
      }
      return true
    }
    return false
  }
}
