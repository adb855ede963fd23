/** What `s3://` addresses stand for: objects, all objects of a folder, or those that a pattern matches. */
import type { ByteSource } from '../../core/operation.ts'
import { isAboutData } from '../files/named-inputs.ts'
import { expandBraces, isPattern, segmentExpression } from '../files/patterns.ts'
import type { ListedObject } from './s3-answers.ts'
import { objectSource } from './s3-source.ts'
import { hasDots, ObjectStore, StoreError, storeSettings } from './s3-store.ts'

export interface NamedObject {
  /** `s3://bucket/key` */
  readonly path: string
  readonly source: ByteSource
}

export function isStoreAddress(name: string): boolean {
  return name.startsWith('s3://')
}

/**
 * In the order of the names, those of one name by their keys, each once.
 * @throws StoreError where an address stands for nothing, or where the store can not be asked
 */
export async function namedObjects(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<NamedObject[]> {
  const store = await ObjectStore.open(storeSettings(env))
  const found = new Map<string, NamedObject>()
  for (const name of names) {
    const { bucket, asked } = partsOf(name)
    for (const object of await objectsOf(store, bucket, asked, signal)) {
      const path = `s3://${bucket}/${object.key}`
      if (!found.has(path)) found.set(path, { path, source: objectSource(store, bucket, object) })
    }
  }
  return [...found.values()]
}

/**
 * The one object with exactly this key, whatever characters it has; null where there is none.
 * @throws StoreError where the store can not be asked
 */
export async function exactObject(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<NamedObject | null> {
  const store = await ObjectStore.open(storeSettings(env))
  const { bucket, asked } = partsOf(name)
  const object = (await store.list(bucket, asked, signal)).find(({ key }) => key === asked)
  return object ? { path: name, source: objectSource(store, bucket, object) } : null
}

/** Bucket and key of an address. @throws StoreError where it is none */
export function partsOf(name: string): { readonly bucket: string; readonly asked: string } {
  const address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(name)
  if (!address) throw new StoreError(`${name} is no address of an object; it is written s3://bucket/folder/file.csv.`)
  const [, bucket = '', asked = ''] = address
  if (hasDots(asked))
    throw new StoreError(`${name} has a folder "." or "..", which no address of an object has. Write the path without it.`)
  return { bucket, asked }
}

async function objectsOf(store: ObjectStore, bucket: string, asked: string, signal: AbortSignal): Promise<ListedObject[]> {
  const where = `s3://${bucket}/${asked}`
  if (asked === '' || asked.endsWith('/')) {
    const below = await store.list(bucket, asked, signal)
    const files = below.filter(({ key }) => isFileIn(asked, key) && !isAboutData(key))
    if (files.length === 0) throw new StoreError(`The folder ${where} holds no data.`)
    return files
  }
  const fixed = asked.slice(0, asked.search(/[*?[\]{}]|$/))
  const listed = await store.list(bucket, fixed, signal)
  // An object is looked for as it is named first: it may be called `a[1].csv`.
  const exact = (isPattern(asked) ? await store.list(bucket, asked, signal) : listed).filter(({ key }) => key === asked)
  if (exact.length > 0) return exact
  if (!isPattern(asked)) throw new StoreError(`There is no object ${where}. Check the spelling; a folder ends with a slash.`)
  const patterns = expandBraces(asked).map((one) => one.split('/'))
  const matching = listed.filter(({ key }) => !key.endsWith('/') && patterns.some((one) => matches(key.split('/'), one)))
  if (matching.length === 0) throw new StoreError(`No object matches ${where}.`)
  return matching
}

/** True for a visible file that lies in the folder itself. */
function isFileIn(folder: string, key: string): boolean {
  const name = key.slice(folder.length)
  return name !== '' && !name.includes('/') && !name.startsWith('.')
}

function matches([name, ...names]: readonly string[], [segment, ...segments]: readonly string[]): boolean {
  if (name === undefined || segment === undefined) return name === segment
  if (segment === '**') {
    const rest = segments.length === 0 ? ['*'] : segments
    return (
      matches([name, ...names], rest) || (!name.startsWith('.') && names.length > 0 && matches(names, [segment, ...segments]))
    )
  }
  return segmentExpression(segment).test(name) && (names.length === 0 ? segments.length === 0 : matches(names, segments))
}
