/** Temporary files of the system for keys that do not fit into memory; gone after the run, after a crash at the next start. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Spill, SpillStore } from '../../core/data/model/spill.ts'

const prefix = 'carryover-keys-'
/** Part of the free space that a run may take: the system needs some, too. */
const share = 0.8

/** @param parent folder in which the temporary folders are made */
export function nodeSpillStore(parent: string = tmpdir()): SpillStore {
  return {
    async room() {
      try {
        const { bavail, bsize } = await statfs(parent)
        return Math.floor(bavail * bsize * share)
      } catch {
        return null
      }
    },
    async open() {
      await removeLeftovers(parent)
      try {
        return openFile(await mkdtemp(join(parent, `${prefix}${process.pid}-`)))
      } catch {
        return null
      }
    },
  }
}

function openFile(folder: string): Spill {
  const file = openSync(join(folder, 'keys'), 'wx+', 0o600)
  let size = 0
  let open = true
  // Where the system allows it the name goes at once, and the file with the last process that holds it, whatever ends it.
  remove(folder)
  const atExit = (): void => remove(folder)
  process.once('exit', atExit)
  return {
    append(bytes) {
      const at = size
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
      } catch {
        // A full disk: what was written of this block is overwritten or left unread.
        return null
      }
      size += bytes.length
      return at
    },
    read(at, into) {
      for (let done = 0; done < into.length; ) {
        const count = readSync(file, into, done, into.length - done, at + done)
        if (count === 0) throw new Error('A temporary file of keys is shorter than what was written to it')
        done += count
      }
    },
    async close() {
      if (!open) return
      open = false
      closeSync(file)
      process.removeListener('exit', atExit)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // A system that holds on to open files: removed when it is closed, or at the next start.
  }
}

/** Folders of processes that are no more. */
async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || isAlive(pid)) continue
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another person is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
