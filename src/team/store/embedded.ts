/**
 * The embedded database: PGlite in a folder of its own, behind the journal. A transaction is on disk in the journal before PGlite has it, so
 * what PGlite shows is never lost; what PGlite lost is done again at the start. Transactions that wait together are synced together.
 */
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorWords } from '../../core/values/error-words.ts'
import {
  Conflict,
  countIn,
  type Database,
  type Row,
  type Scope,
  type Step,
  StorageProblem,
  textIn,
  type Value,
} from './database.ts'
import { dropOldDumps, newestDump, readDump, writeDump } from './dumps.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { groupSize } from './group-size.ts'
import { Journal, journalFiles, readJournal } from './journal.ts'
import { type Inside, type Lite, LiteSession } from './lite-session.ts'
import { loadPackage } from './load-package.ts'
import { migrate, type Plain } from './migrations.ts'
import { type StatementName, statementOf } from './statements.ts'

export interface EmbeddedSettings {
  readonly folder: string
  /** Said while a start takes long. */
  readonly say?: (sentence: string) => void
  /** A dump is made once the journal has grown by so many bytes. */
  readonly dumpAfter?: number
}

interface Waiting {
  readonly scope: Scope
  readonly steps: readonly Step[]
  readonly done: (rows: readonly (readonly Row[])[]) => void
  readonly failed: (error: unknown) => void
}

/** Most transactions that are synced and applied as one. */
const largestGroup = 200
/** A group is one text of the journal, and a text has an end. */
const largestGroupBytes = 64 * 1024 * 1024

