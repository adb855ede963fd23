/** Sessions: 32 random bytes in a cookie, their digest in the database. They end after 12 hours, after 30 minutes without use, or by hand. */
import { hash, randomBytes } from 'node:crypto'
import { countIn, type Database, textIn } from '../store/database.ts'
import type { Who } from '../streams/people.ts'

export const longest = 12 * 60 * 60 * 1000
export const idle = 30 * 60 * 1000
/** The database hears of use once in a while only. */
const noted = 60 * 1000

export interface Session {
  readonly digest: string
  readonly who: Who
  readonly isAdministrator: boolean
  readonly endsAt: number
}

interface Held extends Session {
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
    await this.#database.transaction(null, [
      { name: 'drop-old-sessions', values: [now, now - idle] },
      { name: 'make-session', values: [digestOf(token), person, agent.slice(0, 200), now, now + longest] },
    ])
    return token
  }

  /** Null where there is none, or it is over. Asking counts as use. */
  async find(token: string): Promise<Session | null> {
    const digest = digestOf(token)
    const now = this.#now()
    const held = this.#held.get(digest) ?? (await this.#readStanding(digest))
    if (!held) return null
    if (now >= held.endsAt || now - held.seenAt >= idle) {
      await this.end(digest, held.who.id)
      return null
    }
    this.#held.set(digest, held)
    held.seenAt = now
    if (now - held.notedAt >= noted) {
      held.notedAt = now
      await this.#database.transaction(null, [{ name: 'session-seen', values: [digest, now] }])
    }
    return held
  }

  /** Whether it still holds now; use of a socket counts as use. */
  isAlive(digest: string, isUsed: boolean): boolean {
    const held = this.#held.get(digest)
    const now = this.#now()
    if (!held || now >= held.endsAt || now - held.seenAt >= idle) return false
    if (isUsed) held.seenAt = now
    return true
  }

  async end(digest: string, person: string): Promise<boolean> {
    const [rows = []] = await this.#database.transaction(null, [{ name: 'end-session', values: [digest, person] }])
    this.#forget(digest)
    return rows.length > 0
  }

  async endAllOf(person: string): Promise<void> {
    const [rows = []] = await this.#database.transaction(null, [{ name: 'end-sessions-of', values: [person] }])
    for (const row of rows) this.#forget(textIn(row, 'digest'))
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
    return {
      digest,
      who: { id: textIn(row, 'person'), name: textIn(row, 'name'), actor: textIn(row, 'actor') },
      isAdministrator: row.administrator === true,
      endsAt: countIn(row, 'ends_at'),
      seenAt,
      notedAt: seenAt,
    }
  }
}

export function digestOf(token: string): string {
  return hash('sha256', token, 'hex')
}
