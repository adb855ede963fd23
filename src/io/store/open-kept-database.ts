/** Opens the database of projects. One that stays damaged is begun anew, but only where second copies hold all that it had. */
import type { IDBPDatabase } from 'idb'
import { StoreProblem } from '../../core/project/format/store.ts'
import { mostProjects } from './project-marker.ts'
import type { SecondCopy } from './second-copy.ts'
import { dropStoreDatabase, openStoreDatabase, type StoreSchema } from './store-database.ts'

/** Milliseconds before each further try: a browser that is just starting, or is short of memory, opens it a moment later. */
const pauses = [200, 1000, 3000]

export interface KeptDatabase {
  readonly database: IDBPDatabase<StoreSchema>
  /** What was done to open it, in sentences. */
  readonly told: readonly string[]
}

/** @throws StoreProblem where it can not be opened and may not go; it then stands as it was */
export async function openKeptDatabase(copy: SecondCopy): Promise<KeptDatabase> {
  for (const pause of pauses) {
    try {
      return { database: await openStoreDatabase(), told: [] }
    } catch (error) {
      if (!isDamage(error)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  try {
    return { database: await openStoreDatabase(), told: [] }
  } catch (error) {
    if (!(isDamage(error) && (await allCopied(copy)))) throw error
  }
  await dropStoreDatabase()
  const told = ['The database of this browser could not be opened, again and again. It was begun anew.']
  return { database: await openStoreDatabase(), told }
}

/** Browsers tell damage by this name alone. Others say that they may not now, or have no room: nothing is wrong with what is kept. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof StoreProblem &&
    error.code === 'unavailable' &&
    error.cause instanceof DOMException &&
    error.cause.name === 'UnknownError'
  )
}

async function allCopied(copy: SecondCopy): Promise<boolean> {
  const had = mostProjects()
  const { length } = await copy.projects()
  return had !== null && length > 0 && length >= had
}
