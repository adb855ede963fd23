/** Opens PGlite so that it has all that the journal holds; where that fails, the last dump and the journal make it new. */
import { chmod, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorWords } from '../../core/values/error-words.ts'
import { applyOne, isRefusedByDatabase } from './apply-work.ts'
import { Conflict, countIn, StorageProblem } from './database.ts'
import { newestDump, readDump } from './dumps.ts'
import { type Journal, journalFiles, readJournal } from './journal.ts'
import { type Lite, LiteSession } from './lite-session.ts'
import { loadPackage } from './load-package.ts'
import { migrate, type Plain } from './migrations.ts'

export interface OpenSettings {
  readonly folder: string
  /** Said while a start takes long. */
  readonly say?: (sentence: string) => void
}

/** Without its journal the database would count for nothing and be thrown away, and the server would begin with nobody in it. */
export async function refuseLostJournal(folder: string): Promise<void> {
  const place = join(folder, 'journal')
  const files = await journalFiles(place).catch(() => [])
  const isThere = (await stat(join(folder, 'database', 'PG_VERSION')).catch(() => null)) !== null
  if (files.length > 0 || (!isThere && (await newestDump(folder)) === null)) return
  throw new StorageProblem(
    `${folder} holds a database and no journal (${place} is missing or empty). Nothing was changed: put the journal back, or restore the last backup with carryover team restore.`,
  )
}

export async function openOrRebuild(settings: OpenSettings, journal: Journal, machineWentDown: boolean): Promise<Lite> {
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

async function openAndReplay(settings: OpenSettings, journal: Journal, place: string, dump: string | null): Promise<Lite> {
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

export function plainOf(lite: Lite): Plain {
  return {
    exec: async (text) => void (await lite.exec(text)),
    query: async (text, values) => (await lite.query(text, [...values])).rows,
  }
}

async function replay({ folder, say }: OpenSettings, lite: Lite, journal: Journal, from: number): Promise<void> {
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
