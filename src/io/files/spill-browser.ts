/** The private file system of the origin for keys that do not fit into memory; in workers only, because only there writing is synchronous. */
import type { Spill, SpillStore } from '../../core/data/model/spill.ts'

/** The one file of a run; the types of the page do not know what only workers have. */
interface SyncFile {
  read(into: Uint8Array, options: { readonly at: number }): number
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  close(): void
}
interface WorkerFile {
  createSyncAccessHandle?(): Promise<SyncFile>
}

const folderName = 'carryover-keys'
/** Part of the storage left that a run may take: the project needs some, too. */
const share = 0.8
/** Milliseconds before each try to remove what was left behind. */
const pauses = [0, 100, 400, 1000, 2000, 4000]

export function browserSpillStore(): SpillStore {
  return {
    async room() {
      try {
        const { quota = 0, usage = 0 } = await navigator.storage.estimate()
        return Math.floor((quota - usage) * share)
      } catch {
        return null
      }
    },
    async open() {
      try {
        const root = await navigator.storage.getDirectory()
        const folder = await root.getDirectoryHandle(folderName, { create: true })
        await removeLeftovers(folder)
        const name = crypto.randomUUID()
        const handle = await folder.getFileHandle(name, { create: true })
        const file = await (handle as WorkerFile).createSyncAccessHandle?.()
        return file ? spillTo(file, () => folder.removeEntry(name)) : null
      } catch {
        // A browser without it, a private window or a full disk: the files are read more often instead.
        return null
      }
    },
  }
}

function spillTo(file: SyncFile, remove: () => Promise<void>): Spill {
  let size = 0
  let open = true
  return {
    append(bytes) {
      const at = size
      try {
        if (file.write(bytes, { at }) < bytes.length) return null
      } catch {
        return null
      }
      size += bytes.length
      return at
    },
    read(at, into) {
      if (file.read(into, { at }) < into.length)
        throw new Error('A temporary file of keys is shorter than what was written to it')
    },
    async close() {
      if (!open) return
      open = false
      file.truncate(0)
      file.close()
      await remove().catch(() => undefined)
    },
  }
}

/**
 * Removes what a closed tab or an ended worker could not remove itself. Browsers let an ended worker finish what it is about for up to
 * two seconds, its file locked until then, so this tries again for some time; what another tab works on stays locked, and stays.
 */
export async function removeKeysLeftBehind(): Promise<void> {
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const folder = await keysFolder()
    // A worker that removes its own file makes the list of files fail while it is read.
    if (folder === null || (await removeLeftovers(folder).catch(() => 1)) === 0) return
  }
}

/** Null where nothing was ever spilled, or where this browser has no such storage. */
async function keysFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName)
  } catch {
    return null
  }
}

/** Gives how many could not be removed. */
async function removeLeftovers(folder: FileSystemDirectoryHandle): Promise<number> {
  let locked = 0
  for await (const name of folder.keys())
    await folder.removeEntry(name).catch(() => {
      locked++
    })
  return locked
}
