/** A work folder in a bucket of an object store. The key of the run does not lie in it: each process is given it. */
import { partsOf } from '../io/s3/s3-names.ts'
import { ObjectStore, StoreError, type StoreTimes, storeSettings } from '../io/s3/s3-store.ts'
import type { WorkFolder } from './work-folder.ts'

/** Objects that are removed at once. */
const mostAtOnce = 8
const probe = 'first-counts.json'

export interface BucketFolder extends WorkFolder {
  /** Names of the folders in it. */
  folders(): Promise<string[]>
  /** @throws StoreError where the store writes over an object that is there: then the first one would not count */
  check(): Promise<void>
}

/** Asks nothing yet. @param address `s3://bucket/folder` */
export function bucketFolder(
  address: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  times?: StoreTimes,
): BucketFolder {
  const { bucket, asked: given } = partsOf(address)
  const asked = given.replace(/\/+$/, '')
  const where = `s3://${bucket}${asked === '' ? '' : `/${asked}`}`
  const base = asked === '' ? '' : `${asked}/`
  const { signal } = new AbortController()
  let opened: Promise<ObjectStore> | null = null
  const store = async (): Promise<ObjectStore> => {
    // Settings are looked at with the first request, so that whoever names a bucket by mistake is told in a sentence.
    opened ??= Promise.resolve().then(() => ObjectStore.open(storeSettings(env), times))
    return await opened
  }
  const listed = async (prefix: string) => await (await store()).list(bucket, base + prefix, signal)
  const write = async (name: string, bytes: Uint8Array): Promise<boolean> =>
    await (await store()).create(bucket, base + name, bytes, signal)
  return {
    where,
    keepsKey: false,
    read: async (name) => await (await store()).whole(bucket, base + name, signal),
    async slice(name, from, to) {
      if (from === to) return new Uint8Array(0)
      return await (await store()).read(bucket, base + name, null, from, to, signal)
    },
    write,
    list: async (prefix) => (await listed(prefix)).map(({ key }) => key.slice(base.length)).sort(),
    async newest(prefix) {
      const times = (await listed(prefix)).map(({ written }) => written)
      // A store that knows no time leaves it out, or sends the year 1: such an object may be of right now, so it is never old.
      if (!times.every((time) => time > 0)) return Number.POSITIVE_INFINITY
      return times.length === 0 ? null : times.reduce((latest, time) => Math.max(latest, time), 0)
    },
    async remove(name) {
      const objects = (await listed(name)).filter(({ key }) => name.endsWith('/') || key === base + name)
      for (let at = 0; at < objects.length; at += mostAtOnce)
        await Promise.all(objects.slice(at, at + mostAtOnce).map(async ({ key }) => (await store()).remove(bucket, key, signal)))
    },
    folders: async () => (await (await store()).folders(bucket, base, signal)).sort(),
    async check() {
      const bytes = new TextEncoder().encode('{}\n')
      if ((await write(probe, bytes)) && (await write(probe, bytes)))
        throw new StoreError(
          `The store of ${where} writes over an object that is there: it does not know If-None-Match. Name a folder of a disk, or a store that keeps the first one.`,
        )
    },
  }
}
