/**
 * Backup and restore of an embedded server. Dump, journal, files and keys only ever grow or are named anew, so they are copied while the
 * server runs. What was copied is read back, and the database is built from it once, before anybody relies on it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { canonicalJson } from '../../core/canonical.ts'
import { fits, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { StorageProblem } from '../store/database.ts'
import { EmbeddedDatabase } from '../store/embedded.ts'
import { syncFolder } from '../store/journal.ts'
import { copySynced, type FileMark, filesBelow, isEmptyFolder, markOf } from './folder-files.ts'
import { type Holding, holdingsOf, missingFiles } from './holdings.ts'

/** The files that a server has, by name: a list that somebody changed leads nowhere else. */
function isPathOfServer(path: string): boolean {
  return /^(?:dump-\d{12}-[0-9a-f]{64}\.tar\.gz|journal\/journal-\d{12}\.jsonl|keys\/[a-z]+\.pem|blobs\/[A-Za-z0-9_-][\w.-]*\/[0-9a-f]{2}\/[0-9a-f]{64})$/.test(
    path,
  )
}

const backupList = object({
  format: v.literal('carryover-team-backup/1'),
  files: v.array(object({ path: v.pipe(v.string(), v.check(isPathOfServer)), size: v.number(), sha256: v.string() })),
})

const listName = 'backup.json'

/** Dumps first: the journal that is copied after them holds all that came since. */
async function pathsOf(folder: string): Promise<readonly string[]> {
  const dumps = (await filesBelow(folder, '.')).filter((path) => /^dump-[^/]+\.tar\.gz$/.test(path))
  return [
    ...dumps,
    ...(await filesBelow(folder, 'journal')),
    ...(await filesBelow(folder, 'keys')),
    ...(await filesBelow(folder, 'blobs')),
  ]
}

/** Copies a server's folder into an empty one. @throws {StorageProblem} where what was written is not what was there */
export async function backUp(folder: string, to: string): Promise<readonly Holding[]> {
  if (!(await isEmptyFolder(to))) throw new StorageProblem(`${to} is not empty. Name a new folder for each backup.`)
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (let attempt = 1; ; attempt++)
    try {
      for (const path of await pathsOf(folder)) await copySynced(folder, to, path)
      break
    } catch (error) {
      // A dump was renewed meanwhile and took files of the journal away: what is there now is taken.
      if (attempt === 3 || !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  const files: FileMark[] = []
  for (const path of await pathsOf(to)) files.push(await markOf(to, path))
  if (!files.some(({ path }) => path.startsWith('journal/')))
    throw new StorageProblem(`${folder} holds no server: it has no journal.`)
  await writeFile(
    join(to, listName),
    `${canonicalJson({ format: 'carryover-team-backup/1', files: files.map((file) => ({ ...file })) })}\n`,
    { flush: true },
  )
  await syncFolder(to)
  const room = await mkdtemp(join(tmpdir(), 'carryover-read-back-'))
  try {
    for (const { path } of files) if (!path.startsWith('blobs/')) await copySynced(to, room, path)
    return await openedHoldings(room, to)
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

/** Makes a server's folder from a backup. The folder has to be empty: nothing is overwritten. */
export async function restore(from: string, folder: string): Promise<readonly Holding[]> {
  if (!(await isEmptyFolder(folder)))
    throw new StorageProblem(`${folder} is not empty. Move it away first; nothing is overwritten.`)
  const parsed = parseJson(await readFile(join(from, listName), 'utf8').catch(() => ''))
  if (!parsed.ok || !fits(parsed.value, backupList))
    throw new StorageProblem(`${from} is no backup: it has no ${listName} that can be read.`)
  const { files } = parsed.value
  for (const file of files) {
    const found = await markOf(from, file.path).catch(() => null)
    if (found?.sha256 !== file.sha256)
      throw new StorageProblem(`${file.path} in ${from} is missing or was changed. Take another backup.`)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { path } of files) await copySynced(from, folder, path)
  return openedHoldings(folder, folder)
}

async function openedHoldings(folder: string, blobs: string): Promise<readonly Holding[]> {
  const database = await EmbeddedDatabase.open({ folder })
  try {
    const holdings = await holdingsOf(database)
    for (const holding of holdings) {
      const missing = await missingFiles(holding, (digest) => blobMark(blobs, holding.project, digest))
      const [fault] = [...holding.faults, ...missing]
      if (fault !== undefined) throw new StorageProblem(`The copy does not hold what it should. ${holding.name}: ${fault}`)
    }
    return holdings
  } finally {
    await database.close()
  }
}

export function blobMark(folder: string, project: string, digest: string): Promise<FileMark | null> {
  return markOf(folder, `blobs/${project}/${digest.slice(0, 2)}/${digest}`).catch(() => null)
}
