/** Everything that one running server holds. */
import type { Context } from 'hono'
import { errorWords } from '../../core/values/error-words.ts'
import { isObject } from '../../core/values/json.ts'
import type { Checkpoints } from '../ledger/checkpoints.ts'
import { type Invite, Invites } from '../people/invites.ts'
import { Passkeys } from '../people/passkeys.ts'
import { Pending } from '../people/pending.ts'
import type { People } from '../people/people.ts'
import type { Journey, Provider } from '../people/provider.ts'
import { type Session, Sessions } from '../people/sessions.ts'
import { SignInLimits } from '../people/sign-in-limits.ts'
import type { RunDesk } from '../runs/run-desk.ts'
import type { BlobFolder } from '../store/blobs.ts'
import { type Database, textIn, type Value } from '../store/database.ts'
import { keptForDatabase } from '../store/disk-room.ts'
import { SessionLimits } from '../streams/limits.ts'
import type { Who } from '../streams/people.ts'
import { Room } from '../streams/room.ts'

/** Most bytes of a board that is read to see what changed in it. */
const largestBoard = 16 * 1024 * 1024

/** Ways in, as a person types them. */
export interface Ways {
  /** `https://team.clinic.example`: the only origin whose pages may act. */
  readonly origin: string
  readonly isSecure: boolean
}

export interface StateParts {
  readonly database: Database
  readonly people: People
  readonly blobs: BlobFolder
  readonly checkpoints: Checkpoints
  readonly ways: Ways
  /** Address of the proxy whose forwarded addresses are believed; null believes none. */
  readonly behindProxy: string | null
  /** Days for which the log of access is kept. */
  readonly logDays: number
  /** Most bytes of the files of one project; its streams take as much again. */
  readonly mostProjectBytes: number
  readonly now: () => number
  readonly say: (sentence: string) => void
  /** Runs on an engine beside this server; null where nobody set one up. */
  readonly runs: RunDesk | null
}

export const mostSockets = 4

/** Acts of the ledger that the log of access names, too. Their objects are roles and names of files, never a person's word. */
const notedEntries: ReadonlyMap<string, string> = new Map([
  ['exported', 'export'],
  ['bundle-issued', 'export'],
  ['role-granted', 'granted'],
])

/** A project on which nobody was for so long is held in memory no more. */
const roomIdle = 30 * 60 * 1000

/** A sign-in between its two halves. */
type PendingSignIn =
  | { readonly kind: 'join'; readonly invite: Invite; readonly name: string; readonly challenge: string }
  | { readonly kind: 'sign-in'; readonly challenge: string }
  | { readonly kind: 'passkey'; readonly person: string; readonly challenge: string }
  | { readonly kind: 'provider'; readonly journey: Journey; readonly invite: Invite | null; readonly linksTo: Session | null }

export class TeamState {
  readonly parts: StateParts
  readonly sessions: Sessions
  readonly invites: Invites
  readonly passkeys: Passkeys
  readonly signIns: SignInLimits
  readonly pending: Pending<PendingSignIn>
  readonly provider: Provider | null
  readonly #signed = new Map<string, number>()
  /** Rows of the access log are kept one behind the other, so that their numbers say what came first. */
  #notes: Promise<unknown> = Promise.resolve()
  readonly #rooms = new Map<string, Promise<Room | null>>()
  /** When somebody last asked for each of them, in milliseconds since 1970. */
  readonly #askedAt = new Map<string, number>()
  readonly #limits = new Map<string, SessionLimits>()
  readonly #sockets = new Map<string, Set<(code: number, why: string) => void>>()
  #connections = 0
  #isSigning = false
  /** Projects whose witness is asked now. */
  readonly #cosigning = new Set<string>()
  /** Projects whose witness did not sign the last time. */
  readonly #unwitnessed = new Set<string>()

