/** Links that let somebody in: the first one of a server, and invites to a project. A link is random, works once and is kept as its digest. */
import { randomBytes } from 'node:crypto'
import { type Role, roles } from '../../core/project/duties/roles.ts'
import { firstLinkMinutes, inviteDays } from '../../core/team/link-life.ts'
import { countIn, type Database, type Step, textIn, textOrNull } from '../store/database.ts'
import { digestOf } from './sessions.ts'

const firstLinkLifetime = firstLinkMinutes * 60 * 1000
const inviteLifetime = inviteDays * 24 * 60 * 60 * 1000

export interface Invite {
  readonly digest: string
  /** Null: the first link of the server, whose person administers it. */
  readonly project: string | null
  readonly role: string
}

export class Invites {
  readonly #database: Database
  readonly #now: () => number

  constructor(database: Database, now: () => number) {
    this.#database = database
    this.#now = now
  }

  /** A new first link, in place of one that nobody used; null once there are people. */
  async firstLink(): Promise<string | null> {
    const [row] = await this.#database.query(null, 'count-people', [])
    return countIn(row, 'n') > 0 ? null : await this.administratorLink()
  }

  /** For who runs the machine and lost the way in: whoever opens it becomes an administrator of the server. */
  async administratorLink(): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const now = this.#now()
    await this.#database.transaction(null, [
      { name: 'drop-first-links', values: [] },
      { name: 'make-invite', values: [digestOf(token), null, 'administrator', null, now, now + firstLinkLifetime] },
    ])
    return token
  }

  async invite(project: string, role: Role, by: string): Promise<{ readonly token: string; readonly endsAt: number }> {
    const token = randomBytes(32).toString('base64url')
    const now = this.#now()
    await this.#database.transaction(null, [
      { name: 'make-invite', values: [digestOf(token), project, role, by, now, now + inviteLifetime] },
    ])
    return { token, endsAt: now + inviteLifetime }
  }

  /** Null for a link that is unknown, used or over: which of these it is helps nobody but a guesser. */
  async find(token: string): Promise<Invite | null> {
    const digest = digestOf(token)
    const [row] = await this.#database.query(null, 'invite', [digest])
    if (!row || textOrNull(row, 'used_by') !== null || countIn(row, 'ends_at') <= this.#now()) return null
    return { digest, project: textOrNull(row, 'project'), role: textIn(row, 'role') }
  }

  /**
   * Steps that use the link up for this person; the transaction fails where somebody else was first, and where the person was removed from
   * the project after the link was made.
   */
  stepsOfUse({ digest, project, role }: Invite, person: string): readonly Step[] {
    const now = this.#now()
    const use: Step = { name: 'use-invite', values: [digest, person, now] }
    return project === null
      ? [use, { name: 'make-administrator', values: [person] }]
      : [use, { name: 'join-member-since', values: [project, person, role, 'invite', now, digest] }]
  }

  async list(project: string): Promise<readonly object[]> {
    return (await this.#database.query(null, 'invites-of', [project])).map((row) => ({
      id: textIn(row, 'digest').slice(0, 16),
      role: textIn(row, 'role'),
      endsAt: countIn(row, 'ends_at'),
      isUsed: textOrNull(row, 'used_by') !== null,
    }))
  }

  async withdraw(project: string, id: string): Promise<boolean> {
    const rows = await this.#database.query(null, 'invites-of', [project])
    const digest = rows.map((row) => textIn(row, 'digest')).find((each) => each.slice(0, 16) === id)
    if (digest === undefined) return false
    const [gone = []] = await this.#database.transaction(null, [{ name: 'drop-invite', values: [digest, project] }])
    return gone.length > 0
  }
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}
