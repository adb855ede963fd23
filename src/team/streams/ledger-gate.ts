/** What may enter the ledger of a project: canonical text, right hash, the next link of its chain, the right person, a role that allows it. */
import { allowed, judgeRoles, type Role, type RoleGrant, roles as roleNames } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import { entryText, hashOf } from '../../core/project/ledger/entry-hash.ts'
import { firstPrev, type LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { type LedgerReading, readLedger } from '../../core/project/ledger/ledger-file.ts'
import { ledgerUnion } from '../../core/project/ledger/ledger-union.ts'
import { type Sharing, sharingActions, sharingIn } from '../../core/project/sharing/sharing.ts'
import { sealKeyed } from '../../core/project/signing/seal-keys.ts'
import { payloadOf } from '../../core/project/signing/signature.ts'
import { deviceKeyed, holdsItsKey } from '../../core/project/signing/signed-heads.ts'
import type { ChainHead, Refusal, RefusalCode } from '../../core/team/refusal.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { countIn, type Database, textIn } from '../store/database.ts'
import { Bucket } from './limits.ts'
import type { Directory, Who } from './people.ts'
import { refusal } from './refusals.ts'
import { storedEntries } from './stored-entries.ts'

/** A line that may be stored, in its place. */
export interface CheckedLine {
  readonly entry: LedgerEntry
  /** Canonical text without its line end. */
  readonly line: string
}

export type LinesReading =
  | { readonly ok: true; readonly lines: readonly CheckedLine[]; readonly known: number | null }
  | { readonly ok: false; readonly refusal: Refusal }

/** Acts whose effect on roles is judged over the whole ledger. */
const judged: ReadonlySet<string> = new Set(['role-granted', 'held-accepted'])

/** A person's acts of this kind that do not hold: so many at once, then one in so many seconds. */
const mostTries = 20
const triedEvery = 10

/** Acts after which something else may be shared, or with others. */
const sharesAnew: ReadonlySet<string> = new Set([...sharingActions, ...judged, sealKeyed, deviceKeyed])

export class LedgerGate {
  readonly #project: string
  readonly #database: Database
  readonly #directory: Directory
  readonly #heads = new Map<string, ChainHead>()
  readonly #keys = new Map<string, string>()
  readonly #now: () => number
  /** What each person may still try that does not hold. */
  readonly #tries = new Map<string, Bucket>()
  #grants: readonly RoleGrant[] = []
  #sharing: Promise<Sharing | null> | null = null

  private constructor(project: string, database: Database, directory: Directory, now: () => number) {
    this.#now = now
    this.#project = project
    this.#database = database
    this.#directory = directory
  }

  static async open(project: string, database: Database, directory: Directory, now: () => number): Promise<LedgerGate> {
    const gate = new LedgerGate(project, database, directory, now)
    await gate.reload()
    return gate
  }

  /** As the database has it: after a start, and where a write did not get through. */
  async reload(): Promise<void> {
    // A database that does not answer leaves what was known: without its heads every chain would begin anew.
    const rows = await this.#database.query(this.#project, 'chain-heads', [this.#project])
    this.#heads.clear()
    this.#keys.clear()
    this.#sharing = null
    for (const row of rows) {
      const device = textIn(row, 'device')
      this.#heads.set(device, { device, seq: countIn(row, 'device_seq'), hash: textIn(row, 'hash') })
    }
    this.#grants = (await this.#judge([])).grants
  }

  get grants(): readonly RoleGrant[] {
    return this.#grants
  }

  /** What of the private part is shared now, as the signed entries say; null where nobody ever shared. */
  sharing(): Promise<Sharing | null> {
    const known = this.#sharing ?? this.#readSharing()
    this.#sharing = known
    known.catch(() => {
      if (this.#sharing === known) this.#sharing = null
    })
    return known
  }

  async #readSharing(): Promise<Sharing | null> {
    const stored = await storedEntries(this.#project, this.#database)
    if (!stored.some(({ action }) => sharingActions.has(action))) return null
    // In the order that every copy has: that of arrival is this server's own. Whose entry each is was judged when it came.
    const judged = { isNew: () => false }
    return (await sharingIn(judgedProject(this.#project), ledgerUnion(stored), webVerifier, judged)).sharing
  }

  headOf(device: string): ChainHead {
    return this.#heads.get(device) ?? { device, seq: 0, hash: firstPrev }
  }

  /** Roles of a person by grants that hold on devices of theirs; null where no role is in force. */
  rolesOf({ id, actor }: Pick<Who, 'id' | 'actor'>): ReadonlySet<Role> | null {
    if (this.#grants.length === 0) return null
    const own = this.#grants.filter((grant) => grant.actor === actor && this.#isHeldBy(grant, id))
    return new Set(own.map(({ role }) => role))
  }

  /** Who holds a grant here: its person, who proved the key of its device. Names are no proof: who joins chooses one. */
  holderOf(grant: RoleGrant): string | null {
    const person = this.#directory.personOfActor(grant.actor)
    return person !== null && this.#isHeldBy(grant, person) ? person : null
  }

  /** Digest of the key that the ledger knows a device by; null where it has none. */
  keyOf(device: string): string | null {
    return this.#keys.get(device) ?? null
  }

  #isHeldBy({ device, deviceKey }: RoleGrant, person: string): boolean {
    return this.#directory
      .ownersOf(this.#project, device)
      .some((owner) => owner.person === person && !owner.isRevoked && owner.key === deviceKey)
  }

  /**
   * Judges lines that somebody sends. Those that are stored already are passed over (`known` is the place of the last of them).
   * What is let through counts from here on; `reload` takes it back.
   */
  async read(body: Uint8Array, who: Who, invitedAs: ReadonlySet<string>, importing: boolean): Promise<LinesReading> {
    const reading = readingOf(body)
    if (reading === null || reading.entries.length === 0 || reading.problems.length > 0)
      return no(
        reading?.problems[0]?.why.includes('canonical') ? 'not-canonical' : 'unreadable',
        reading?.problems[0]?.why ?? 'An item of the ledger is one or more whole lines of ledger.jsonl in UTF-8.',
      )
    const lines: CheckedLine[] = []
    const heads = new Map<string, ChainHead>()
    let known: number | null = null
    for (const entry of reading.entries) {
      const head = heads.get(entry.device) ?? this.headOf(entry.device)
      if (safeHash(entry) !== entry.hash)
        return no('wrong-hash', `Entry ${entry.device}/${entry.seq} was changed: its hash does not match its content.`)
      if (entry.seq <= head.seq) {
        const [row] = await this.#database.query(this.#project, 'entry-by-hash', [this.#project, entry.hash])
        if (row) {
          known = countIn(row, 'seq')
          continue
        }
      }
      if (entry.seq !== head.seq + 1 || entry.prev !== head.hash) return fork(entry, head)
      if (!isDeviceName(entry.device))
        return no('unreadable', 'The name of a device has 1 to 128 characters, none of which steers a terminal or a page.')
      const refusal =
        this.#personFault(entry, who, invitedAs, importing) ??
        (await this.#keyFault(entry, importing)) ??
        (await this.#roleFault(entry, who, invitedAs, importing, lines))
      if (refusal) return { ok: false, refusal }
      heads.set(entry.device, { device: entry.device, seq: entry.seq, hash: entry.hash })
      lines.push({ entry, line: entryText(entry) })
    }
    for (const [device, head] of heads) this.#heads.set(device, head)
    return { ok: true, lines, known }
  }

  /** Grants after lines were stored; true where they changed. */
  async stored(lines: readonly CheckedLine[]): Promise<boolean> {
    for (const { entry } of lines) this.#noteKey(entry)
    if (lines.some(({ entry }) => sharesAnew.has(entry.action))) this.#sharing = null
    if (!lines.some(({ entry }) => judged.has(entry.action))) return false
    this.#grants = (await this.#judge([])).grants
    return true
  }

  /**
   * A registered device is somebody's, and speaks for its person alone. An entry of a device that nobody registered came with a copy:
   * whoever may merge brings it along, and it counts as far as its signatures go. In the name of somebody on this server only an
   * administrator or owner brings one: anybody could have made it up.
   */
  #personFault(entry: LedgerEntry, who: Who, invitedAs: ReadonlySet<string>, importing: boolean): Refusal | null {
    const owners = this.#directory.ownersOf(this.#project, entry.device)
    if (owners.length === 0) {
      if (importing || entry.actor === who.actor || this.#directory.personOfActor(entry.actor) === null) return null
      const held = this.rolesOf(who) ?? invitedAs
      if (held.has('admin') || held.has('owner')) return null
      return refusal(
        'foreign-actor',
        `Entry ${entry.device}/${entry.seq} speaks for ${entry.actor}, who works on this server. Ask ${entry.actor} to open that copy here, or an administrator to merge it.`,
      )
    }
    const own = owners.find(({ person }) => person === who.id)
    if (own?.isRevoked)
      return refusal('foreign-device', `The device ${entry.device} was revoked. Register this browser again under Team.`)
    if (!own)
      return importing
        ? null
        : refusal('foreign-device', `The device ${entry.device} is registered for somebody else, who alone can write with it.`)
    if (entry.actor === who.actor || importing) return null
    return refusal(
      'foreign-actor',
      `Entry ${entry.device}/${entry.seq} speaks for ${entry.actor}, and you are signed in as ${who.actor}.`,
    )
  }

  /** A key that enters the ledger is held by its device, and by the browser that proved it here. */
  async #keyFault(entry: LedgerEntry, importing: boolean): Promise<Refusal | null> {
    if (importing || entry.action !== deviceKeyed) return null
    const owners = this.#directory.ownersOf(this.#project, entry.device)
    if (owners.every(({ key }) => key === entry.digest) && (await holdsItsKey(this.#project, entry, webVerifier))) return null
    return refusal('foreign-device', `Entry ${entry.device}/${entry.seq} names a key that its device does not hold.`)
  }

  #noteKey({ action, device, digest }: LedgerEntry): void {
    if (action === deviceKeyed && digest !== null && !this.#keys.has(device)) this.#keys.set(device, digest)
  }

  async #roleFault(
    entry: LedgerEntry,
    who: Who,
    invitedAs: ReadonlySet<string>,
    importing: boolean,
    before: readonly CheckedLine[],
  ): Promise<Refusal | null> {
    if (importing) return null
    // The right first: judging reads the whole ledger.
    return (
      this.#rightFault(entry, who, invitedAs) ?? (judged.has(entry.action) ? await this.#judgedFault(entry, who, before) : null)
    )
  }

  async #judgedFault(entry: LedgerEntry, who: Who, before: readonly CheckedLine[]): Promise<Refusal | null> {
    const now = this.#now()
    const tries = this.#tries.get(who.id) ?? new Bucket(1 / triedEvery, mostTries, now)
    this.#tries.set(who.id, tries)
    if (!tries.has(1, now))
      return refusal(
        'too-many',
        `Entries of yours about roles did not hold ${mostTries} times. Wait ${triedEvery} seconds before the next one.`,
      )
    const isCarried = this.#directory.ownersOf(this.#project, entry.device).length === 0
    const { refused, last } = await this.#judge(
      [...before.map((line) => line.entry), entry],
      isCarried && this.#grants.length === 0 ? entry : null,
    )
    const why = refused.get(last)
    if (why === undefined) return null
    tries.take(1, now)
    return refusal('not-allowed', `This entry would not hold: ${why}.`)
  }

  #rightFault(entry: LedgerEntry, who: Who, invitedAs: ReadonlySet<string>): Refusal | null {
    const isCarried = this.#directory.ownersOf(this.#project, entry.device).length === 0
    const held = this.rolesOf(who)
    const action = isCarried ? 'merged' : entry.action
    const meaning = action === 'signed' ? (payloadOf(entry)?.meaning ?? '') : null
    const granted = this.#grants.filter(({ actor, device }) => actor === entry.actor && device === entry.device)
    const holds: readonly Role[] =
      held === null
        ? invitedRoles(invitedAs)
        : isCarried
          ? [...held]
          : granted.filter((grant) => this.#isHeldBy(grant, who.id)).map(({ role }) => role)
    // Nobody granted a role: everybody may do everything, but for who was invited to look.
    if (held === null && !isLookingOnly(invitedAs)) return null
    if (allowed(holds, action, meaning)) return null
    if (!isCarried && granted.length > 0 && holds.length === 0)
      return refusal(
        'not-allowed',
        `The role of ${entry.actor} on ${entry.device} was granted to another key than this browser has. Ask an administrator to grant it again.`,
      )
    const has = holds.length === 0 ? 'no role' : `the role ${[...new Set(holds)].join(', ')}`
    return refusal(
      'not-allowed',
      `${who.actor} has ${has} on ${entry.device}, which does not allow ${entry.action.replaceAll('-', ' ')}.`,
    )
  }

  /** `carried`: an entry that came with a copy, in which nobody takes on the administration. */
  async #judge(more: readonly LedgerEntry[], carried: LedgerEntry | null = null) {
    const stored = await storedEntries(this.#project, this.#database)
    for (const entry of stored) this.#noteKey(entry)
    const entries = [...stored, ...more]
    if (!entries.some(({ action }) => action === 'role-granted'))
      return { grants: [], refused: new Map<number, string>(), last: -1 }
    const judgement = await judgeRoles(judgedProject(this.#project), entries, webVerifier, {
      isNew: (entry) => entry === carried,
    })
    return { ...judgement, last: entries.length - 1 }
  }
}

/** Judging asks for the id alone. */
function judgedProject(id: string): Pick<Project, 'manifest' | 'other' | 'heads'> {
  const manifest = { formatVersion: 1, id, name: '', legacy: '', target: '', created: '', tool: '', servers: [] } as const
  return { manifest, other: new Map(), heads: [] }
}

export function isLookingOnly(invitedAs: ReadonlySet<string>): boolean {
  return invitedAs.size > 0 && [...invitedAs].every((role) => role === 'viewer')
}

function invitedRoles(invitedAs: ReadonlySet<string>): readonly Role[] {
  return roleNames.filter((role) => invitedAs.has(role))
}

function readingOf(body: Uint8Array): LedgerReading | null {
  try {
    return readLedger(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch {
    return null
  }
}

function safeHash(entry: LedgerEntry): string {
  try {
    return hashOf(entry)
  } catch (error) {
    return errorWords(error)
  }
}

/** As the route that registers devices takes them. */
function isDeviceName(device: string): boolean {
  return device.length > 0 && device.length <= 128 && !/\p{Cc}/u.test(device)
}

function no(code: RefusalCode, why: string): LinesReading {
  return { ok: false, refusal: refusal(code, why) }
}

function fork(entry: LedgerEntry, head: ChainHead): LinesReading {
  const { device, seq, hash } = head
  const stands = seq === 0 ? 'the server has no entry of this device' : `the server has entry ${device}/${seq}`
  return {
    ok: false,
    refusal: refusal(
      'fork',
      `Entry ${entry.device}/${entry.seq} does not follow what stands: ${stands}. Get the newest state and record the act again.`,
      JSON.stringify({ device, seq, hash }),
    ),
  }
}
