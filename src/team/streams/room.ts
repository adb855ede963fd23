/**
 * One project while somebody works on it: who is there, who follows what, and the one queue of its writes. What waits is stored in one
 * transaction, then sent to the followers, then answered as saved.
 */
import { utf8 } from '../../core/canonical.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { encodeServerFrame, type ServerFrame, type StreamItem } from '../../core/team/frames.ts'
import type { Move } from '../../core/team/move.ts'
import type { Refusal, RefusalCode, StandingFile } from '../../core/team/refusal.ts'
import { streamNameOf } from '../../core/team/streams.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { countIn, type Database, type Row, type Step, StorageProblem, textIn } from '../store/database.ts'
import { groupSize } from '../store/group-size.ts'
import { type FileOf, FilesGate } from './files-gate.ts'
import { Follower, type Peer, readItems } from './follower.ts'
import { KeyHolders } from './key-holders.ts'
import { LedgerGate } from './ledger-gate.ts'
import { Moving } from './moving.ts'
import type { Directory, Who } from './people.ts'
import { refusal, unknownStream } from './refusals.ts'
import { Usage } from './usage.ts'
import { type Staged, type Write, WriteChecks } from './write-checks.ts'

export type Outcome = { readonly ok: true; readonly seq: number } | { readonly ok: false; readonly refusal: Refusal }

/** Somebody on the project with one socket. */
export interface Seat {
  readonly connection: number
  readonly who: Who
  readonly peer: Peer
  readonly followed: Map<string, Follower>
  /** What is stored is sent for one stream after the other, so that a socket that reads nothing holds one page of memory. */
  sending: Promise<void>
}

export interface RoomSettings {
  readonly project: string
  readonly database: Database
  readonly directory: Directory
  readonly now: () => number
  /** Without it nobody's change of the board is known to be a statement alone. */
  readonly fileOf?: FileOf
  /** What went wrong, for the log of the server; it never holds what was sent. */
  readonly say: (sentence: string) => void
  /** Most bytes of all streams. */
  readonly mostBytes: number
  /** False where the disk of the database is nearly full. */
  readonly hasRoom: () => Promise<boolean>
  /** Told of each entry that was stored, for the log of access. */
  readonly acted?: (who: Who, entry: LedgerEntry) => void
  /** Told after entries were stored that changed who has which role. */
  readonly rolesChanged: (room: Room) => Promise<void>
}

interface Job extends Write {
  readonly done: (outcome: Outcome) => void
}

const mostJobs = 128
const mostJobBytes = 16 * 1024 * 1024
const mostFollowed = 1000

export class Room {
  readonly #settings: RoomSettings
  readonly #gate: LedgerGate
  readonly keyHolders: KeyHolders
  readonly #files: FilesGate
  readonly checks: WriteChecks
  readonly #usage: Usage
  readonly #seats = new Map<number, Seat>()
  readonly #last = new Map<string, number>()
  #jobs: Job[] = []
  #working: Promise<void> | null = null
  #invited = new Map<string, ReadonlySet<string>>()
  readonly #moving: Moving
  #entries = 0
  /** A write failed, and the gate may believe what is not there. */
  #isUnsure = false

  private constructor(settings: RoomSettings, gate: LedgerGate, usage: Usage, moving: Moving) {
    this.#settings = settings
    this.#gate = gate
    this.#usage = usage
    this.keyHolders = new KeyHolders({ ...settings, gate, isMember: (person) => this.isMember(person) })
    const { fileOf = async () => null } = settings
    this.#files = new FilesGate(settings.project, settings.database, settings.directory, fileOf)
    this.#moving = moving
    const invitedAs = (person: string) => this.#invited.get(person)
    this.checks = new WriteChecks({
      ...settings,
      gate,
      usage,
      moving,
      invitedAs,
      files: this.#files,
      keyHolders: this.keyHolders,
    })
  }

  /** Null where there is no such project. */
  static async open(settings: RoomSettings): Promise<Room | null> {
    const { project, database, directory } = settings
    const [row] = await database.query(project, 'move-of', [project])
    if (!row) return null
    const gate = await LedgerGate.open(project, database, directory, settings.now)
    const usage = await Usage.open(project, database, settings.mostBytes)
    const room = new Room(settings, gate, usage, new Moving(settings, row))
    for (const each of await database.query(project, 'streams-of', [project]))
      room.#last.set(textIn(each, 'name'), countIn(each, 'last'))
    await room.readMembers()
    return room
  }

  get project(): string {
    return this.#settings.project
  }

  get gate(): LedgerGate {
    return this.#gate
  }

  /** Grows with every entry that this process stored; tells whether a checkpoint is due. */
  get entriesStored(): number {
    return this.#entries
  }

  get isEmpty(): boolean {
    return this.#seats.size === 0 && this.#jobs.length === 0 && this.#working === null
  }

  lastOf(stream: string): number {
    return this.#last.get(stream) ?? 0
  }