export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded'
  readonly version: string
  readonly #lite: Lite
  readonly #session: LiteSession
  readonly #journal: Journal
  readonly #lock: FolderLock
  readonly #settings: EmbeddedSettings
  #waiting: Waiting[] = []
  #working: Promise<void> | null = null
  #broken: Error | null = null

  private constructor(settings: EmbeddedSettings, lock: FolderLock, journal: Journal, lite: Lite, version: string) {
    this.#settings = settings
    this.#lock = lock
    this.#journal = journal
    this.#lite = lite
    this.#session = new LiteSession(lite)
    this.version = version
  }

  /** @throws {StorageProblem} where the folder is in use, or neither database nor dump and journal can be read */
  static async open(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
    const { folder } = settings
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lock = await lockFolder(folder)
    let journal: Journal | null = null
    try {
      await refuseLostJournal(folder)
      journal = await Journal.open(join(folder, 'journal'))
      const lite = await openOrRebuild(settings, journal, lock.machineWentDown)
      const [row] = (await lite.query('show server_version', [])).rows
      return new EmbeddedDatabase(settings, lock, journal, lite, textIn(row, 'server_version'))
    } catch (error) {
      await journal?.close()
      await lock.release()
      throw error
    }
  }

  async query(scope: Scope, name: StatementName, values: readonly Value[]): Promise<readonly Row[]> {
    this.#refuseBroken()
    return this.#session.query(scope, statementOf(name).sql, values)
  }

  transaction(scope: Scope, steps: readonly Step[]): Promise<readonly (readonly Row[])[]> {
    return new Promise((done, failed) => {
      this.#waiting.push({ scope, steps, done, failed })
      this.#working ??= this.#work()
    })
  }

  /** Without names and journal: for moving everything to another database. */
  get plain(): Plain {
    return plainOf(this.#lite)
  }

  /** A dump of now, beside the journal; used by backups as well. */
  async dump(): Promise<string> {
    await this.#settled()
    return this.#dump()
  }

  async close(): Promise<void> {
    await this.#settled()
    if (this.#broken === null && this.#journal.bytes > 0) await this.#dump()
    await this.#lite.close()
    await this.#journal.close()
    await this.#lock.release()
  }

  async #settled(): Promise<void> {
    while (this.#working !== null) await this.#working
  }

  #refuseBroken(): void {
    if (this.#broken !== null) throw this.#broken
  }

  async #work(): Promise<void> {
    try {
      // A turn of the loop: what arrives with one message of the network is synced together.
      await new Promise((resolve) => setImmediate(resolve))
      while (this.#waiting.length > 0) {
        const group = this.#waiting.splice(0, groupSize(this.#waiting, largestGroup, largestGroupBytes, bytesOf))
        try {
          this.#refuseBroken()
          const first = await this.#journal.write(group)
          await this.#apply(first, group)
        } catch (error) {
          // The journal may hold what PGlite lacks: only a start puts both together again, so nothing more is taken.
          this.#broken ??= new StorageProblem(`The database stopped: ${errorWords(error)}. Start the server again.`)
          for (const each of group) each.failed(this.#broken)
        }
        if (this.#broken === null && this.#journal.bytes > (this.#settings.dumpAfter ?? 64 * 1024 * 1024))
          await this.#dump().catch((error: unknown) => this.#settings.say?.(`No dump could be written: ${errorWords(error)}`))
      }
    } finally {
      // In the turn in which nothing waits any more: what comes after it begins anew.
      this.#working = null
    }
  }

  /** All in one transaction of PGlite; where one of them is undone, each in its own. */
  async #apply(first: number, group: readonly Waiting[]): Promise<void> {
    const rows = await applyAll(this.#session, first, group)
    if (rows !== null) {
      for (const [index, each] of group.entries()) each.done(rows[index] ?? [])
      return
    }
    for (const [index, each] of group.entries()) {
      const outcome = await applyOne(this.#session, first + index, each)
      if (outcome instanceof Error) each.failed(outcome)
      else each.done(outcome)
    }
  }

  async #dump(): Promise<string> {
    const { folder } = this.#settings
    const last = this.#journal.next - 1
    const bytes = new Uint8Array(await (await this.#lite.dumpDataDir('gzip')).arrayBuffer())
    const path = await writeDump(folder, last, bytes)
    await this.#journal.turn()
    const oldest = await dropOldDumps(folder)
    await this.#journal.forgetBefore(oldest + 1)
    return path
  }
}

/** Without its journal the database would count for nothing and be thrown away, and the server would begin with nobody in it. */
async function refuseLostJournal(folder: string): Promise<void> {
  const place = join(folder, 'journal')
  const files = await journalFiles(place).catch(() => [])
  const isThere = (await stat(join(folder, 'database', 'PG_VERSION')).catch(() => null)) !== null
  if (files.length > 0 || (!isThere && (await newestDump(folder)) === null)) return
  throw new StorageProblem(
    `${folder} holds a database and no journal (${place} is missing or empty). Nothing was changed: put the journal back, or restore the last backup with carryover team restore.`,
  )
}

async function openOrRebuild(settings: EmbeddedSettings, journal: Journal, machineWentDown: boolean): Promise<Lite> {
  const place = join(settings.folder, 'database')
  const isThere = (await stat(join(place, 'PG_VERSION')).catch(() => null)) !== null
  if (isThere && !machineWentDown) {
    const lite = await openAndReplay(settings, journal, place, null).catch((error: unknown) => {
      settings.say?.(
        `The embedded database can not be used (${errorWords(error)}); it is laid aside and built again from dump and journal.`,
      )
      return null
    })
    if (lite) return lite
  } else if (isThere)
    settings.say?.('The machine went down while the server was running: the database is built again from dump and journal.')
  // It may hold what the journal lacks: it goes when the next one is laid aside.
  const aside = join(settings.folder, 'database-laid-aside')
  await rm(aside, { recursive: true, force: true })
  if (isThere) await rename(place, aside)
  await rm(place, { recursive: true, force: true })
  return openAndReplay(settings, journal, place, await newestDump(settings.folder))
}

async function openAndReplay(settings: EmbeddedSettings, journal: Journal, place: string, dump: string | null): Promise<Lite> {
  const { PGlite } = await loadPackage('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  const lite: Lite =
    dump === null ? await PGlite.create(place) : await PGlite.create(place, { loadDataDir: new Blob([await readDump(dump)]) })
  try {
    // PGlite makes files that everybody may write, whatever the folder above them is.
    await chmod(place, 0o700)
    await lite.exec('set client_min_messages = warning')
    await migrate(plainOf(lite))
    await lite.exec(
      'create table if not exists applied (one boolean primary key default true check (one), number bigint not null); insert into applied (number) values (0) on conflict do nothing; grant update on applied to carryover_rows',
    )
    const [row] = (await lite.query('select number from applied', [])).rows
    const applied = countIn(row, 'number')
    if (applied >= journal.next) throw new StorageProblem(`it holds ${applied} transactions, and the journal ${journal.next - 1}`)
    await replay(settings, lite, journal, applied + 1)
    return lite
  } catch (error) {
    await lite.close().catch(() => undefined)
    throw error
  }
}

function plainOf(lite: Lite): Plain {
  return {
    exec: async (text) => void (await lite.exec(text)),
    query: async (text, values) => (await lite.query(text, [...values])).rows,
  }
}

async function replay({ folder, say }: EmbeddedSettings, lite: Lite, journal: Journal, from: number): Promise<void> {
  const session = new LiteSession(lite)
  const all = journal.next - from
  if (all <= 0) return
  if (all > 1000) say?.(`${all} transactions of the journal are done again.`)
  for await (const written of readJournal(join(folder, 'journal'), from)) {
    const outcome = await applyOne(session, written.number, written)
    if (outcome instanceof Error && !(outcome instanceof Conflict) && !isRefusedByDatabase(outcome)) throw outcome
  }
  await session.rest()
}

function bytesOf({ steps }: Pick<Waiting, 'steps'>): number {
  let bytes = 0
  for (const { values } of steps)
    for (const value of values) bytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
  return bytes
}

type Work = Pick<Waiting, 'scope' | 'steps'>

async function applyAll(
  session: LiteSession,
  first: number,
  group: readonly Work[],
): Promise<readonly (readonly (readonly Row[])[])[] | null> {
  try {
    return await session.transaction(
      async (inside) => {
        const rows: (readonly (readonly Row[])[])[] = []
        for (const work of group) rows.push(await runSteps(inside, work))
        return rows
      },
      applied(first + group.length - 1),
    )
  } catch (error) {
    if (error instanceof Conflict || isRefusedByDatabase(error)) return null
    throw error
  }
}

/** What it gives, or why the database refused it; refused again when the journal is read again. */
async function applyOne(session: LiteSession, number: number, work: Work): Promise<readonly (readonly Row[])[] | Error> {
  try {
    return await session.transaction((inside) => runSteps(inside, work), applied(number))
  } catch (error) {
    if (!(error instanceof Conflict || isRefusedByDatabase(error))) throw error
    await session.transaction(async () => undefined, applied(number))
    return error instanceof Error ? error : new StorageProblem(errorWords(error))
  }
}

async function runSteps(inside: Inside, { scope, steps }: Work): Promise<readonly (readonly Row[])[]> {
  const rows: (readonly Row[])[] = []
  for (const { name, values } of steps) {
    const { sql, must } = statementOf(name)
    const given = await inside.run(scope, sql, values)
    if (must && given.length === 0) throw new Conflict(name)
    rows.push(given)
  }
  return rows
}

function applied(number: number): string {
  return `update applied set number = ${number}`
}

/** An error of PostgreSQL about the statement (a constraint, a right, a value): it says no. Of resources, systems and itself: it is broken. */
function isRefusedByDatabase(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?!53|57|58|XX)[0-9A-Z]{5}$/.test(error.code)
  )
}
