/** Files of a project's sources at a place of their own: `<place>/<side>/<name>`, in a folder or in a store of objects. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Side } from '../../core/data/model/source.ts'
import { compareText } from '../../core/finding.ts'
import type { ByteSource } from '../../core/operation.ts'
import { pathSource } from '../files/files-node.ts'
import { exactObject, isStoreAddress, namedObjects } from './s3-names.ts'
import { StoreError } from './s3-store.ts'

export interface PlacedSource {
  readonly source: ByteSource
  /** Path or address. */
  readonly path: string
}

/** Null where there is no such file. A name that leads out of the place stands for nothing: names come from whoever may change the project. */
export async function placedSource(place: string, side: Side, name: string): Promise<PlacedSource | null> {
  if (!staysInside(name)) return null
  if (!isStoreAddress(place)) {
    const path = join(place, side, name)
    const source = await pathSource(path).catch(() => null)
    return source && { source, path }
  }
  return await exactObject(placeWithin(place, side, name), process.env, new AbortController().signal)
}

/** Names and sizes of the files of a side, without those whose names begin with a dot; none where there is no such folder. */
export async function placedFiles(
  place: string,
  side: Side,
): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
  if (isStoreAddress(place)) {
    const objects = await namedObjects([`${placeWithin(place, side)}/`], process.env, new AbortController().signal).catch(nothing)
    return objects.map(({ path, source }) => ({ name: basename(path), bytes: source.size }))
  }
  const entries = await readdir(join(place, side), { withFileTypes: true }).catch(() => [])
  const files = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .toSorted((a, b) => compareText(a.name, b.name))
  const sized = files.map(async ({ name }) => ({
    name,
    bytes: (await stat(join(place, side, name)).catch(() => null))?.size ?? null,
  }))
  return (await Promise.all(sized)).flatMap(({ name, bytes }) => (bytes === null ? [] : [{ name, bytes }]))
}

/** A store that can not be asked is no file that is missing. */
function nothing(error: unknown): [] {
  if (error instanceof StoreError && /^The folder .* holds no data/s.test(error.message)) return []
  throw error
}

/** A place below this one, in a folder or in a store. */
export function placeWithin(place: string, ...parts: readonly string[]): string {
  return isStoreAddress(place) ? [place.replace(/\/+$/, ''), ...parts].join('/') : join(place, ...parts)
}

function staysInside(name: string): boolean {
  return !/[\\\p{Cc}]/u.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
