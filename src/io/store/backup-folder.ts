/** Backups in a folder that a person chose: each is written whole, read back, and only then is an old one removed. */

declare global {
  interface FileSystemHandle {
    queryPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
    requestPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
  }
}

/** Backups of one project that are left in the folder. */
export const keptBackups = 5

/** Whether the folder may be written now; browsers ask again after a restart. `ask` needs a press of a button. */
export async function mayWrite(folder: FileSystemDirectoryHandle, ask: boolean): Promise<boolean> {
  const now = (await folder.queryPermission?.({ mode: 'readwrite' })) ?? 'granted'
  if (now === 'granted' || !ask) return now === 'granted'
  return (await folder.requestPermission?.({ mode: 'readwrite' })) === 'granted'
}

/** @throws Error where the folder was moved or removed since it was chosen */
export async function requireFolder(folder: FileSystemDirectoryHandle): Promise<void> {
  try {
    for await (const _ of folder.values()) break
  } catch (error) {
    throw new Error(`the folder ${folder.name} can not be found or read any more; choose it again in Settings.`, { cause: error })
  }
}

/**
 * Writes `<stem>-<stamp>.carryover`; the stamp is in UTC, so that no clock change reorders them, and what was just written stays. The browser writes beside the file and swaps when it is closed; what stands there then is compared.
 * @throws Error where it can not be written or is not what was written; every earlier backup is still there
 */
export async function writeBackup(
  folder: FileSystemDirectoryHandle,
  stem: string,
  stamp: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const name = `${stem}-${stamp}.carryover`
  const handle = await folder.getFileHandle(name, { create: true })
  try {
    const stream = await handle.createWritable()
    await stream.write(bytes)
    await stream.close()
    if (!(await holds(handle, bytes))) throw new Error('what was read back is not what was written.')
  } catch (error) {
    await folder.removeEntry(name).catch(() => undefined)
    throw error
  }
  const others = (await backupsIn(folder, stem)).filter((each) => each !== name)
  for (const old of others.slice(0, Math.max(0, others.length + 1 - keptBackups)))
    await folder.removeEntry(old).catch(() => undefined)
  return name
}

/** Names of the backups of one project, oldest first. */
async function backupsIn(folder: FileSystemDirectoryHandle, stem: string): Promise<readonly string[]> {
  const names: string[] = []
  for await (const entry of folder.values())
    if (entry.kind === 'file' && entry.name.startsWith(stem) && /^-\d{8}T\d{6}Z?\.carryover$/.test(entry.name.slice(stem.length)))
      names.push(entry.name)
  return names.sort()
}

async function holds(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<boolean> {
  const held = new Uint8Array(await (await handle.getFile()).arrayBuffer())
  return held.length === bytes.length && held.every((byte, index) => byte === bytes[index])
}
