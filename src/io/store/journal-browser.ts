/** Journals of projects in the private file system of the origin; in workers only, because only there a file can be written and flushed in place. */
import type { Update } from '../../core/operation.ts'
import { type Journal, type JournalSave, journalEntry, readJournal, type SaveMark } from '../../core/project/format/journal.ts'
import {
  type BesideWork,
  besideWork,
  folderNamed,
  fileNameOf as folderOf,
  nullIfMissing,
  openFile,
  type SyncFile,
  untilFree,
  writeAt,
} from './beside-browser.ts'

/** Where a journal stands: its file, the bytes of its whole entries, and the digest that the next one names. */
export interface JournalPlace {
  readonly file: string
  readonly bytes: number
  /** What the file has, a torn end included, as it was looked at. */
  readonly size: number
  readonly digest: Uint8Array<ArrayBuffer>
}

/** `look` gives no files, `read` does. `take-back` undoes the save after `place`; null: the one that began the journal. */
export type JournalWork =
  | { readonly kind: 'look' | 'read' | 'close' | 'settle'; readonly project: string }
  | { readonly kind: 'begin'; readonly project: string; readonly save: JournalSave }
  | { readonly kind: 'append'; readonly project: string; readonly place: JournalPlace; readonly save: JournalSave }
  | { readonly kind: 'take-back'; readonly project: string; readonly place: JournalPlace | null }
  | BesideWork

export interface JournalAnswer {
  readonly found?: FoundJournal | null
  readonly place?: JournalPlace
}

export interface FoundJournal {
  readonly journal: Omit<Journal, 'goodBytes' | 'digest'>
  readonly place: JournalPlace
}

const folderName = 'carryover-journals'

/** The file of each project that this worker writes; nobody else can while it is open. */
const held = new Map<string, { readonly name: string; readonly file: SyncFile }>()
/** Last save in the file that this worker writes, by project. */
const lastSaves = new Map<string, SaveMark>()

export async function* journalWork(work: JournalWork): AsyncGenerator<Update<never, JournalAnswer>> {
  yield { kind: 'result', value: await answer(work) }
}

async function answer(work: JournalWork): Promise<JournalAnswer> {
  if (work.kind === 'keep' || work.kind === 'efface') {
    await besideWork(work)
    return {}
  }
  const { project } = work
  if (work.kind === 'close') {
    letGo(project)
    return {}
  }
  const journals = await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true })
  if (work.kind === 'look' || work.kind === 'read') {
    const folder = await journals.getDirectoryHandle(folderOf(project)).catch(nullIfMissing)
    return { found: folder && (await newest(folder, work.kind === 'read')) }
  }
  const folder = await journals.getDirectoryHandle(folderOf(project), { create: work.kind === 'begin' })
  switch (work.kind) {
    case 'begin':
      return { place: await begun(folder, project, work.save) }
    case 'append':
      return { place: await appended(folder, project, work.place, work.save) }
    case 'settle':
      await settle(folder, project)
      return {}
    case 'take-back':
      await takeBack(folder, project, work.place)
      // Nothing of a project stays that was never kept, not even its id.
      if ((await namesIn(folder)).length === 0) await journals.removeEntry(folderOf(project))
      return {}
  }
}

/** Projects that have a journal; on the page as well. Rejects where that can not be told. */
export async function journaledProjects(): Promise<readonly string[]> {
  const journals = await journalsFolder()
  return journals ? (await namesIn(journals)).map(decodeURIComponent) : []
}

/** Removes the journal of a project, once whoever writes it has let it go; on the page as well. */
export async function eraseJournal(project: string): Promise<void> {
  const journals = await journalsFolder()
  if (journals) await untilFree(() => journals.removeEntry(folderOf(project), { recursive: true }).catch(nullIfMissing))
}

const journalsFolder = (): Promise<FileSystemDirectoryHandle | null> => folderNamed(folderName)

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  return names.sort()
}

