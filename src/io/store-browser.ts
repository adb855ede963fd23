/** Projects in this browser: IndexedDB, strict for decisions, one writer per project, other tabs follow. */

import type { ProjectFiles } from '../core/project/project.ts'
import { type Durability, type ProjectStore, StoreProblem } from '../core/project/store.ts'
import { joinSegments, type KeptFile, segmentWrites } from './kept-files.ts'
import type { KeptSeal } from './seal.ts'
import type { SealedKey } from './signing-key.ts'
import { abort, openStoreDatabase, trouble } from './store-database.ts'

/** A cookie stands outside IndexedDB, holds a count and no data, and goes only when the person clears the site. */
const marker = 'carryover-projects'

/** The store, with what a page needs beside `ProjectStore`. */
export interface BrowserStore extends ProjectStore {
  keepKey(project: string, key: string, sealed: SealedKey | KeptSeal): Promise<void>
  findKey(project: string, key: string): Promise<SealedKey | KeptSeal | CryptoKeyPair | null>
  setting(name: string): Promise<string | null>
  keepSetting(name: string, value: string): Promise<void>
  /** A folder that a person chose once; null forgets it. */
  keepFolder(name: string, folder: FileSystemDirectoryHandle | null): Promise<void>
  folder(name: string): Promise<FileSystemDirectoryHandle | null>
  /** True when projects were kept here once and the browser has removed them all. */
  wasEmptied(): Promise<boolean>
  /** Becomes the one writer of a project until `release`; null when another tab is. */
  claim(project: string): Promise<Claimed | null>
  /** Calls back whenever another tab saved or erased the project. */
  follow(project: string, changed: (what: 'saved' | 'erased') => void): () => void
  /** Whether the browser promises not to clear this by itself, and how much is used. */
  protection(): Promise<{ readonly persisted: boolean; readonly usedBytes: number | null; readonly quotaBytes: number | null }>
  close(): void
}

export interface Claimed {
  release(): void
  /** Resolves when another tab took the project over; from then on this one is a reader. */
  readonly lost: Promise<void>
}

interface Remembered {
  readonly revision: string | undefined
  readonly files: ReadonlyMap<string, KeptFile>
}

