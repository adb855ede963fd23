/** What a write to a project has to pass before it is stored: who sends it, their roles, what it holds, and the room that is left. */
import { hash } from 'node:crypto'
import { changeFault, mayDraw } from '../../core/project/duties/document-roles.ts'
import { allowed, type Role } from '../../core/project/duties/roles.ts'
import type { Refusal } from '../../core/team/refusal.ts'
import type { StreamName } from '../../core/team/streams.ts'
import type { Database } from '../store/database.ts'
import { type FilesGate, isIntroduction } from './files-gate.ts'
import type { KeyHolders } from './key-holders.ts'
import { type CheckedLine, isLookingOnly, type LedgerGate } from './ledger-gate.ts'
import type { Moving } from './moving.ts'
import type { Who } from './people.ts'
import { refusal } from './refusals.ts'
import type { Usage } from './usage.ts'

export interface Write {
  readonly who: Who
  readonly stream: string
  readonly name: StreamName
  readonly body: Uint8Array
}

/** A write that passed its checks, with what it adds to the transaction. */
export interface Staged<Job extends Write = Write> {
  readonly job: Job
  readonly digest: string
  readonly lines: readonly CheckedLine[]
  readonly known: number | null
}

export interface CheckedBy {
  readonly project: string
  readonly database: Database
  readonly gate: LedgerGate
  readonly files: FilesGate
  readonly keyHolders: KeyHolders
  readonly usage: Usage
  readonly moving: Moving
  /** Roles of an invite; undefined for who is no member. */
  readonly invitedAs: (person: string) => ReadonlySet<string> | undefined
}

export class WriteChecks {
  readonly #by: CheckedBy

  constructor(by: CheckedBy) {
    this.#by = by
  }

  /** Why this person may send nothing but entries of the ledger here; null where they may. */
  workFault(who: Who): Refusal | null {
    if (this.#by.moving.isOpenFor(who)) return null
    const invited = this.#by.invitedAs(who.id)
    if (!invited) return refusal('not-allowed', 'You are no longer a member of this project.')
    const held = this.#by.gate.rolesOf(who)
    // What the table does not list takes any role but that of a viewer.
    if (held === null ? !isLookingOnly(invited) : allowed(held, 'edited')) return null
    return refusal(
      'not-allowed',
      held?.size === 0
        ? 'Nobody granted you a role in this project yet, so you can look and not change. Ask an administrator.'
        : 'Who has the role viewer can look and not change. Ask an administrator for another role.',
    )
  }

  /** Nobody can grant a role to a key that is not here: who was invited to work may send theirs before they hold one. */
  mayIntroduce(who: Who): boolean {
    const invited = this.#by.invitedAs(who.id)
    return invited !== undefined && !isLookingOnly(invited)
  }

  /** @param before what is stored with it and was checked already */
  async stage<Job extends Write>(job: Job, before: readonly Staged[]): Promise<Staged<Job> | Refusal> {
    const { who, body } = job
    const digest = digestOf(body)
    if (job.name.kind === 'ledger') {
      const invited = this.#by.invitedAs(who.id)
      if (!invited) return refusal('not-allowed', 'You are no longer a member of this project.')
      this.#by.moving.endFor(who)
      // Before the gate, which counts what it lets through.
      const full = this.#by.usage.fault(who.id, body.length)
      if (full) return full
      const reading = await this.#by.gate.read(body, who, invited, this.#by.moving.isBy(who))
      if (!reading.ok) return reading.refusal
      return { job, digest, lines: reading.lines, known: reading.known }
    }
    const introduces = job.name.kind === 'files' && isIntroduction(body) && this.mayIntroduce(who)
    const held = introduces ? null : this.#by.gate.rolesOf(who)
    const fault =
      (introduces ? null : this.workFault(who)) ??
      (this.#by.moving.isOpenFor(who) ? null : drawFault(job.name, held)) ??
      (await this.#bodyFault(job, digest, before, held)) ??
      (await this.#usageFault(job, digest))
    if (fault) return fault
    return { job, digest, lines: [], known: null }
  }

  /** What is stored already takes nothing more. */
  async #usageFault({ who, stream, body }: Write, digest: string): Promise<Refusal | null> {
    const { project, database } = this.#by
    const full = this.#by.usage.fault(who.id, body.length)
    if (full === null) return null
    return (await database.query(project, 'item-by-digest', [project, stream, digest])).length > 0 ? null : full
  }

  /** What is stored already, or with this, is the same item sent again and gets its number again. */
  async #bodyFault(
    { who, name, stream, body }: Write,
    digest: string,
    before: readonly Staged[],
    held: ReadonlySet<Role> | null,
  ): Promise<Refusal | null> {
    if (name.kind !== 'files') return name.kind === 'sealed' ? await this.#by.keyHolders.itemFault(stream, body) : null
    const { project, database } = this.#by
    const files = before.filter(({ job }) => job.name.kind === 'files')
    if (files.some((each) => each.digest === digest)) return null
    if ((await database.query(project, 'item-by-digest', [project, stream, digest])).length > 0) return null
    const entries = new Set(
      before.flatMap(({ job, lines }) => (job.who.id === who.id ? lines.map(({ entry }) => entry.hash) : [])),
    )
    const items = files.map(({ job }) => job.body)
    const rights = { moving: this.#by.moving.isBy(who), movesOwn: this.#by.moving.isOpenFor(who), held }
    const reading = await this.#by.files.read(body, who, rights, { entries, items })
    return reading.ok ? null : reading.refusal
  }
}

/** A map is drawn in by whose role may change it. @param held null where roles are not in force */
function drawFault({ kind, id }: StreamName, held: ReadonlySet<Role> | null): Refusal | null {
  if (kind !== 'map' || held === null || mayDraw(held, id)) return null
  return refusal('not-allowed', changeFault(held, [`workflows/${id}/`]))
}

function digestOf(body: Uint8Array): string {
  return hash('sha256', body, 'hex')
}
