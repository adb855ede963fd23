/** The way to folders that sources came from: kept in this browser, never their files. */
import { browserStore } from '../session/browser-store.ts'
import { sourceFolderSettings } from '../session/keep.ts'
import { openProject } from '../session/state.ts'

export async function keptFolders(id: string): Promise<readonly FileSystemDirectoryHandle[]> {
  const store = await browserStore()
  const kept = await Promise.all(sourceFolderSettings(id).map((name) => store.folder(name)))
  return kept.filter((folder) => folder !== null)
}

/** Keeps the way to folders; the oldest gives way where there are too many. A browser that can not keep one asks for it again. */
export async function keepSourceFolders(folders: readonly FileSystemDirectoryHandle[]): Promise<void> {
  if (folders.length === 0) return
  const { id } = openProject().manifest
  try {
    const all: FileSystemDirectoryHandle[] = []
    for (const folder of [...(await keptFolders(id)), ...folders]) {
      const same = await Promise.all(all.map((other) => other.isSameEntry(folder)))
      if (!same.includes(true)) all.push(folder)
    }
    const store = await browserStore()
    const kept = all.slice(-sourceFolderSettings(id).length)
    for (const [at, name] of sourceFolderSettings(id).entries()) await store.keepFolder(name, kept[at] ?? null)
  } catch {
    // The files are open all the same; after a reload the folder has to be chosen again.
  }
}
