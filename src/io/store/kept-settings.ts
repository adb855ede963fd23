/** Settings and drafts of this browser: sealed in the database, and once more in the private file system. Texts of earlier versions are sealed when they are found. */
import type { IDBPDatabase } from 'idb'
import { utf8 } from '../../core/canonical.ts'
import { type BesideWork, namesBeside, readBeside, removeBeside } from './beside-browser.ts'
import type { RestKey, RestKeys } from './rest-keys.ts'
import { openAtRest, sealAtRest, sealedUnder } from './sealed-rest.ts'
import type { StoreSchema } from './store-database.ts'

type Kept = StoreSchema['settings']['value']
type Text = Exclude<Kept, FileSystemDirectoryHandle>

const folder = 'carryover-settings'

export class KeptSettings {
  private readonly database: IDBPDatabase<StoreSchema>
  private readonly keys: RestKeys
  private readonly write: (work: BesideWork) => Promise<unknown>

  constructor(database: IDBPDatabase<StoreSchema>, keys: RestKeys, write: (work: BesideWork) => Promise<unknown>) {
    this.database = database
    this.keys = keys
    this.write = write
  }

  /** Null where there is none, or where its key is gone. */
  async read(name: string): Promise<string | null> {
    const kept = await this.database.get('settings', name)
    if (kept !== undefined && isText(kept)) {
      const text = await this.textOf(name, kept)
      if (text !== null) return text
    }
    const copy = kept === undefined || isText(kept) ? await readBeside(folder, name).catch(() => null) : null
    return copy && (await this.textOf(name, copy))
  }

  /** Null takes it away. */
  keep(name: string, text: string | null): Promise<void> {
    return alone(async () => {
      if (text === null) await this.remove(name)
      else await this.put(new Map([[name, text]]), await this.keys.own('settings'))
    })
  }

  /** Takes away all whose names begin so. */
  async removeAll(prefix: string): Promise<void> {
    for (const name of await this.names()) if (name.startsWith(prefix)) await this.keep(name, null)
  }

  /** Seals what earlier versions kept as plain text. */
  async sealPlain(): Promise<void> {
    const [names, values] = await Promise.all([this.database.getAllKeys('settings'), this.database.getAll('settings')])
    for (const [index, name] of names.entries()) {
      const value = values[index]
      if (typeof value === 'string') await this.keep(name, value)
    }
  }

  /** Seals all of them under a new key and destroys the one before: what was taken away can not be read in any log. */
  renew(): Promise<void> {
    return alone(async () => {
      const texts = new Map<string, string>()
      for (const name of await this.names()) {
        const text = await this.read(name)
        if (text !== null) texts.set(name, text)
      }
      const key = await this.keys.renew('settings')
      if (key === null) return
      await this.put(texts, key)
      await this.keys.destroy('settings', key.id)
    })
  }

  /** Also those that only their second copy still has. */
  private async names(): Promise<ReadonlySet<string>> {
    return new Set([...(await this.database.getAllKeys('settings')), ...(await namesBeside(folder))])
  }

  private async put(texts: ReadonlyMap<string, string>, key: RestKey | null): Promise<void> {
    const sealed = new Map<string, Text>()
    for (const [name, text] of texts) sealed.set(name, key ? await sealAtRest(key, `setting ${name}`, utf8(text)) : text)
    const transaction = this.database.transaction('settings', 'readwrite', { durability: 'strict' })
    await Promise.all([...[...sealed].map(([name, value]) => transaction.store.put(value, name)), transaction.done])
    // The first copy has them: a browser without the second goes on.
    for (const [name, bytes] of sealed)
      if (typeof bytes !== 'string') await this.write({ kind: 'keep', folder, name, bytes: bytes.slice() }).catch(() => undefined)
  }

  private async remove(name: string): Promise<void> {
    await removeBeside(folder, name).catch(() => undefined)
    const transaction = this.database.transaction('settings', 'readwrite', { durability: 'strict' })
    await Promise.all([transaction.store.delete(name), transaction.done])
  }

  private async textOf(name: string, kept: Text): Promise<string | null> {
    if (typeof kept === 'string') return kept
    const id = sealedUnder(kept)
    const key = id === null ? null : await this.keys.find('settings', id)
    const plain = key && (await openAtRest(key, `setting ${name}`, kept))
    return plain && new TextDecoder().decode(plain)
  }
}

const isText = (kept: Kept): kept is Text => typeof kept === 'string' || kept instanceof Uint8Array

/** One tab after the other: none seals under a key that another one is about to destroy. */
async function alone(act: () => Promise<void>): Promise<void> {
  await navigator.locks.request('carryover-settings', {}, act)
}
