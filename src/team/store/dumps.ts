/** Dumps of the embedded database: written under another name, synced, read back, then named by the last transaction that they hold. */
import { hash } from 'node:crypto'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StorageProblem } from './database.ts'
import { syncFolder } from './journal.ts'

const dumpName = /^dump-(\d{12})-([0-9a-f]{64})\.tar\.gz$/

/** So many stay: where the newest can not be read, the one before and the journal since then can. */
const kept = 2

export async function writeDump(folder: string, last: number, bytes: Uint8Array): Promise<string> {
  const digest = hash('sha256', bytes, 'hex')
  const path = join(folder, `dump-${String(last).padStart(12, '0')}-${digest}.tar.gz`)
  const draft = `${path}.tmp`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await file.close()
  }
  if (hash('sha256', await readFile(draft), 'hex') !== digest)
    throw new StorageProblem(`${draft} does not hold what was written. Look after the disk.`)
  await rename(draft, path)
  await syncFolder(folder)
  return path
}

/** Paths with the last transaction that each holds, the newest first. */
async function dumpsIn(folder: string): Promise<readonly { readonly path: string; readonly last: number }[]> {
  return (await readdir(folder))
    .flatMap((name) => {
      const last = dumpName.exec(name)?.[1]
      return last === undefined ? [] : [{ path: join(folder, name), last: Number(last) }]
    })
    .sort((a, b) => b.last - a.last)
}

/** The newest dump whose bytes are the ones that its name tells of; null where there is none. */
export async function newestDump(folder: string): Promise<string | null> {
  for (const { path } of await dumpsIn(folder)) if ((await readDump(path).catch(() => null)) !== null) return path
  return null
}

/** @throws {StorageProblem} where the file is not what its name says */
export async function readDump(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await readFile(path))
  if (hash('sha256', bytes, 'hex') !== dumpName.exec(basename(path))?.[2])
    throw new StorageProblem(`${path} was changed: its content is not the one that its name tells of.`)
  return bytes
}

/** Takes all but the newest away; gives the last transaction of the oldest that stays (0 where fewer stay). */
export async function dropOldDumps(folder: string): Promise<number> {
  const all = await dumpsIn(folder)
  for (const { path } of all.slice(kept)) await rm(path)
  return all.length < kept ? 0 : (all[kept - 1]?.last ?? 0)
}
