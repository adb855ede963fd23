/** What may enter the stream `files`: entries and bytes that are here, and no state of a file that somebody else replaced meanwhile. */
import { canonicalJson } from '../../core/canonical.ts'
import { changeFault, differInStatements, mayChange, mayState } from '../../core/project/duties/document-roles.ts'
import type { Role } from '../../core/project/duties/roles.ts'
import { paths } from '../../core/project/format/documents.ts'
import { type FilesItem, readFilesItem } from '../../core/team/files-item.ts'
import type { Refusal, RefusalCode, StandingFile } from '../../core/team/refusal.ts'
import { type Database, type Row, textIn } from '../store/database.ts'
import { readItems } from './follower.ts'
import type { Directory, Who } from './people.ts'
import { refusal } from './refusals.ts'

const page = 500

/** Entries that an item names; a browser sends 2,000 at most. */
const mostNamed = 5_000

export type ItemReading = { readonly ok: true; readonly item: FilesItem } | { readonly ok: false; readonly refusal: Refusal }

/** The bytes of a kept document by its digest; null where they are not here or more than a board has. */
export type FileOf = (digest: string) => Promise<Uint8Array | null>

export class FilesGate {
  readonly #project: string
  readonly #database: Database
  readonly #directory: Directory
  readonly #fileOf: FileOf
  #standing: Map<string, StandingFile> | null = null
  #upto = 0

  constructor(project: string, database: Database, directory: Directory, fileOf: FileOf) {
    this.#project = project
    this.#database = database
    this.#directory = directory
    this.#fileOf = fileOf
  }

