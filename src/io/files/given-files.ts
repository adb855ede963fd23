/** Files and folders that a person dropped, with the path of each inside what was dropped. */

const paths = new WeakMap<File, string>()

/** Where a file was inside the folder that was given, that folder included; its name where it came alone. Shown to nobody, kept nowhere. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name)
}

export function rememberPath(file: File, path: string): void {
  paths.set(file, path)
}

/** What was dropped: files at any depth of dropped folders, and the folders themselves where the browser can open them again. */
export interface Dropped {
  readonly files: readonly File[]
  readonly folders: readonly FileSystemDirectoryHandle[]
}

declare global {
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>
  }
}

/** Reads folders among what was dropped; null where there is none. What is held is asked for at once: a drop forgets it in the next turn. */
export function droppedFolders(transfer: DataTransfer): Promise<Dropped> | null {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const entries = items.map((item) => item.webkitGetAsEntry())
  if (!entries.some((entry) => entry?.isDirectory)) return null
  const handles = items.map((item) => item.getAsFileSystemHandle?.().catch(() => null))
  const loose = [...transfer.files]
  return (async () => {
    const files: File[] = []
    for (const [index, entry] of entries.entries()) {
      if (entry?.isDirectory) await collect(entry as FileSystemDirectoryEntry, '', files)
      else {
        const file = loose[index]
        if (file) files.push(file)
      }
    }
    const kept = await Promise.all(handles)
    return {
      files,
      folders: kept.flatMap((handle) => (handle?.kind === 'directory' ? [handle as FileSystemDirectoryHandle] : [])),
    }
  })()
}

async function collect(folder: FileSystemDirectoryEntry, before: string, files: File[]): Promise<void> {
  const path = `${before}${folder.name}/`
  const reader = folder.createReader()
  // A reader gives a folder in portions; an empty one is the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (entries.length === 0) return
    for (const entry of entries)
      if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, path, files)
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
        rememberPath(file, `${path}${file.name}`)
        files.push(file)
      }
  }
}
