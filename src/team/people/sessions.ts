/** Sessions: 32 random bytes in a cookie, their digest in the database. They end after 12 hours, after 30 minutes without use, or by hand. */
import { hash, randomBytes } from 'node:crypto'
import { countIn, type Database, textIn } from '../store/database.ts'
import type { Who } from '../streams/people.ts'

export const longest = 12 * 60 * 60 * 1000
export const idle = 30 * 60 * 1000
/** Of one person; a new sign-in ends the one that was used least lately. */
export const mostSessions = 20
/** The database hears of use once in a while only. */
const noted = 60 * 1000

export interface Session {
  readonly digest: string
  readonly who: Who
  readonly isAdministrator: boolean
  readonly endsAt: number
  /** By project the device that this browser proved to be there, the newest. */
  readonly devices: ReadonlyMap<string, string>
}

interface Held extends Session {
  isAdministrator: boolean
  readonly devices: Map<string, string>
  seenAt: number
  notedAt: number
}

export class Sessions {
  readonly #database: Database
  readonly #now: () => number
  readonly #held = new Map<string, Held>()
  readonly #ended: ((digest: string) => void)[] = []
  #ends = 0

  constructor(database: Database, now: () => number) {
    this.#database = database
    this.#now = now
  }

  /** Told of every session that ends before its time. */
  onEnd(told: (digest: string) => void): void {
    this.#ended.push(told)
  }

  /** A new one at every sign-in; the text for the cookie, which nobody else gets. */
  async begin(person: string, agent: string): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const now = this.#now()
    const [, , ended = []] = await this.#database.transaction(null, [
      { name: 'lock-person', values: [person] },
      { name: 'drop-old-sessions', values: [now, now - idle] },
      { name: 'end-surplus-sessions', values: [person, mostSessions - 1] },
      { name: 'make-session', values: [digestOf(token), person, agent.slice(0, 200), now, now + longest] },
    ])
    this.gone(ended.map((row) => textIn(row, 'digest')))
    return token
  }

  /** Null where there is none, or it is over. `isUse`: a person did something, so its 30 minutes begin again. */
  async find(token: string, isUse: boolean): Promise<Session | null> {
    const digest = digestOf(token)
    const now = this.#now()
    const held = this.#held.get(digest) ?? (await this.#readStanding(digest))
    if (!held) return null
    if (isOver(held, now)) {
      await this.end(digest, held.who.id)
      return null
    }
    this.#held.set(digest, held)
    if (isUse) await this.#see(held)
    return held
  }

  /** Whether it still holds now. */
  isAlive(digest: string): boolean {
    const held = this.#held.get(digest)
    return held !== undefined && !isOver(held, this.#now())
  }

  /** A person did something through a socket. Frames that a page sends by itself are no use. */
  async used(digest: string): Promise<void> {
    const held = this.#held.get(digest)
    if (held && !isOver(held, this.#now())) await this.#see(held)
  }

  async #see(held: Held): Promise<void> {
    const now = this.#now()
    held.seenAt = now
    if (now - held.notedAt < noted) return
    held.notedAt = now
    await this.#database.transaction(null, [{ name: 'session-seen', values: [held.digest, now] }])
  }

  /** Lets go of sessions that are over by now, and tells of each. */
  sweep(): void {
    const now = this.#now()
    for (const [digest, held] of this.#held) if (isOver(held, now)) this.#forget(digest)
  }

  async end(digest: string, person: string): Promise<boolean> {
    const [rows = []] = await this.#database.transaction(null, [{ name: 'end-session', values: [digest, person] }])
    this.#forget(digest)
    return rows.length > 0
  }

  async endAllOf(person: string): Promise<void> {
    const [rows = []] = await this.#database.transaction(null, [{ name: 'end-sessions-of', values: [person] }])
    this.gone(rows.map((row) => textIn(row, 'digest')))
  }

  /** The database has these no more. */
  gone(digests: readonly string[]): void {
    for (const digest of digests) this.#forget(digest)
  }

  /** The browser of this session proved to be this device. */
  bind(digest: string, project: string, device: string): void {
    this.#held.get(digest)?.devices.set(project, device)
  }

  /** This person administers the server from now on. */
  administers(person: string): void {
    for (const held of this.#held.values()) if (held.who.id === person) held.isAdministrator = true
  }

  #forget(digest: string): void {
    this.#ends++
    this.#held.delete(digest)
    for (const told of this.#ended) told(digest)
  }

  /** A session that ended while it was read is not brought back: it is read once more. */
  async #readStanding(digest: string): Promise<Held | null> {
    for (;;) {
      const ends = this.#ends
      const held = await this.#read(digest)
      if (held === null || ends === this.#ends) return held
    }
  }

  async #read(digest: string): Promise<Held | null> {
    const [row] = await this.#database.query(null, 'session', [digest])
    if (!row) return null
    const seenAt = countIn(row, 'seen_at')
    const devices = await this.#database.query(null, 'devices-of-session', [digest])
    return {
      digest,
      who: { id: textIn(row, 'person'), name: textIn(row, 'name'), actor: textIn(row, 'actor') },
      isAdministrator: row.administrator === true,
      endsAt: countIn(row, 'ends_at'),
      devices: new Map(devices.map((each) => [textIn(each, 'project'), textIn(each, 'device')])),
      seenAt,
      notedAt: seenAt,
    }
  }
}

function isOver({ endsAt, seenAt }: Held, now: number): boolean {
  return now >= endsAt || now - seenAt >= idle
}

export function digestOf(token: string): string {
  return hash('sha256', token, 'hex')
}
