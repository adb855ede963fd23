/** Projects in this browser: IndexedDB, strict for decisions, one writer per project, other tabs follow. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ProjectFiles } from '../core/project/project.ts'
import { type Durability, type ProjectStore, type StoredProject, StoreProblem } from '../core/project/store.ts'
import type { KeptSeal } from './seal.ts'
import type { SealedKey } from './signing-key.ts'

interface Schema extends DBSchema {
  projects: { key: string; value: StoredProject }
  /** One record per file; `[project, path]`. */
  files: { key: [string, string]; value: Uint8Array<ArrayBuffer> }
  /** Keys sealed under a passphrase, the seal of backups, and bare pairs of early versions; `[project, key id]`. */
  keys: { key: [string, string]; value: SealedKey | KeptSeal | CryptoKeyPair }
  /** Choices of this browser, by name; no data of any project. */
  settings: { key: string; value: string | FileSystemDirectoryHandle }
}

const databaseName = 'carryover'
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

export async function openBrowserStore(): Promise<BrowserStore> {
  const database = await connect()
  const channel = new BroadcastChannel('carryover-store')

  const ids = (id: string): IDBKeyRange => IDBKeyRange.bound([id, ''], [id, '\uffff'])

  const write = async (id: string, name: string, files: ProjectFiles, durability: Durability, saved: string): Promise<void> => {
    const bytes = [...files.values()].reduce((sum, each) => sum + each.length, 0)
    await trouble(async () => {
      const transaction = database.transaction(['projects', 'files'], 'readwrite', {
        durability: durability === 'decision' ? 'strict' : 'relaxed',
      })
      const store = transaction.objectStore('files')
      const known = remembered.get(id) ?? new Map()
      // Only what changed is written: files of an unchanged document are the same array.
      const writes: Promise<unknown>[] = []
      for (const [path, content] of files) if (known.get(path) !== content) writes.push(store.put(content, [id, path]))
      const kept = known.size > 0 ? [...known.keys()] : (await store.getAllKeys(ids(id))).map(([, path]) => path)
      for (const path of kept) if (!files.has(path)) writes.push(store.delete([id, path]))
      writes.push(transaction.objectStore('projects').put({ id, name, saved, bytes }))
      // The transaction's `complete` is the acknowledgement; the success of a request is not.
      await Promise.all([...writes, transaction.done])
    })
    remembered.set(id, new Map(files))
    await mark()
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

  const remembered = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()

  return {
    list: () => trouble(async () => (await database.getAll('projects')).sort((a, b) => (a.saved < b.saved ? 1 : -1))),
    async open(id) {
      return await trouble(async () => {
        const transaction = database.transaction('files')
        const [keys, contents] = await Promise.all([transaction.store.getAllKeys(ids(id)), transaction.store.getAll(ids(id))])
        await transaction.done
        if (keys.length === 0) return null
        const files = new Map(keys.map(([, path], index) => [path, contents[index] ?? new Uint8Array()]))
        remembered.set(id, new Map(files))
        return files
      })
    },
    save,
    async erase(id) {
      await trouble(async () => {
        const transaction = database.transaction(['projects', 'files', 'keys'], 'readwrite', { durability: 'strict' })
        await Promise.all([
          transaction.objectStore('files').delete(ids(id)),
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
        remembered.delete(project)
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

async function connect(): Promise<IDBPDatabase<Schema>> {
  return await trouble(
    async () =>
      await openDB<Schema>(databaseName, 1, {
        upgrade(database) {
          database.createObjectStore('projects', { keyPath: 'id' })
          database.createObjectStore('files')
          database.createObjectStore('keys')
          database.createObjectStore('settings')
        },
        // A newer page wants the store: transactions under way finish, then this connection makes room.
        blocking: (_current, _blocked, event) => {
          if (event.target instanceof IDBDatabase) event.target.close()
        },
      }),
  )
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

/** Turns the browser's errors into sentences; the earlier state stays. */
async function trouble<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreProblem) throw error
    if (!(error instanceof DOMException)) throw error
    if (error.name === 'QuotaExceededError')
      throw new StoreProblem(
        'full',
        'This browser has no room left for the project. Nothing was changed. Save the project to a file, erase projects you no longer need, then try again.',
        error,
      )
    throw new StoreProblem(
      'unavailable',
      `This browser does not let the page keep projects (${error.name}). Work can go on, but save to a file before you close the page.`,
      error,
    )
  }
}

function readMarker(): number {
  const match = new RegExp(`(?:^|; )${marker}=(\\d+)`).exec(document.cookie)
  return Number(match?.[1] ?? 0)
}

function writeMarker(count: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the marker must be outside IndexedDB and readable at once; it holds one number
  document.cookie = `${marker}=${count}; max-age=31536000; path=/; SameSite=Strict`
}
