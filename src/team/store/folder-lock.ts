/** One server per folder: two that write into one embedded database destroy it. The lock also tells whether the machine went down meanwhile. */
import { randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { StorageProblem } from './database.ts'

export interface FolderLock {
  /** The last server did not close the folder, and the machine was started since: what was not synced may be lost or torn. */
  readonly machineWentDown: boolean
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  readonly boot: string
  readonly host: string
  /** When the process began, as the system counts; a number used again has another one. */
  readonly began: string
}

/** @throws {StorageProblem} where another process holds the folder */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock.json')
  const own: Holder = { pid: process.pid, boot: await bootOf(), host: hostname(), began: (await startOf(process.pid)) ?? '' }
  // The whole text appears at once: nobody reads half of a lock.
  const draft = join(folder, `lock-${randomUUID()}.tmp`)
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 })
  let machineWentDown = false
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      const taken = await link(draft, path).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
          throw error
        },
      )
      if (taken) return { machineWentDown, release: () => rm(path, { force: true }) }
      const holder = await readHolder(path)
      if (holder !== null && (await isAlive(holder, own)))
        throw new StorageProblem(
          `${folder} is in use by another server (process ${holder.pid} on ${holder.host}). Stop that one first; two servers on one folder would destroy it.`,
        )
      machineWentDown ||= holder === null || holder.boot !== own.boot
      await rm(path, { force: true })
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new StorageProblem(`${folder} could not be locked: others keep taking it.`)
}

async function readHolder(path: string): Promise<Holder | null> {
  const parsed = parseJson(await readFile(path, 'utf8').catch(() => ''))
  if (!parsed.ok || !isMembers(parsed.value)) return null
  const { pid, boot, host, began } = parsed.value
  if (typeof pid !== 'number' || typeof boot !== 'string' || typeof host !== 'string' || typeof began !== 'string') return null
  return { pid, boot, host, began }
}

/** Of another machine (a shared folder, another container) nobody can know: it counts as alive until somebody takes the lock away. */
async function isAlive(holder: Holder, own: Holder): Promise<boolean> {
  if (holder.host !== own.host) return true
  if (holder.boot !== own.boot || holder.pid === own.pid) return holder.boot === own.boot && holder.began === own.began
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const began = await startOf(holder.pid)
  return began === null || began === holder.began
}

/** Another value after each start of the machine. */
async function bootOf(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null)
  return id?.trim() ?? `started ${Math.round((Date.now() / 1000 - uptime()) / 60)}`
}

/** Field 22 of `/proc/<pid>/stat`; null where the system has no such file. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