/** The file with the latest save; what was begun after it and never finished, or stands before it and was not removed yet, says less. */
async function newest(folder: FileSystemDirectoryHandle, withFiles: boolean): Promise<FoundJournal | null> {
  let best: FoundJournal | null = null
  for (const file of await namesIn(folder)) {
    const bytes = await bytesIn(folder, file)
    const read = readJournal(bytes)
    if (!read || (best && read.serial < best.journal.serial)) continue
    const { goodBytes, digest, files, ...mark } = read
    // Copies: a view would take the whole journal over to the page.
    const wanted = withFiles ? new Map([...files].map(([path, contents]) => [path, contents.slice()] as const)) : new Map()
    best = { journal: { ...mark, files: wanted }, place: { file, bytes: goodBytes, size: bytes.length, digest } }
  }
  return best
}

async function bytesIn(folder: FileSystemDirectoryHandle, name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer())
}

/** A snapshot in a file of its own, on disk when this resolves; the file before it stays until `settle`. */
async function begun(folder: FileSystemDirectoryHandle, project: string, save: JournalSave): Promise<JournalPlace> {
  const last = (await namesIn(folder)).at(-1)
  const name = String(Number(last ?? 0) + 1).padStart(8, '0')
  const { entry, digest } = journalEntry(save, null)
  const file = await openFile(folder, name, true)
  try {
    write(file, entry, 0)
  } catch (error) {
    file.close()
    await folder.removeEntry(name).catch(() => undefined)
    throw error
  }
  letGo(project)
  held.set(project, { name, file })
  lastSaves.set(project, markOf(save))
  return { file: name, bytes: entry.length, size: entry.length, digest }
}

/** A torn end is cut off before anything is written behind it; a file that changed since it was looked at is left alone. */
async function appended(
  folder: FileSystemDirectoryHandle,
  project: string,
  place: JournalPlace,
  save: JournalSave,
): Promise<JournalPlace> {
  const { entry, digest } = journalEntry(save, place.digest)
  const file = await fileAt(folder, project, place.file)
  if (file.getSize() !== place.size) {
    letGo(project)
    throw new Error('It was changed by another page')
  }
  if (place.size > place.bytes) file.truncate(place.bytes)
  try {
    write(file, entry, place.bytes)
  } catch (error) {
    // What reached the file is no whole entry: a reader leaves it out, whether this succeeds or not.
    file.truncate(place.bytes)
    throw error
  }
  lastSaves.set(project, markOf(save))
  const size = place.bytes + entry.length
  return { file: place.file, bytes: size, size, digest }
}

/** Removes the files that the one in use replaces: those whose last save is an earlier one, or the same. What can not be read stays. */
async function settle(folder: FileSystemDirectoryHandle, project: string): Promise<void> {
  const used = held.get(project)?.name
  const save = lastSaves.get(project)
  for (const name of await namesIn(folder)) {
    if (!save || used === undefined || name >= used) continue
    const last = readJournal(await bytesIn(folder, name))
    if (!last || last.serial < save.serial || last.revision === save.revision) await folder.removeEntry(name)
  }
}

async function takeBack(folder: FileSystemDirectoryHandle, project: string, place: JournalPlace | null): Promise<void> {
  const used = held.get(project)
  if (used && used.name === place?.file) {
    used.file.truncate(place.bytes)
    used.file.flush()
    return
  }
  letGo(project)
  if (used) await folder.removeEntry(used.name)
}

async function fileAt(folder: FileSystemDirectoryHandle, project: string, name: string): Promise<SyncFile> {
  const used = held.get(project)
  if (used?.name === name) return used.file
  letGo(project)
  const file = await openFile(folder, name, false)
  held.set(project, { name, file })
  return file
}

/** Without the bytes, which may be many. */
const markOf = ({ serial, revision, name, saved }: JournalSave): SaveMark => ({ serial, revision, name, saved })

function letGo(project: string): void {
  held.get(project)?.file.close()
  held.delete(project)
}

function write(file: SyncFile, bytes: Uint8Array, at: number): void {
  writeAt(file, bytes, at)
  file.flush()
}
