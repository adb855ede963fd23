/**
 * Keys under which a browser keeps what is private, one for each project and one for the settings. What is deleted from a database stays in
 * its logs for long; what was sealed can be read by nobody once its key is gone. So a key lies outside of databases: in a file that is
 * overwritten before it is removed, and in a second place, for a project without its key is lost.
 */
import { errorWords } from '../../core/values/error-words.ts'
import { type BesideWork, namesBeside, readBeside, removeBeside } from './beside-browser.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface RestKey {
  /** 16 hexadecimal digits; what it sealed names it. */
  readonly id: string
  readonly key: CryptoKey
}

/** Whose key it is: a project by its id, or the settings. */
export type KeyOwner = { readonly project: string } | 'settings'

const folder = 'carryover-rest-keys'
const keyBytes = 32

const prefixOf = (owner: KeyOwner): string =>
  owner === 'settings' ? 'settings~' : `project ${encodeURIComponent(owner.project)}~`

export class RestKeys {
  private readonly write: (work: BesideWork) => Promise<unknown>
  /** By owner; a key is read or made once. */
  private readonly held = new Map<string, Promise<RestKey>>()
  private why: string | null = null

  /** @param write asks the worker that can write files in place and flush them */
  constructor(write: (work: BesideWork) => Promise<unknown>) {
    this.write = write
  }

  /** Why private parts are kept unsealed; null where they are not. */
  get missing(): string | null {
    return this.why
  }

  /** The key to seal with, made where there is none; null where this browser can keep none safely, and `missing` then says why. */
  async own(owner: KeyOwner): Promise<RestKey | null> {
    const prefix = prefixOf(owner)
    const held = this.held.get(prefix) ?? locked(prefix, () => foundOrMade(prefix, this.write))
    // Another tab may destroy the key of the settings at any time, and makes a new one.
    if (owner !== 'settings') this.held.set(prefix, held)
    return await this.orWhy(prefix, held)
  }

  /** A new key beside those of before, which `destroy` then removes. */
  renew(owner: KeyOwner): Promise<RestKey | null> {
    return this.orWhy(prefixOf(owner), makeKey(prefixOf(owner), this.write))
  }

  /** Null where that key is gone. */
  async find(owner: KeyOwner, id: string): Promise<CryptoKey | null> {
    const held = await this.held.get(prefixOf(owner))?.catch(() => null)
    if (held?.id === id) return held.key
    const bytes = await readKey(`${prefixOf(owner)}${id}`)
    return bytes && (await imported(bytes))
  }

  /** Overwrites and removes every key of an owner but `left`. */
  async destroy(owner: KeyOwner, left: string | null = null): Promise<void> {
    const prefix = prefixOf(owner)
    if (left === null) this.held.delete(prefix)
    // Nobody finds a key while it goes, and brings its other place back.
    await locked(prefix, async () => {
      for (const name of await keyNames()) if (name.startsWith(prefix) && name !== `${prefix}${left}`) await this.remove(name)
    })
  }

  /** This tab seals no more with the key of a project that another tab erases. */
  forget(owner: KeyOwner): void {
    this.held.delete(prefixOf(owner))
  }

  private async orWhy(prefix: string, wanted: Promise<RestKey>): Promise<RestKey | null> {
    try {
      const key = await wanted
      this.why = null
      return key
    } catch (error) {
      this.held.delete(prefix)
      this.why = errorWords(error)
      return null
    }
  }

  private async remove(name: string): Promise<void> {
    // In place first: what is only unlinked can stay on the disk.
    await this.write({ kind: 'efface', folder, name }).catch(() => undefined)
    await removeBeside(folder, name)
    await (await cache())?.delete(addressOf(name))
  }
}

const locked = <T>(prefix: string, act: () => Promise<T>): Promise<T> =>
  navigator.locks.request(`carryover-key ${prefix}`, {}, act)

const addressOf = (name: string): string => `/${folder}/${encodeURIComponent(name)}`

/** The second place of keys: another part of the browser, with files of its own. Null where there is none. */
async function cache(): Promise<Cache | null> {
  try {
    return await globalThis.caches.open(folder)
  } catch {
    return null
  }
}

async function keyNames(): Promise<readonly string[]> {
  const cached = (await (await cache())?.keys()) ?? []
  const inCache = cached.map(({ url }) => decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''))
  return [...new Set([...(await namesBeside(folder)), ...inCache])].sort()
}

async function readKey(name: string): Promise<Bytes | null> {
  const file = await readBeside(folder, name)
  if (file && isKey(file)) return file
  const answer = await (await cache())?.match(addressOf(name))
  const bytes = answer && new Uint8Array(await answer.arrayBuffer())
  return bytes && isKey(bytes) ? bytes : null
}

/** A key that was being overwritten when the browser ended is all zeros: none of ours. */
const isKey = (bytes: Bytes): boolean => bytes.length === keyBytes && bytes.some((byte) => byte !== 0)

async function foundOrMade(prefix: string, write: (work: BesideWork) => Promise<unknown>): Promise<RestKey> {
  for (const name of (await keyNames()).filter((each) => each.startsWith(prefix))) {
    const bytes = await readKey(name)
    if (bytes === null) continue
    await keepTwice(name, bytes, write).catch(() => undefined)
    return { id: name.slice(prefix.length), key: await imported(bytes) }
  }
  return await makeKey(prefix, write)
}

async function makeKey(prefix: string, write: (work: BesideWork) => Promise<unknown>): Promise<RestKey> {
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes))
  await keepTwice(`${prefix}${id}`, bytes, write)
  return { id, key: await imported(bytes) }
}

/** Nothing is sealed under a key before it was read back from the disk. */
async function keepTwice(name: string, bytes: Bytes, write: (work: BesideWork) => Promise<unknown>): Promise<void> {
  const same = (read: Bytes | null): boolean => read?.length === bytes.length && read.every((byte, at) => byte === bytes[at])
  if (!same(await readBeside(folder, name))) await write({ kind: 'keep', folder, name, bytes: bytes.slice() })
  if (!same(await readBeside(folder, name)))
    throw new Error('This browser has no file system of its own that keeps what is written')
  await (await cache())?.put(addressOf(name), new Response(bytes.slice())).catch(() => undefined)
}

const imported = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
