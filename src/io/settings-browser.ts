/** Settings of this browser: who works here, device name, looks. Never in localStorage, never data of patients. */
import { openDB } from 'idb'

const databaseName = 'carryover-settings'

export interface KeptSettings {
  readonly device: string
  readonly theme: 'system' | 'light' | 'dark'
  readonly lens: 'everyone' | 'analyst' | 'data' | 'clinician'
  readonly person: { readonly name: string; readonly role: string } | null
}

async function database() {
  return openDB(databaseName, 1, { upgrade: (db) => void db.createObjectStore('settings') })
}

export async function readSettings(): Promise<Partial<KeptSettings>> {
  const db = await database()
  const value: unknown = await db.get('settings', 'all')
  db.close()
  return typeof value === 'object' && value !== null ? value : {}
}

export async function writeSettings(settings: KeptSettings): Promise<void> {
  const db = await database()
  const transaction = db.transaction('settings', 'readwrite', { durability: 'strict' })
  await Promise.all([transaction.store.put(settings, 'all'), transaction.done])
  db.close()
}
