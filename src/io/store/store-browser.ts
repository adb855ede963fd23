/** Projects in this browser: IndexedDB, strict for decisions, beside it a second copy of every save; one writer per project, other tabs follow. */

import type { ProjectFiles } from '../../core/project/format/project.ts'
import { type Durability, type ProjectStore, StoreProblem } from '../../core/project/format/store.ts'
import { errorWords } from '../../core/values/error-words.ts'
import type { KeptSeal } from '../keys/seal.ts'
import type { SealedKey } from '../keys/signing-key.ts'
import type { BesideWork } from './beside-browser.ts'
import { type KeptFile, segmentWrites } from './kept-files.ts'
import { filesOf, lacks, readKept, restoreKept, segmentsOf } from './kept-project.ts'
import { KeptSettings } from './kept-settings.ts'
import { openKeptDatabase } from './open-kept-database.ts'
import { PrivatePart } from './private-part.ts'
import { type Claimed, claimProject, isClaimed } from './project-claim.ts'
import { readMarker, writeMarker } from './project-marker.ts'
import { RestKeys } from './rest-keys.ts'
import { type JournalDoor, SecondCopy } from './second-copy.ts'
import { secondKey, secondKeyOf, secondKeyText } from './second-key.ts'
import { abort, trouble } from './store-database.ts'

/** The store, with what a page needs beside `ProjectStore`. */
export interface BrowserStore extends ProjectStore {
  keepKey(project: string, key: string, kept: SealedKey | KeptSeal | CryptoKeyPair): Promise<void>
  findKey(project: string, key: string): Promise<SealedKey | KeptSeal | CryptoKeyPair | null>
  setting(name: string): Promise<string | null>
  /** Null takes the setting away. */
  keepSetting(name: string, value: string | null): Promise<void>
  /** Seals all settings under a new key: what was taken from them can be read in no log of the browser. */
  renewSettings(): Promise<void>
  /** A folder that a person chose once; null forgets it. */
  keepFolder(name: string, folder: FileSystemDirectoryHandle | null): Promise<void>
  folder(name: string): Promise<FileSystemDirectoryHandle | null>
  /** True when projects were kept here once and the browser has removed them all. */
  wasEmptied(): Promise<boolean>
  /** Becomes the one writer of a project until `release`; null when another tab is. */
  claim(project: string): Promise<Claimed | null>
  /** Calls back whenever another tab saved or erased the project. */
  follow(project: string, changed: (what: 'saved' | 'erased') => void): () => void
  /** Why the last save is not in the second copy; null where it is. */
  withoutSecondCopy(): string | null
  /** Why the private part is kept as it is; null where it is sealed. */
  unsealed(): string | null
  /** What was taken from second copies since this was asked last, one sentence per project. */
  restored(): readonly string[]
  close(): void
}

interface Remembered {
  readonly revision: string | undefined
  readonly serial: number
  readonly files: ReadonlyMap<string, KeptFile>
}