  /** Who may come in, as the table of members says now. */
  async readMembers(): Promise<void> {
    const { project, database } = this.#settings
    const invited = new Map<string, Set<string>>()
    for (const row of await database.query(project, 'members-of', [project])) {
      const person = textIn(row, 'person')
      const roles = invited.get(person) ?? new Set()
      invited.set(person, roles.add(textIn(row, 'role')))
    }
    this.#invited = invited
    for (const seat of this.#seats.values())
      if (!invited.has(seat.who.id)) seat.peer.close(4403, 'You are no longer a member of this project.')
    await this.keyHolders.dropLeftOver()
  }

  isMember(person: string): boolean {
    return this.#invited.has(person)
  }

  enter(seat: Seat): void {
    this.#seats.set(seat.connection, seat)
    this.#moving.endFor(seat.who)
  }

  leave(connection: number): void {
    if (this.#seats.delete(connection)) this.tell({ kind: 'gone', connection })
  }

  seats(): Iterable<Seat> {
    return this.#seats.values()
  }

  /** To everybody on the project. */
  tell(frame: ServerFrame, but?: number): void {
    const bytes = encodeServerFrame(frame)
    for (const seat of this.#seats.values()) if (seat.connection !== but) seat.peer.send(bytes)
  }

  show(from: Seat, stream: string, body: Uint8Array): void {
    const { connection, who } = from
    const bytes = encodeServerFrame({ kind: 'presence', stream, connection, person: who.id, body })
    for (const seat of this.#seats.values())
      if (seat.connection !== connection && (stream === '' || seat.followed.has(stream))) seat.peer.send(bytes)
  }

  /** Sends what there is after `from`, then what comes. */
  async follow(seat: Seat, number: number, stream: string, from: number): Promise<Refusal | null> {
    const name = streamNameOf(stream)
    if (name === null) return unknownStream(stream)
    if (seat.followed.size >= mostFollowed && !seat.followed.has(stream))
      return refusal('too-many', `One socket follows ${mostFollowed} streams at most. Leave one first.`)
    const follower = new Follower(seat.peer, stream, from)
    seat.followed.set(stream, follower)
    const { project, database } = this.#settings
    const isWanted = (): boolean => seat.followed.get(stream) === follower
    const sent = seat.sending.then(() =>
      isWanted() ? follower.catchUp(database, project, () => this.lastOf(stream), isWanted) : undefined,
    )
    seat.sending = sent.catch(() => undefined)
    await sent
    if (!isWanted()) return null
    seat.peer.send(encodeServerFrame({ kind: 'current', number, stream, last: this.lastOf(stream) }))
    return null
  }

  append(who: Who, stream: string, body: Uint8Array): Promise<Outcome> {
    const name = streamNameOf(stream)
    if (name === null) return Promise.resolve({ ok: false, refusal: unknownStream(stream) })
    return new Promise((done) => {
      this.#jobs.push({ who, stream, name, body, done })
      this.#working ??= this.#work()
    })
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working
  }

  endMove(): Promise<void> {
    return this.#moving.end()
  }

  /** Whose move brought the project here, and where it ended. */
  move(): Promise<Move> {
    return this.#moving.told()
  }

  /** Roles that the invites and the ledger give, for the page. */
  standingOf(who: Who): {
    readonly invitedAs: readonly string[]
    readonly roles: readonly string[] | null
    /** The ledger is taken as it is. */
    readonly importing: boolean
    /** Own files are taken whatever the roles. */
    readonly moving: boolean
  } {
    const held = this.#gate.rolesOf(who)
    return {
      invitedAs: [...(this.#invited.get(who.id) ?? [])],
      roles: held && [...held],
      importing: this.#moving.isBy(who),
      moving: this.#moving.isOpenFor(who),
    }
  }

  /** Every kept document by its path, with the state that stands. */
  files(): Promise<ReadonlyMap<string, StandingFile>> {
    return this.#files.standing()
  }

  async #work(): Promise<void> {
    try {
      // What arrives in one turn of the loop is stored together.
      await new Promise((resolve) => setImmediate(resolve))
      while (this.#jobs.length > 0) {
        const size = groupSize(this.#jobs, mostJobs, mostJobBytes, ({ body }) => body.length)
        await this.#together(this.#jobs.splice(0, size))
      }
    } finally {
      // In the turn in which nothing waits any more: what comes after it begins anew.
      this.#working = null
    }
  }

  async #together(jobs: readonly Job[]): Promise<void> {
    const staged: Staged<Job>[] = []
    try {
      if (!(await this.#settings.hasRoom())) throw new StorageProblem(nearlyFull)
      await this.#makeSure()
      for (const job of jobs) {
        // Who may read what is sealed is known when the entries before it are stored.
        if (job.name.kind === 'sealed' && staged.some(({ lines }) => lines.length > 0)) await this.#store(staged.splice(0))
        const outcome = await this.checks.stage(job, staged)
        if ('job' in outcome) staged.push(outcome)
        else job.done({ ok: false, refusal: outcome })
      }
      if (staged.length > 0) await this.#store(staged)
    } catch (error) {
      this.#isUnsure = true
      // What the database does not take must not take the writes of others down with it.
      if (jobs.length > 1 && !(error instanceof StorageProblem)) for (const job of jobs) await this.#together([job])
      else {
        const outcome = this.#trouble(error)
        for (const job of jobs) job.done(outcome)
      }
    }
  }

  /** What was let through may not be there: the next entry is held against what is. */
  async #makeSure(): Promise<void> {
    if (!this.#isUnsure) return
    await this.#gate.reload()
    this.#isUnsure = false
  }

  async #store(staged: readonly Staged<Job>[]): Promise<void> {
    const { project, database, now } = this.#settings
    const at = now()
    const items = staged.filter(({ job }) => job.name.kind !== 'ledger')
    const entries = staged.flatMap(({ job, lines }) => lines.map(({ entry, line }) => ({ entry, line, person: job.who.id })))
    const first: Step[] = entries.length > 0 ? [{ name: 'lock-project', values: [project] }] : []
    if (entries.length > 0 && !this.#last.has('ledger')) first.push({ name: 'open-stream', values: [project, 'ledger'] })
    const rows = await database.transaction(project, [
      ...first,
      ...entries.map(({ entry, line, person }): Step => {
        const { device, seq, hash: own, prev } = entry
        return { name: 'append-entry', values: [project, device, seq, own, prev, line, person, at] }
      }),
      ...(items.length > 0
        ? [{ name: 'store-items' as const, values: [project, JSON.stringify(items.map((each) => sentItem(each, at)))] }]
        : []),
    ])
    const lines = staged.flatMap((each) => each.lines)
    this.#entries += lines.length
    const { acted } = this.#settings
    if (acted) for (const { job, lines } of staged) for (const { entry } of lines) acted(job.who, entry)
    const fresh = new Map<string, StreamItem[]>()
    const add = (stream: string, item: StreamItem): void => {
      fresh.set(stream, [...(fresh.get(stream) ?? []), item])
      this.#usage.add(item.person, item.body.length)
    }
    const outcomes: [Job, number][] = []
    const placed = rows.slice(first.length, first.length + entries.length).map(seqIn)
    let next = 0
    for (const { job, lines, known } of staged) {
      if (job.name.kind !== 'ledger') continue
      let last = known ?? 0
      for (const { line } of lines) {
        const seq = placed[next++] ?? 0
        last = Math.max(last, seq)
        add('ledger', { person: job.who.id, at, seq, body: utf8(`${line}\n`) })
      }
      outcomes.push([job, last])
    }
    for (const [index, { job }] of items.entries()) {
      const row = rows.at(-1)?.[index]
      const seq = countIn(row, 'seq')
      if (row?.is_new === true) add(job.stream, { person: job.who.id, at, seq, body: job.body })
      outcomes.push([job, seq])
    }
    try {
      for (const [{ stream }, seq] of outcomes)
        if (seq > this.lastOf(stream)) await this.#tell(stream, seq, fresh.get(stream) ?? [])
      for (const [job, seq] of outcomes) job.done({ ok: true, seq })
    } finally {
      // What is stored counts, whether or not it could be told.
      if (await this.#gate.stored(lines)) await this.#settings.rolesChanged(this)
    }
  }

  /**
   * Everything up to `seq` goes to the followers, once and in order. Where a write was stored and its answer was lost, more is stored than
   * `fresh` holds: it is read.
   */
  async #tell(stream: string, seq: number, fresh: readonly StreamItem[]): Promise<void> {
    const { project, database } = this.#settings
    const isWhole = fresh[0]?.seq === this.lastOf(stream) + 1 && (fresh.at(-1)?.seq ?? 0) >= seq
    if (isWhole) {
      this.#last.set(stream, Math.max(seq, ...fresh.map((each) => each.seq)))
      return this.#send(stream, fresh)
    }
    while (this.lastOf(stream) < seq) {
      const items = await readItems(database, project, stream, this.lastOf(stream), 500)
      const end = items.at(-1)
      if (!end) return
      this.#last.set(stream, end.seq)
      this.#send(stream, items)
    }
  }

  #send(stream: string, items: readonly StreamItem[]): void {
    const bytes = encodeServerFrame({ kind: 'items', stream, items })
    for (const seat of this.#seats.values()) seat.followed.get(stream)?.take(items, bytes)
  }

  #trouble(error: unknown): Outcome {
    this.#settings.say(`A write to project ${this.project} failed: ${errorWords(error)}`)
    return no(
      'trouble',
      error instanceof StorageProblem ? error.message : 'The server could not store this. It is kept here and sent again.',
    )
  }
}

const nearlyFull =
  'The disk of the server is nearly full, so nothing more is stored. Your work stays here and is sent again; tell who runs the server.'

/** As the statement that stores items reads one. */
function sentItem({ job, digest }: Staged, at: number): object {
  const { body, stream, who } = job
  return { stream, digest, body: Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64'), person: who.id, at }
}

function seqIn(rows: readonly Row[] | undefined): number {
  return countIn(rows?.[0], 'seq')
}

function no(code: RefusalCode, why: string): Outcome {
  return { ok: false, refusal: refusal(code, why) }
}
