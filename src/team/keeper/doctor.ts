/** Looks over a server's folder and database and says what is well and what is not; it changes nothing that anybody stored. */
import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { errorWords } from '../../core/values/error-words.ts'
import type { Database } from '../store/database.ts'
import { readDump } from '../store/dumps.ts'
import { readJournal } from '../store/journal.ts'
import { blobMark } from './backup.ts'
import { holdingsOf, holdingText, missingFiles } from './holdings.ts'

export interface Finding {
  readonly ok: boolean
  readonly what: string
}

/** Below this a server may stop within days. */
const leastFree = 2 * 2 ** 30

export async function* examine(folder: string, open: () => Promise<Database>): AsyncGenerator<Finding> {
  yield await judged(`${folder} can be written`, async () => {
    await access(folder, constants.R_OK | constants.W_OK)
    const { mode } = await stat(folder)
    return (mode & 0o007) === 0 ? null : 'every account of this machine can look into it; run chmod 700 on it'
  })
  yield await judged('there is room on the disk', async () => {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    return free >= leastFree ? null : `${(free / 2 ** 30).toFixed(1)} GiB are free; make room for at least 2`
  })
  for (const name of (await readdir(folder).catch(() => [])).filter((each) => /^dump-.*\.tar\.gz$/.test(each)))
    yield await judged(`${name} is as it was written`, async () => {
      await readDump(join(folder, name))
      return null
    })
  if ((await stat(join(folder, 'journal')).catch(() => null)) !== null)
    yield await judged('the journal is whole', async () => {
      let read = 0
      for await (const { number } of readJournal(join(folder, 'journal'), await firstOf(folder))) read = number
      return read >= 0 ? null : 'it can not be read'
    })
  let database: Database
  try {
    database = await open()
  } catch (error) {
    yield { ok: false, what: `the database opens: ${errorWords(error)}` }
    return
  }
  try {
    yield { ok: true, what: `the database opens (${database.kind}, PostgreSQL ${database.version})` }
    for (const holding of await holdingsOf(database)) {
      const faults = [...holding.faults, ...(await missingFiles(holding, (digest) => blobMark(folder, holding.project, digest)))]
      yield { ok: faults.length === 0, what: [holdingText(holding), ...faults].join('; ') }
    }
  } finally {
    await database.close()
  }
}

async function judged(what: string, look: () => Promise<string | null>): Promise<Finding> {
  try {
    const why = await look()
    return { ok: why === null, what: why === null ? what : `${what}: ${why}` }
  } catch (error) {
    return { ok: false, what: `${what}: ${errorWords(error)}` }
  }
}

async function firstOf(folder: string): Promise<number> {
  const names = (await readdir(join(folder, 'journal'))).sort()
  return Number(/\d+/.exec(names[0] ?? '')?.[0] ?? 1)
}
