/** One project in the browser's database: read, and brought up from its second copy where the database lacks saves. */
import type { IDBPDatabase } from 'idb'
import { type Journal, journalStands } from '../../core/project/format/journal.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { dayText } from '../../core/values/day.ts'
import { joinSegments, type KeptFile } from './kept-files.ts'
import { asWriter } from './project-claim.ts'
import type { SecondCopy } from './second-copy.ts'
import type { StoreSchema } from './store-database.ts'

type Database = IDBPDatabase<StoreSchema>
type Row = StoreSchema['projects']['value']
type JournaledState = Omit<Journal, 'goodBytes' | 'digest'>

export interface KeptProject {
  /** Null where the list of projects does not have it. */
  readonly row: Row | null
  /** Null where there is none of it. */
  readonly files: ReadonlyMap<string, KeptFile> | null
  /** The first file of which a part is missing. */
  readonly damaged: string | null
}

/** Keys of all segments of a project. */
export const segmentsOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, ''], [id, '\uffff'])

export async function readKept(database: Database, id: string): Promise<KeptProject> {
  const transaction = database.transaction(['projects', 'segments'])
  const segments = transaction.objectStore('segments')
  const [row = null, keys, contents] = await Promise.all([
    transaction.objectStore('projects').get(id),
    segments.getAllKeys(segmentsOf(id)),
    segments.getAll(segmentsOf(id)),
  ])
  await transaction.done
  if (keys.length === 0) return { row, files: null, damaged: null }
  const joined = joinSegments(
    keys.map(([, path, first], index) => ({ key: [path, first], bytes: contents[index] ?? new Uint8Array() })),
  )
  return joined.ok ? { row, files: joined.files, damaged: null } : { row, files: null, damaged: joined.path }
}

/** @throws StoreProblem `unreadable` */
export function filesOf({ files, damaged }: KeptProject): ReadonlyMap<string, KeptFile> | null {
  if (damaged === null) return files
  throw new StoreProblem(
    'unreadable',
    `Of the file ${damaged} a part is missing in this browser. Nothing was changed. Open the last backup or file of the project: it asks before it takes the place of what is left here. “Erase from this browser” removes that.`,
  )
}

/** True where the journal has what the database lacks, be it that of the database nothing whole is left. */
export function lacks(kept: KeptProject, journal: JournaledState): boolean {
  return kept.files === null || journalStands(kept.row, journal) === 'ahead'
}

/** Brings a project up from its second copy and says so; null where it lacks nothing, or where another tab goes on writing it. */
export async function restoreKept(database: Database, copy: SecondCopy, id: string): Promise<string | null> {
  return await asWriter(id, async () => {
    const [kept, found] = await Promise.all([readKept(database, id), copy.find(id, 'read')])
    if (!found || !lacks(kept, found.journal)) return null
    await replaceKept(database, id, found.journal)
    return sentenceOf(kept, found.journal)
  })
}

async function replaceKept(database: Database, id: string, journal: JournaledState): Promise<void> {
  const { files, name, saved, revision, serial } = journal
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const transaction = database.transaction(['projects', 'segments'], 'readwrite', { durability: 'strict' })
  const segments = transaction.objectStore('segments')
  await Promise.all([
    segments.delete(segmentsOf(id)),
    // A copy: storing a view would store all of the room it looks into.
    ...[...files].map(([path, contents]) => segments.put(contents.slice(), [id, path, 0])),
    transaction.objectStore('projects').put({ id, name, saved, bytes, revision, serial }),
    transaction.done,
  ])
}

/** Says which save it is, and never that it was the last one: saves that had no second copy are not in it. */
function sentenceOf(kept: KeptProject, { name, saved, serial }: JournaledState): string {
  const { row, damaged } = kept
  const moment = `${dayText(saved.slice(0, 10))}, ${saved.slice(11, 16)}`
  const look = 'If you remember later work, or have a later backup or file, open that one.'
  if (row === null)
    return `The database of this browser had lost ${name}. It was restored from its second copy, as it was saved on ${moment}. ${look} What only the database had is gone: the backup folder and its passphrase, and the key of this device. Choose the folder for backups again.`
  if (kept.files !== null)
    return `The database of this browser lacked the last saves of ${name}. They were taken from its second copy, up to the save of ${moment}. ${look}`
  const what = damaged === null ? name : `${damaged} in ${name}`
  const short = (row.serial ?? 0) - serial
  const lost = short > 0 ? ` ${short === 1 ? 'The save after that is' : `The ${short} saves after that are`} lost.` : ''
  return `The database of this browser had lost a part of ${what}. The project was restored from its second copy, as it was saved on ${moment}.${lost} ${look}`
}