  /**
   * Judges an item. `before`: hashes of entries and items that are stored with it, in front of it. While a project is moved here its maker
   * sends it as it is. @param held roles of the sender; null where none are in force, and for who only shows their keys @param movesOwn
   * the sender made the project and is not done with it: no role is asked for what nobody else changed
   */
  async read(
    body: Uint8Array,
    who: Who,
    { moving, movesOwn, held }: { readonly moving: boolean; readonly movesOwn: boolean; readonly held: ReadonlySet<Role> | null },
    before: { readonly entries: ReadonlySet<string>; readonly items: readonly Uint8Array[] },
  ): Promise<ItemReading> {
    const reading = readFilesItem(body)
    if (!reading.ok) return no(reading.code, reading.why)
    const { item } = reading
    if (item.entries.length > mostNamed)
      return no(
        'too-large',
        `A change of files names ${mostNamed} entries at most; this one names ${item.entries.length}. Send it in parts.`,
      )
    const named = item.entries.filter((entry) => !before.entries.has(entry))
    const places = new Map((await this.#among('places-of-entries', named)).map((row) => [textIn(row, 'hash'), row]))
    for (const entry of named) {
      const row = places.get(entry)
      if (!row)
        return no('missing-entry', 'A change of files names a ledger entry that is not here: send the entry first.', entry)
      const isOwn =
        textIn(row, 'person') === who.id || this.#directory.ownersOf(this.#project, textIn(row, 'device')).length === 0
      if (!isOwn && !moving)
        return no(
          'foreign-entry',
          'A change of files stands on entries of who sends it; this one names an entry of somebody else.',
          entry,
        )
    }
    const digests = [...new Set(Object.values(item.files))].filter((digest) => typeof digest === 'string')
    const known = new Set((await this.#among('blobs-among', digests)).map((row) => textIn(row, 'digest')))
    const missing = digests.find((digest) => !known.has(digest))
    if (missing !== undefined)
      return no('missing-blob', 'A change of files names a file that is not here: send its bytes first.', missing)
    // Who did not see the newest state joins first: a role is judged by what is changed of it.
    const mover = movesOwn ? who.id : null
    const refusal = moving ? null : ((await this.#meanwhile(item, before.items)) ?? (await this.#roleFault(item, held, mover)))
    return refusal ? { ok: false, refusal } : { ok: true, item }
  }

  /** Every kept document by its path, with the state that stands. */
  async standing(): Promise<ReadonlyMap<string, StandingFile>> {
    return new Map(await this.#read())
  }

  /** Each document belongs to roles; a statement on the board is anybody's of the team. */
  async #roleFault({ files }: FilesItem, held: ReadonlySet<Role> | null, mover: string | null): Promise<Refusal | null> {
    if (held === null) return null
    const foreign: string[] = []
    const standing = await this.#read()
    for (const [path, digest] of Object.entries(files)) {
      const now = standing.get(path)
      // What stands so already is nobody's change.
      if (now !== undefined && now.digest === digest) continue
      if (mover !== null && (now === undefined || now.person === mover)) continue
      if (mayChange(held, path) || (mayState(held, path) && (await this.#onlyStates(path, digest ?? null)))) continue
      foreign.push(path)
    }
    return foreign.length === 0 ? null : refusal('not-allowed', changeFault(held, foreign), canonicalJson(foreign))
  }

  async #onlyStates(path: string, digest: string | null): Promise<boolean> {
    const was = (await this.#read()).get(path)?.digest ?? null
    if (was === null || digest === null) return false
    return differInStatements(await this.#fileOf(was), await this.#fileOf(digest))
  }

  /** Rows of all of these at once; nobody makes the server ask thousands of times. */
  async #among(name: 'places-of-entries' | 'blobs-among', digests: readonly string[]): Promise<readonly Row[]> {
    return digests.length === 0 ? [] : await this.#database.query(this.#project, name, [this.#project, JSON.stringify(digests)])
  }

  /** Who did not see what somebody else sent must not replace it unseen: both states are told to them. */
  async #meanwhile(item: FilesItem, before: readonly Uint8Array[]): Promise<Refusal | null> {
    const standing = await this.#read()
    const staged = new Set(before.flatMap((body) => pathsOf(body)))
    const changed: Record<string, StandingFile> = {}
    for (const [path, digest] of Object.entries(item.files)) {
      if (item.base?.[path] === undefined)
        return refusal('unreadable', `A change of files says on which state of “${path}” it stands (base).`)
      // Two at once: the second hears of the first when that is stored.
      if (staged.has(path)) return refusal('too-many', 'Somebody else changes the same file in this moment. It is sent again.')
      const now = standing.get(path)
      const is = now?.digest ?? null
      if (is !== item.base[path] && is !== digest) changed[path] = now ?? { digest: null, seq: 0, person: '' }
    }
    const names = Object.keys(changed)
    if (names.length === 0) return null
    return refusal(
      'changed-meanwhile',
      `Somebody changed ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''} meanwhile. Get the newest state, join both and send it again.`,
      canonicalJson(Object.fromEntries(Object.entries(changed).map(([path, each]) => [path, { ...each }]))),
    )
  }

  /** All items up to now, read as far as they are new. */
  async #read(): Promise<ReadonlyMap<string, StandingFile>> {
    const standing = this.#standing ?? new Map<string, StandingFile>()
    for (;;) {
      const items = await readItems(this.#database, this.#project, 'files', this.#upto, page)
      if (items.length === 0) break
      for (const { seq, person, body } of items) {
        const reading = readFilesItem(body)
        if (reading.ok)
          for (const [path, digest] of Object.entries(reading.item.files))
            standing.set(path, { digest: digest ?? null, seq, person })
        this.#upto = seq
      }
    }
    this.#standing = standing
    return standing
  }
}

/** Longest file of a person without a role: a public key, or the signed ends of all chains. */
export const introductionBytes = 256 << 10

/** Whether an item only adds keys and signs ends of chains: what somebody sends who is to be granted a role. */
export function isIntroduction(body: Uint8Array): boolean {
  const reading = readFilesItem(body)
  if (!reading.ok) return false
  const { files, base } = reading.item
  return Object.entries(files).every(
    ([path, digest]) =>
      digest !== null && (path === paths.heads || (/^keys\/[^/]+\.pub\.json$/.test(path) && (base?.[path] ?? null) === null)),
  )
}

function pathsOf(body: Uint8Array): readonly string[] {
  const reading = readFilesItem(body)
  return reading.ok ? Object.keys(reading.item.files) : []
}

function no(code: RefusalCode, why: string, detail = ''): ItemReading {
  return { ok: false, refusal: refusal(code, why, detail) }
}