  constructor(parts: StateParts, provider: Provider | null) {
    this.parts = parts
    this.provider = provider
    this.invites = new Invites(parts.database, parts.now)
    this.passkeys = new Passkeys(parts.database, parts.ways.origin)
    this.pending = new Pending(parts.now)
    this.signIns = new SignInLimits(parts.now)
    this.sessions = new Sessions(parts.database, parts.now)
    this.sessions.onEnd((digest) => {
      for (const close of this.#sockets.get(digest) ?? []) close(4401, 'Your session ended. Sign in again.')
      this.#limits.delete(digest)
    })
  }

  /** Null where there is no such project. */
  room(project: string): Promise<Room | null> {
    const held = this.#rooms.get(project)
    this.#askedAt.set(project, this.parts.now())
    if (held) return held
    const { database, people, blobs, mostProjectBytes, now, say } = this.parts
    const opened = Room.open({
      project,
      database,
      directory: people,
      now,
      say,
      fileOf: (digest) => blobs.bytes(project, digest, largestBoard),
      mostBytes: mostProjectBytes,
      acted: (who, { action, object }) => this.#noteEntry(project, who, action, object),
      // PostgreSQL has a disk of its own and says when it is full.
      hasRoom: async () => database.kind !== 'embedded' || (await blobs.hasRoom(keptForDatabase)),
      rolesChanged: (room) => this.deriveMembers(room),
    })
    this.#rooms.set(project, opened)
    // A project that is not there may be made later; one that failed to open is tried again.
    opened.then(
      (room) => room ?? this.#dropRoom(project),
      () => this.#dropRoom(project),
    )
    return opened
  }

  #dropRoom(project: string): void {
    this.#rooms.delete(project)
    this.#askedAt.delete(project)
    this.#signed.delete(project)
  }

