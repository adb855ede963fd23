/**
 * The embedded database: PGlite in a folder of its own, behind the journal. A transaction is on disk in the journal before PGlite has it, so
 * what PGlite shows is never lost; what PGlite lost is done again at the start. Transactions that wait together are synced together.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorWords } from '../../core/values/error-words.ts'
import { applyAll, applyOne } from './apply-work.ts'
import { type Database, type Row, type Scope, type Step, StorageProblem, textIn, type Value } from './database.ts'
import { diskFull, hasRoom, isFull } from './disk-room.ts'
import { dropOldDumps, writeDump } from './dumps.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { groupSize } from './group-size.ts'
import { Journal } from './journal.ts'
import { type Lite, LiteSession } from './lite-session.ts'
import type { Plain } from './migrations.ts'
import { type OpenSettings, openOrRebuild, plainOf, refuseLostJournal } from './open-lite.ts'
import { type StatementName, statementOf } from './statements.ts'

export interface EmbeddedSettings extends OpenSettings {
  /** A dump is made once the journal has grown by so many bytes. */
  readonly dumpAfter?: number
}

interface Waiting {
  readonly scope: Scope
  readonly steps: readonly Step[]
  readonly done: (rows: readonly (readonly Row[])[]) => void
  readonly failed: (error: unknown) => void
}

/** How PGlite fell behind the journal, and when it is tried again. */
interface Behind {
  readonly problem: StorageProblem
  /** Milliseconds since 1970. */
  nextTry: number
  /** Milliseconds until the try after that. */
  pause: number
}

/** So much of the disk has to be free before PGlite is opened again: it may have to be built anew. */
const roomToMend = 256 * 1024 * 1024

/** Most transactions that are synced and applied as one. */
const largestGroup = 200
/** A group is one text of the journal, and a text has an end. */
const largestGroupBytes = 64 * 1024 * 1024

export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded'
  readonly version: string
  #lite: Lite
  #session: LiteSession
  readonly #journal: Journal
  readonly #lock: FolderLock
  readonly #settings: EmbeddedSettings
  #waiting: Waiting[] = []
  #working: Promise<void> | null = null
  /** PGlite may lack what the journal holds; null while both agree. */
  #behind: Behind | null = null
  #mending: Promise<void> | null = null
  /** The next dump is made once the journal has so many bytes: one that failed is not tried after every write. */
  #dumpAt: number

  private constructor(settings: EmbeddedSettings, lock: FolderLock, journal: Journal, lite: Lite, version: string) {
    this.#settings = settings
    this.#lock = lock
    this.#journal = journal
    this.#lite = lite
    this.#session = new LiteSession(lite)
    this.#dumpAt = dumpAfter(settings)
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
    await this.#mend()
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
    if (this.#behind === null && this.#journal.bytes > 0) await this.#tryDump()
    await this.#lite.close().catch((error: unknown) => this.#settings.say?.(`PGlite did not close: ${errorWords(error)}`))
    await this.#journal.close()
    await this.#lock.release()
  }

  async #settled(): Promise<void> {
    while (this.#working !== null) await this.#working
  }

  /** Where PGlite is behind, it is opened again and gets what it lacks from the journal. @throws {StorageProblem} while that fails */
  async #mend(): Promise<void> {
    if (this.#behind === null) return
    this.#mending ??= this.#catchUp(this.#behind).finally(() => {
      this.#mending = null
    })
    await this.#mending
  }

  async #catchUp(behind: Behind): Promise<void> {
    const { folder, say } = this.#settings
    if (Date.now() < behind.nextTry || !(await hasRoom(folder, roomToMend))) throw behind.problem
    try {
      await closeWithin(this.#lite, 5000)
      await this.#journal.mend()
      this.#lite = await openOrRebuild(this.#settings, this.#journal, false)
      this.#session = new LiteSession(this.#lite)
      this.#behind = null
      say?.('The embedded database is open again and has all that the journal holds.')
    } catch (error) {
      say?.(`The embedded database could not be opened again: ${errorWords(error)}`)
      behind.nextTry = Date.now() + behind.pause
      behind.pause = Math.min(60_000, 2 * behind.pause)
      throw behind.problem
    }
  }

  async #work(): Promise<void> {
    try {
      // A turn of the loop: what arrives with one message of the network is synced together.
      await new Promise((resolve) => setImmediate(resolve))
      while (this.#waiting.length > 0) {
        const group = this.#waiting.splice(0, groupSize(this.#waiting, largestGroup, largestGroupBytes, bytesOf))
        const first = await this.#intoJournal(group)
        if (first !== null)
          try {
            await this.#apply(first, group)
          } catch (error) {
            // The journal holds what PGlite lacks. Nobody was told that it is stored, and nothing more is taken before both agree.
            const problem = problemOf(error)
            this.#behind = { problem, nextTry: 0, pause: 1000 }
            for (const each of group) each.failed(problem)
          }
        if (this.#behind === null && this.#journal.bytes > this.#dumpAt) await this.#tryDump()
      }
    } finally {
      // In the turn in which nothing waits any more: what comes after it begins anew.
      this.#working = null
    }
  }

  /** Number of the first of them; null where they could not be written and were told so. */
  async #intoJournal(group: readonly Waiting[]): Promise<number | null> {
    try {
      await this.#mend()
      return await this.#journal.write(group)
    } catch (error) {
      for (const each of group) each.failed(problemOf(error))
      return null
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

  async #tryDump(): Promise<void> {
    await this.#dump().catch((error: unknown) => {
      this.#settings.say?.(`No dump could be written: ${errorWords(error)}`)
      this.#dumpAt = this.#journal.bytes + dumpAfter(this.#settings) / 4
    })
  }

  async #dump(): Promise<string> {
    const { folder } = this.#settings
    const last = this.#journal.next - 1
    const bytes = new Uint8Array(await (await this.#lite.dumpDataDir('gzip')).arrayBuffer())
    const path = await writeDump(folder, last, bytes)
    await this.#journal.turn()
    const oldest = await dropOldDumps(folder)
    await this.#journal.forgetBefore(oldest + 1)
    this.#dumpAt = dumpAfter(this.#settings)
    return path
  }
}

function dumpAfter({ dumpAfter = 64 * 1024 * 1024 }: EmbeddedSettings): number {
  return dumpAfter
}

/** What a person reads whose work could not be stored; it is sent again. */
function problemOf(error: unknown): StorageProblem {
  if (error instanceof StorageProblem) return error
  if (isFull(error)) return new StorageProblem(diskFull)
  return new StorageProblem(`The database of the server stopped: ${errorWords(error)}. It is tried again; tell who runs it.`)
}

/** PGlite that broke may not end by itself. */
async function closeWithin(lite: Lite, milliseconds: number): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, milliseconds).unref())
  await Promise.race([lite.close().catch(() => undefined), late])
}

function bytesOf({ steps }: Pick<Waiting, 'steps'>): number {
  let bytes = 0
  for (const { values } of steps)
    for (const value of values) bytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
  return bytes
}
