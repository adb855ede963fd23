/** Small files in the private file system of the origin, one folder per kind: written and overwritten in place by a worker, read on the page as well. */

type Bytes = Uint8Array<ArrayBuffer>

/** `keep` writes a file whole and flushes it; `efface` overwrites it, then removes it. */
export type BesideWork =
  | { readonly kind: 'keep'; readonly folder: string; readonly name: string; readonly bytes: Bytes }
  | { readonly kind: 'efface'; readonly folder: string; readonly name: string }

/** The types of the page do not know what only workers have. */
export interface SyncFile {
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  getSize(): number
  flush(): void
  close(): void
}
interface WorkerFile {
  createSyncAccessHandle?(): Promise<SyncFile>
}

/** Milliseconds before each try to open a file that a page which just left may hold for a moment. */
const pauses = [20, 100, 400]

/** In workers only. */
export async function besideWork(work: BesideWork): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(work.folder, { create: true })
  const file = await openFile(folder, fileNameOf(work.name), work.kind === 'keep')
  try {
    if (work.kind === 'keep') {
      writeAt(file, work.bytes, 0)
      file.truncate(work.bytes.length)
    } else writeAt(file, new Uint8Array(file.getSize()), 0)
    file.flush()
  } finally {
    file.close()
  }
  if (work.kind === 'efface') await folder.removeEntry(fileNameOf(work.name))
}

/** Null where there is no such file, or no such file system. */
export async function readBeside(folder: string, name: string): Promise<Bytes | null> {
  const found = await (await folderNamed(folder))?.getFileHandle(fileNameOf(name)).catch(nullIfMissing)
  return found ? new Uint8Array(await (await found.getFile()).arrayBuffer()) : null
}

export async function namesBeside(folder: string): Promise<readonly string[]> {
  const found = await folderNamed(folder)
  const names: string[] = []
  if (found) for await (const name of found.keys()) names.push(decodeURIComponent(name))
  return names.sort()
}

export async function removeBeside(folder: string, name: string): Promise<void> {
  await (await folderNamed(folder))?.removeEntry(fileNameOf(name)).catch(nullIfMissing)
}

/** Null where nothing was ever written there, or can be: some browsers have no such storage, others none in private windows. */
export async function folderNamed(name: string): Promise<FileSystemDirectoryHandle | null> {
  if (!navigator.storage?.getDirectory) return null
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(name)
  } catch (error) {
    if (error instanceof Error && error.name === 'SecurityError') return null
    return nullIfMissing(error)
  }
}

/** Only what is not there is none; any other error says nothing about what is there. */
export function nullIfMissing(error: unknown): null {
  if (error instanceof Error && error.name === 'NotFoundError') return null
  throw error
}

/** A name of a file or folder, whatever is in it. */
export function fileNameOf(text: string): string {
  return encodeURIComponent(text).replace(/[.~!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

export async function openFile(folder: FileSystemDirectoryHandle, name: string, create: boolean): Promise<SyncFile> {
  const handle = await folder.getFileHandle(name, { create })
  const open = (handle as WorkerFile).createSyncAccessHandle?.bind(handle)
  if (!open) throw new Error('This browser writes no files in place')
  return await untilFree(open)
}

export async function untilFree<T>(act: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof Error && error.name === 'NoModificationAllowedError')) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return await act()
}

export function writeAt(file: SyncFile, bytes: Uint8Array, at: number): void {
  if (file.write(bytes, { at }) < bytes.length)
    throw new DOMException('The file system took less than it was given', 'QuotaExceededError')
}