  /** Lets go of projects on which nobody is. A request that still holds one asked for it less long ago. */
  async closeIdleRooms(): Promise<void> {
    const before = this.parts.now() - roomIdle
    for (const room of await this.rooms()) {
      const { project } = room
      const isSigned = room.entriesStored === 0 || this.#signed.get(project) === room.entriesStored
      if (room.isEmpty && isSigned && (this.#askedAt.get(project) ?? 0) < before) this.#dropRoom(project)
    }
  }

  async rooms(): Promise<readonly Room[]> {
    const rooms = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => null)))
    return rooms.filter((room) => room !== null)
  }

  get checkpoints(): Checkpoints {
    return this.parts.checkpoints
  }

  /** A signed note for each open project with new entries, sent to everybody on it. */
  async signCheckpoints(): Promise<void> {
    // A round that takes long is not run over by the next.
    if (this.#isSigning) return
    this.#isSigning = true
    try {
      await this.#signAll()
    } finally {
      this.#isSigning = false
    }
  }

  async #signAll(): Promise<void> {
    for (const room of await this.rooms()) {
      if (this.#signed.get(room.project) === room.entriesStored) {
        if (this.#unwitnessed.has(room.project)) void this.#cosign(room)
        continue
      }
      const stored = room.entriesStored
      try {
        const note = await this.checkpoints.sign(room.project, this.parts.now())
        this.#signed.set(room.project, stored)
        if (note !== null) room.tell({ kind: 'checkpoint', note })
        void this.#cosign(room)
      } catch (error) {
        // Trouble of one project leaves no other without its checkpoint.
        this.parts.say(`No checkpoint of project ${room.project} was signed: ${errorWords(error)}`)
      }
    }
  }

  /** A witness that does not answer holds up nobody: it is asked again in the next round. */
  async #cosign(room: Room): Promise<void> {
    const { project } = room
    if (this.#cosigning.has(project)) return
    this.#cosigning.add(project)
    try {
      this.#unwitnessed.delete(project)
      // What was signed meanwhile is asked for as well.
      for (;;) {
        const answer = await this.checkpoints.cosign(project)
        if (answer === null) return
        if ('why' in answer) throw new Error(answer.why)
        room.tell({ kind: 'checkpoint', note: answer.note })
      }
    } catch (error) {
      this.#unwitnessed.add(project)
      this.parts.say(`The witness did not sign the checkpoint of project ${project}: ${errorWords(error)}.`)
    } finally {
      this.#cosigning.delete(project)
    }
  }

  limitsOf(digest: string): SessionLimits {
    const held = this.#limits.get(digest) ?? new SessionLimits(this.parts.now())
    this.#limits.set(digest, held)
    return held
  }

  /** Where a request comes from; behind a proxy the address that the proxy saw, which is the last one that it added. */
  addressOf(context: Context): string {
    const direct = this.directAddressOf(context)
    if (direct !== this.parts.behindProxy) return direct
    return context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? direct
  }

  /** The other end of the connection. */
  directAddressOf(context: Context): string {
    return remoteOf(context.env?.incoming)
  }

  /** An invite was used: the project's room lets its person in, or the server knows who administers it. */
  async inviteUsed({ project }: Invite, person: string): Promise<void> {
    if (project === null) this.sessions.administers(person)
    else await (await this.room(project))?.readMembers()
  }

  nextConnection(): number {
    this.#connections++
    return this.#connections
  }

  /** False where this session has as many sockets as it may. */
  addSocket(digest: string, close: (code: number, why: string) => void): boolean {
    const held = this.#sockets.get(digest) ?? new Set()
    if (held.size >= mostSockets) return false
    this.#sockets.set(digest, held.add(close))
    return true
  }

  dropSocket(digest: string, close: (code: number, why: string) => void): void {
    const held = this.#sockets.get(digest)
    held?.delete(close)
    if (held?.size === 0) this.#sockets.delete(digest)
  }

  /** Ends what is over by now, with its sockets. */
  endStale(): void {
    this.sessions.sweep()
    for (const digest of this.#limits.keys()) if (!this.sessions.isAlive(digest)) this.#limits.delete(digest)
    // A session may have ended while its socket opened.
    for (const [digest, closers] of this.#sockets)
      if (!this.sessions.isAlive(digest)) for (const close of [...closers]) close(4401, 'Your session ended. Sign in again.')
  }

  closeSockets(code: number, why: string): void {
    for (const closers of this.#sockets.values()) for (const close of [...closers]) close(code, why)
  }

  /** Into the log of who looked at what. */
  note(project: string, { who, devices }: Session, act: string, object: string, outcome: string): void {
    this.#keepNote(project, [project, who.id, devices.get(project) ?? null, act, object, outcome, this.parts.now()])
  }

  #noteEntry(project: string, who: Who, action: string, object: string): void {
    const act = notedEntries.get(action)
    if (act !== undefined) this.#keepNote(project, [project, who.id, null, act, object.slice(0, 200), 'ok', this.parts.now()])
  }

  #keepNote(project: string, values: readonly Value[]): void {
    const { database, say } = this.parts
    this.#notes = this.#notes
      .then(() => database.transaction(project, [{ name: 'note-access', values }]))
      .catch(() => say(`The access log of project ${project} could not be written.`))
  }

  /** Resolves when every row of the access log that was asked for is kept, or was told as not kept. */
  async notesKept(): Promise<void> {
    await this.#notes
  }

  /** What happens at the door: signing in, sessions, passkeys, people. @param person null where nobody is known */
  noteAtDoor(context: Context, person: string | null, act: string, object: string, outcome = 'ok'): void {
    const { database, now, say } = this.parts
    const values = [person, act, object, outcome, now(), this.addressOf(context)]
    this.#notes = this.#notes
      .then(() => database.transaction(null, [{ name: 'note-at-door', values }]))
      .catch(() => say('The access log of the server could not be written.'))
  }

  /** Lets go of lines of the log that are older than it is kept. */
  async dropOldAccess(): Promise<void> {
    const { database, now, logDays } = this.parts
    await database.transaction(null, [{ name: 'drop-old-access', values: [now() - logDays * 86_400_000] }])
  }

  /** Members as the grants of the ledger name them, beside those who were invited. */
  async deriveMembers(room: Room): Promise<void> {
    const { database, now } = this.parts
    const { project } = room
    const members = room.gate.grants.flatMap((grant) => {
      const person = room.gate.holderOf(grant)
      return person === null ? [] : [{ person, role: grant.role }]
    })
    await database.transaction(null, [
      { name: 'lock-project', values: [project] },
      { name: 'drop-derived-members', values: [project] },
      ...members.map(({ person, role }) => ({
        name: 'derive-member' as const,
        values: [project, person, role, now()],
      })),
    ])
    await room.readMembers()
  }

  /**
   * True where this person made the project or was invited as its administrator, and where roles are in force holds that role in them, too.
   * A role of the ledger is no invite: it counts beside one.
   */
  async administers(room: Room, person: string): Promise<boolean> {
    const rows = await this.parts.database.query(null, 'roles-in', [room.project, person])
    if (!rows.some((row) => textIn(row, 'role') === 'admin' && textIn(row, 'source') !== 'ledger')) return false
    if (room.gate.grants.length === 0) return true
    return room.gate.grants.some((grant) => grant.role === 'admin' && room.gate.holderOf(grant) === person)
  }
}

/** The address at the other end; addresses of version 4 come as they are written. */
function remoteOf(incoming: unknown): string {
  if (!isObject(incoming) || !isObject(incoming.socket)) return ''
  const { remoteAddress } = incoming.socket
  return typeof remoteAddress === 'string' ? remoteAddress.replace(/^::ffff:/, '') : ''
}