export async function openBrowserStore(journal: JournalDoor): Promise<BrowserStore> {
  const copy = new SecondCopy(journal)
  const { database, told } = await openKeptDatabase(copy)
  let restored = told
  const channel = new BroadcastChannel('carryover-store')
  const write = (work: BesideWork): Promise<void> => copy.beside(work)
  const keys = new RestKeys(write)
  const privatePart = new PrivatePart(keys)
  const settings = new KeptSettings(database, keys, write)
  void settings.sealPlain().catch(() => undefined)
  /** What this tab has read or written last, by project. */
  const remembered = new Map<string, Remembered>()

  const hear = (told: (project: string, what: string) => void): (() => void) => {
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (typeof data === 'object' && data !== null && 'project' in data && 'what' in data)
        told(String(data.project), String(data.what))
    }
    channel.addEventListener('message', listen)
    return () => channel.removeEventListener('message', listen)
  }
  hear((id, what) => {
    if (what === 'erasing') {
      void copy.close(id)
      privatePart.forget(id)
    }
    // A save that was under way here may have begun the journal again.
    if (what === 'erased')
      void before
        .catch(() => undefined)
        .then(async () => (await database.getKey('projects', id)) ?? (await copy.erase(id)))
        .catch(() => undefined)
  })

  const restore = async (id: string): Promise<boolean> => {
    const sentence = await restoreKept(database, copy, id)
    if (sentence !== null) restored = [...restored, sentence]
    return sentence !== null
  }

  /** Once per visit: projects that only their second copy still has. */
  let recovering: Promise<void> | null = null
  const recovered = (): Promise<void> => {
    recovering ??= trouble(async () => {
      const [journaled, listed] = await Promise.all([copy.projects(), database.getAllKeys('projects')])
      for (const id of journaled.filter((each) => !listed.includes(each)))
        try {
          if (await trouble(() => restore(id))) await mark()
          else if ((await database.getKey('projects', id)) === undefined) recovering = null
        } catch (error) {
          // The others are listed all the same, and the second copy stays.
          const why = errorWords(error)
          restored = [...restored, `A project is in its second copy only and could not be restored: ${why}`]
        }
    }).catch((error: unknown) => {
      recovering = null
      throw error
    })
    return recovering
  }

  /** The serial before the first save of a project that this tab has not read. */
  const lastSerial = async (id: string): Promise<number> => {
    const [row, found] = await Promise.all([database.get('projects', id), copy.find(id, 'look')])
    copy.beginAnew(id)
    return Math.max(row?.serial ?? 0, found?.journal.serial ?? 0)
  }

  const writeProject = async (id: string, name: string, plain: ProjectFiles, durability: Durability, saved: string) => {
    const { files, grown, written } = await privatePart.seal(id, plain)
    const bytes = [...files.values()].reduce((sum, each) => sum + each.length, 0)
    const known = remembered.get(id)
    const { puts, gone, kept, ...differs } = segmentWrites(known?.files ?? new Map(), files)
    // Sealed bytes of a file that only grew are others from the first on, and nothing was taken from it.
    const lessened = differs.lessened.filter((path) => !grown.has(path))
    const revision = crypto.randomUUID()
    const serial = 1 + (known?.serial ?? (await trouble(() => lastSerial(id))))
    const copying = copy.save(id, { serial, revision, name, saved }, { ...differs, lessened }, files)
    const first = trouble(async () => {
      const transaction = database.transaction(['projects', 'segments'], 'readwrite', {
        durability: durability === 'decision' ? 'strict' : 'relaxed',
      })
      const projects = transaction.objectStore('projects')
      const segments = transaction.objectStore('segments')
      const requests = async (): Promise<void> => {
        // Within the transaction nobody else writes: what is seen here is what is replaced.
        if (known && (await projects.get(id))?.revision !== known.revision) throw overtaken()
        if (!known) await segments.delete(segmentsOf(id))
        await Promise.all([
          ...gone.map(([path, first]) => segments.delete([id, path, first])),
          ...puts.map(({ key: [path, first], bytes: segment }) => segments.put(segment, [id, path, first])),
          projects.put({ id, name, saved, bytes, revision, serial }),
        ])
      }
      // The transaction's `complete` is the acknowledgement; the success of a request is not.
      const completed = transaction.done
      try {
        await requests()
        await completed
      } catch (error) {
        // What was asked for before something could not be asked must not be written, either.
        if (transaction.error === null) abort(transaction)
        await completed.catch(() => undefined)
        throw transaction.error ?? error
      }
    })
    await first.catch(async (error: unknown) => {
      await (await copying).takeBack()
      throw error
    })
    remembered.set(id, { revision, serial, files: kept })
    written()
    if (!known) await mark()
    channel.postMessage({ project: id, what: 'saved' })
    return (await copying).settle
  }

  // One save after the other: what differs is judged against what the save before it wrote.
  let before: Promise<unknown> = Promise.resolve()
  const save: BrowserStore['save'] = async (...given) => {
    const mine = before.catch(() => null).then(() => writeProject(...given))
    before = mine.then((settle) => settle())
    before.catch(() => undefined)
    await mine
  }

  const mark = async (): Promise<void> => {
    const count = await database.count('projects')
    writeMarker(count)
  }

  return {
    async list() {
      await recovered()
      return await trouble(async () => (await database.getAll('projects')).sort((a, b) => (a.saved < b.saved ? 1 : -1)))
    },
    async open(id) {
      await recovered()
      return await trouble(async () => {
        // While somebody writes it, its second copy is theirs, and was looked at when they opened it.
        const look = async () => ((await isClaimed(id)) ? null : await copy.find(id, 'look'))
        const [kept, found] = await Promise.all([readKept(database, id), look()])
        const behind = found !== null && lacks(kept, found.journal) && (await restore(id))
        const now = behind ? await readKept(database, id) : kept
        const files = filesOf(now)
        if (files === null) return null
        const { revision, serial = 0 } = now.row ?? {}
        if (found && revision === found.journal.revision) copy.goOn(id, found.place)
        else if (found) copy.beginAnew(id)
        remembered.set(id, { revision, serial: Math.max(serial, found?.journal.serial ?? 0), files })
        return await privatePart.open(id, new Map([...files].map(([path, { bytes }]) => [path, bytes])))
      })
    },
    save,
    async erase(id) {
      // The second copy first: what was half erased must not come back from it.
      channel.postMessage({ project: id, what: 'erasing' })
      await copy.erase(id)
      privatePart.forget(id)
      await keys.destroy({ project: id })
      await settings.removeAll(secondKeyOf(id, null))
      await trouble(async () => {
        const transaction = database.transaction(['projects', 'segments', 'keys'], 'readwrite', { durability: 'strict' })
        await Promise.all([
          transaction.objectStore('segments').delete(segmentsOf(id)),
          transaction.objectStore('keys').delete(segmentsOf(id)),
          transaction.objectStore('projects').delete(id),
          transaction.done,
        ])
      })
      remembered.delete(id)
      await mark()
      // A save of another tab may have begun it once more before the database refused that save; where that tab holds it still, it removes it.
      await copy.erase(id).catch(() => undefined)
      channel.postMessage({ project: id, what: 'erased' })
    },
    async keepKey(project, key, kept) {
      if ('sealed' in kept) await trouble(() => settings.keep(secondKeyOf(project, key), secondKeyText(kept)))
      await trouble(async () => {
        const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.put(kept, [project, key]), transaction.done])
      })
    },
    findKey: (project, key) =>
      trouble(async () => {
        const name = secondKeyOf(project, key)
        const kept = await database.get('keys', [project, key])
        const second = await settings.read(name)
        if (kept === undefined) return secondKey(second)
        // Keys of earlier versions have one copy: they get their second when they are used.
        if (second === null && 'sealed' in kept) await settings.keep(name, secondKeyText(kept)).catch(() => undefined)
        return kept
      }),
    setting: (name) => trouble(() => settings.read(name)),
    folder: (name) =>
      trouble(async () => {
        const value = await database.get('settings', name)
        return value === undefined || typeof value === 'string' || value instanceof Uint8Array ? null : value
      }),
    async keepFolder(name, folder) {
      await trouble(async () => {
        const transaction = database.transaction('settings', 'readwrite', { durability: 'strict' })
        const { store } = transaction
        await Promise.all([folder ? store.put(folder, name) : store.delete(name), transaction.done])
      })
    },
    renewSettings: () => trouble(() => settings.renew()),
    keepSetting: (name, value) => trouble(() => settings.keep(name, value)),
    async wasEmptied() {
      await recovered()
      return await trouble(
        async () => readMarker() > 0 && (await database.count('projects')) === 0 && (await copy.projects()).length === 0,
      )
    },
    async claim(project) {
      const claimed = await claimProject(project)
      if (!claimed) return null
      void claimed.lost.then(() => copy.close(project))
      return {
        lost: claimed.lost,
        release() {
          void copy.close(project)
          claimed.release()
        },
      }
    },
    follow: (project, changed) =>
      hear((id, what) => {
        if (id === project && (what === 'saved' || what === 'erased')) changed(what)
      }),
    withoutSecondCopy: () => copy.missing,
    unsealed: () => keys.missing,
    restored() {
      const told = restored
      restored = []
      return told
    },
    close() {
      channel.close()
      database.close()
    },
  }
}

function overtaken(): StoreProblem {
  return new StoreProblem(
    'overtaken',
    'This project was saved by another tab since it was read here. Nothing of this tab was written over it. Reload the page to go on from what is kept.',
  )
}
