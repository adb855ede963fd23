/** The database of projects in this browser: its layout, the way up from earlier layouts, and its errors as sentences. */
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { type StoredProject, StoreProblem } from '../../core/project/format/store.ts'
import type { KeptSeal } from '../keys/seal.ts'
import type { SealedKey } from '../keys/signing-key.ts'

export interface StoreSchema extends DBSchema {
  /**
   * `revision` is new with every save, so that a writer sees whether somebody else has saved since; absent in projects of layout 1.
   * `serial` counts the saves, and tells which of this and the second copy is the later; absent in what earlier versions wrote.
   */
  projects: { key: string; value: StoredProject & { readonly revision?: string; readonly serial?: number } }
  /** Stretches of files; `[project, path, first byte]`. */
  segments: { key: [string, string, number]; value: Uint8Array<ArrayBuffer> }
  /** Layout 1: whole files; `[project, path]`. */
  files: { key: [string, string]; value: Uint8Array<ArrayBuffer> }
  /** Keys sealed under a passphrase, the seal of backups, and bare pairs of early versions; `[project, key id]`. */
  keys: { key: [string, string]; value: SealedKey | KeptSeal | CryptoKeyPair }
  /** Choices and drafts of this browser, by name: sealed texts, plain ones of earlier versions, and folders. */
  settings: { key: string; value: string | Uint8Array<ArrayBuffer> | FileSystemDirectoryHandle }
}

type StoreName = 'projects' | 'segments' | 'files' | 'keys' | 'settings'

const databaseName = 'carryover'
/** In layout 3 the private part and the settings may be sealed: pages of earlier versions would take them for damaged. */
const layout = 3

/** A database of an earlier layout is brought up in the transaction that opens it: wholly or not at all. */
export async function openStoreDatabase(): Promise<IDBPDatabase<StoreSchema>> {
  let failed: unknown = null
  return await trouble(() =>
    openDB<StoreSchema>(databaseName, layout, {
      upgrade(database, before, _now, transaction) {
        if (before < 2) database.createObjectStore('segments')
        if (before === 1)
          moveFiles(database, transaction).catch((error: unknown) => {
            failed = transaction.error ?? error
            // What was copied so far must not count as the whole.
            abort(transaction)
          })
        else if (before === 0) {
          database.createObjectStore('projects', { keyPath: 'id' })
          database.createObjectStore('keys')
          database.createObjectStore('settings')
        }
      },
      // A newer page wants the store: transactions under way finish, then this connection makes room.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close()
      },
    }).catch((error: unknown) => {
      throw failed ?? error
    }),
  )
}

/** Removes a database that can not be opened. */
export async function dropStoreDatabase(): Promise<void> {
  await trouble(() => deleteDB(databaseName))
}

/** From layout 1: each file becomes one segment, and is removed as it is copied. */
async function moveFiles(
  database: IDBPDatabase<StoreSchema>,
  transaction: IDBPTransaction<StoreSchema, StoreName[], 'versionchange'>,
): Promise<void> {
  const segments = transaction.objectStore('segments')
  for (let file = await transaction.objectStore('files').openCursor(); file; file = await file.continue()) {
    const [project, path] = file.key
    await segments.put(file.value, [project, path, 0])
    await file.delete()
  }
  database.deleteObjectStore('files')
}

/** Ends a transaction so that nothing of it is written. */
export function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

/** Turns the browser's errors into sentences; the earlier state stays. */
export async function trouble<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreProblem || !(error instanceof DOMException)) throw error
    throw problemOf(error)
  }
}

function problemOf(error: DOMException): StoreProblem {
  if (error.name === 'QuotaExceededError')
    return new StoreProblem(
      'full',
      'This browser has no room left for the project. Nothing was changed. Save the project to a file, erase projects you no longer need, then try again.',
      error,
    )
  // The second: a page of a later version was opened meanwhile, and this one has made room for it.
  if (error.name === 'VersionError' || error.name === 'InvalidStateError')
    return new StoreProblem(
      'newer',
      'The projects in this browser are kept by a later version of Carryover. Nothing was changed. Save what is open to a file, then reload this page or open the later version.',
      error,
    )
  return new StoreProblem(
    'unavailable',
    `This browser does not let the page keep projects (${error.name}). Work can go on, but save to a file before you close the page.`,
    error,
  )
}
