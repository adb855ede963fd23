/** Project folders on disk, in browsers that give access to them; elsewhere projects are saved as files. */
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { rememberPath } from './given-files.ts'

declare global {
  interface Window {
    showDirectoryPicker?(options: {
      readonly id: string
      readonly mode: 'read' | 'readwrite'
    }): Promise<FileSystemDirectoryHandle>
  }
}

/** Folders that are no part of a project, however they got into it. */
const leftAlone = new Set(['.git', 'node_modules'])
const mostFiles = 10_000

export function foldersCanBeChosen(): boolean {
  return typeof window.showDirectoryPicker === 'function'
}

/** Asks the person for a folder; null where they changed their mind. One that is only read is remembered by the browser apart. */
export async function chooseFolder(mode: 'read' | 'readwrite' = 'readwrite'): Promise<FileSystemDirectoryHandle | null> {
  const id = mode === 'read' ? 'carryover-sources' : 'carryover-project'
  try {
    return (await window.showDirectoryPicker?.({ id, mode })) ?? null
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/** Whether a folder that was chosen earlier may be read now; browsers ask again after a restart. Needs a press of a button. */
export async function mayRead(folder: FileSystemDirectoryHandle): Promise<boolean> {
  const now = (await folder.queryPermission?.({ mode: 'read' })) ?? 'granted'
  return now === 'granted' || (await folder.requestPermission?.({ mode: 'read' })) === 'granted'
}

/** Files at any depth of a folder of sources, each with its path. */
export async function readSources(folder: FileSystemDirectoryHandle): Promise<readonly File[]> {
  const files = await readFolder(folder)
  for (const [path, file] of files) rememberPath(file, `${folder.name}/${path}`)
  return [...files.values()]
}

/** Files of a folder by path inside it. */
export async function readFolder(
  folder: FileSystemDirectoryHandle,
  inside = '',
  found = new Map<string, File>(),
): Promise<ReadonlyMap<string, File>> {
  for await (const entry of folder.values()) {
    if (found.size >= mostFiles)
      throw new Error(`${folder.name} holds more than ${mostFiles} files; choose a folder further inside.`)
    const path = `${inside}${entry.name}`
    if (entry.kind === 'file') found.set(path, await (entry as FileSystemFileHandle).getFile())
    else if (!leftAlone.has(entry.name)) await readFolder(entry as FileSystemDirectoryHandle, `${path}/`, found)
  }
  return found
}

/**
 * Writes the files that differ from what the folder holds, then removes those named in `gone`. Each is written beside the old one and swapped
 * by the browser when it is closed, so a failure leaves the earlier file. Returns how many files changed.
 */
export async function writeFolder(
  folder: FileSystemDirectoryHandle,
  files: ProjectFiles,
  gone: readonly string[],
): Promise<number> {
  let changed = 0
  for (const [path, bytes] of files) {
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    let place = folder
    for (const part of parts) place = await place.getDirectoryHandle(part, { create: true })
    const handle = await place.getFileHandle(name, { create: true })
    if (await holds(handle, bytes)) continue
    const stream = await handle.createWritable()
    try {
      await stream.write(bytes)
      await stream.close()
    } catch (error) {
      await stream.abort().catch(() => undefined)
      throw error
    }
    changed++
  }
  for (const path of gone) if (await remove(folder, path)) changed++
  return changed
}

/** False where somebody else has removed it already. */
async function remove(folder: FileSystemDirectoryHandle, path: string): Promise<boolean> {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  try {
    let place = folder
    for (const part of parts) place = await place.getDirectoryHandle(part)
    await place.removeEntry(name)
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return false
    throw error
  }
}

async function holds(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<boolean> {
  const file = await handle.getFile()
  if (file.size !== bytes.length) return false
  const held = new Uint8Array(await file.arrayBuffer())
  return held.every((byte, index) => byte === bytes[index])
}