export async function openBrowserStore(): Promise<BrowserStore> {
  const database = await openStoreDatabase()
  const channel = new BroadcastChannel('carryover-store')
  /** What this tab has read or written last, by project. */
  const remembered = new Map<string, Remembered>()

  const ids = (id: string): IDBKeyRange => IDBKeyRange.bound([id, ''], [id, '\uffff'])

  const write = async (id: string, name: string, files: ProjectFiles, durability: Durability, saved: string): Promise<void> => {
    const bytes = [...files.values()].reduce((sum, each) => sum + each.length, 0)
    const known = remembered.get(id)
    const { puts, gone, kept } = segmentWrites(known?.files ?? new Map(), files)
    const revision = crypto.randomUUID()
    await trouble(async () => {
      const transaction = database.transaction(['projects', 'segments'], 'readwrite', {
        durability: durability === 'decision' ? 'strict' : 'relaxed',
      })
      const projects = transaction.objectStore('projects')
      const segments = transaction.objectStore('segments')
      const requests = async (): Promise<void> => {
        // Within the transaction nobody else writes: what is seen here is what is replaced.
        if (known && (await projects.get(id))?.revision !== known.revision) throw overtaken()
        if (!known) await segments.delete(ids(id))
        await Promise.all([
          ...gone.map(([path, first]) => segments.delete([id, path, first])),
          ...puts.map(({ key: [path, first], bytes: segment }) => segments.put(segment, [id, path, first])),
          projects.put({ id, name, saved, bytes, revision }),
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
    remembered.set(id, { revision, files: kept })
    if (!known) await mark()
    channel.postMessage({ project: id, what: 'saved' })
  }

  // One save after the other: what differs is judged against what the save before it wrote.
  let before: Promise<unknown> = Promise.resolve()
  const save: BrowserStore['save'] = async (...given) => {
    const mine = before.catch(() => null).then(() => write(...given))
    before = mine
    await mine
  }

  const mark = async (): Promise<void> => {
    const count = await database.count('projects')
    writeMarker(count)
  }

  return {
    list: () => trouble(async () => (await database.getAll('projects')).sort((a, b) => (a.saved < b.saved ? 1 : -1))),
    async open(id) {
      return await trouble(async () => {
        const transaction = database.transaction(['projects', 'segments'])
        const segments = transaction.objectStore('segments')
        const [project, keys, contents] = await Promise.all([
          transaction.objectStore('projects').get(id),
          segments.getAllKeys(ids(id)),
          segments.getAll(ids(id)),
        ])
        await transaction.done
        if (keys.length === 0) return null
        const joined = joinSegments(
          keys.map(([, path, first], index) => ({ key: [path, first], bytes: contents[index] ?? new Uint8Array() })),
        )
        if (!joined.ok)
          throw new StoreProblem(
            'unreadable',
            `Of the file ${joined.path} a part is missing in this browser. Nothing was changed. Open the last backup or file of the project: it asks before it takes the place of what is left here. “Erase from this browser” removes that.`,
          )
        remembered.set(id, { revision: project?.revision, files: joined.files })
        return new Map([...joined.files].map(([path, { bytes }]) => [path, bytes]))
      })
    },
    save,
    async erase(id) {
      await trouble(async () => {
        const transaction = database.transaction(['projects', 'segments', 'keys'], 'readwrite', { durability: 'strict' })
        await Promise.all([
          transaction.objectStore('segments').delete(ids(id)),
          transaction.objectStore('keys').delete(ids(id)),
          transaction.objectStore('projects').delete(id),
          transaction.done,
        ])
      })
      remembered.delete(id)
      await mark()
      channel.postMessage({ project: id, what: 'erased' })
    },
    async keepKey(project, key, sealed) {
      await trouble(async () => {
        const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.put(sealed, [project, key]), transaction.done])
      })
    },
    findKey: (project, key) => trouble(async () => (await database.get('keys', [project, key])) ?? null),
    setting: (name) =>
      trouble(async () => {
        const value = await database.get('settings', name)
        return typeof value === 'string' ? value : null
      }),
    folder: (name) =>
      trouble(async () => {
        const value = await database.get('settings', name)
        return value === undefined || typeof value === 'string' ? null : value
      }),
    async keepFolder(name, folder) {
      await trouble(async () => {
        const transaction = database.transaction('settings', 'readwrite', { durability: 'strict' })
        const { store } = transaction
        await Promise.all([folder ? store.put(folder, name) : store.delete(name), transaction.done])
      })
    },
    async keepSetting(name, value) {
      await trouble(async () => {
        const transaction = database.transaction('settings', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.put(value, name), transaction.done])
      })
    },
    wasEmptied: () => trouble(async () => readMarker() > 0 && (await database.count('projects')) === 0),
    claim: claimProject,
    follow(project, changed) {
      const listen = (event: MessageEvent<unknown>): void => {
        const { data } = event
        if (typeof data !== 'object' || data === null || !('project' in data) || !('what' in data) || data.project !== project)
          return
        if (data.what === 'saved' || data.what === 'erased') changed(data.what)
      }
      channel.addEventListener('message', listen)
      return () => channel.removeEventListener('message', listen)
    },
    async protection() {
      const [persisted, estimate] = await Promise.all([navigator.storage.persist(), navigator.storage.estimate()])
      return { persisted, usedBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null }
    },
    close() {
      channel.close()
      database.close()
    },
  }
}

/** Web Locks: the holder writes, everybody else reads. */
function claimProject(project: string): Promise<Claimed | null> {
  return new Promise((resolve) => {
    let release = (): void => {}
    let lose = (): void => {}
    const released = new Promise<void>((done) => {
      release = done
    })
    const lost = new Promise<void>((done) => {
      lose = done
    })
    navigator.locks
      .request(`carryover:${project}`, { ifAvailable: true }, async (lock) => {
        resolve(lock ? { release, lost } : null)
        if (lock) await released
      })
      // A stolen lock rejects the request of its former holder.
      .catch(lose)
  })
}

function overtaken(): StoreProblem {
  return new StoreProblem(
    'overtaken',
    'This project was saved by another tab since it was read here. Nothing of this tab was written over it. Reload the page to go on from what is kept.',
  )
}

function readMarker(): number {
  const match = new RegExp(`(?:^|; )${marker}=(\\d+)`).exec(document.cookie)
  return Number(match?.[1] ?? 0)
}

function writeMarker(count: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the marker must be outside IndexedDB and readable at once; it holds one number
  document.cookie = `${marker}=${count}; max-age=31536000; path=/; SameSite=Strict`
}
