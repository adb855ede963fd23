/** An item of the stream `files`: which kept documents an act changed, by path and digest, and the ledger entries that it stands on. */
import * as v from 'valibot'
import { canonicalJson, utf8 } from '../canonical.ts'
import { fits, type Kept, map, object } from '../values/document.ts'
import { parseJson } from '../values/json.ts'

const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'should be 64 hexadecimal digits'))

const filesItem = object({
  /** Hashes of ledger entries that were sent before. */
  entries: v.array(hex),
  /** SHA-256 of the bytes of each changed file, lower-case hex; null where it was removed. */
  files: map(v.nullable(hex)),
  /** SHA-256 of each of these files as the sender knew it on the server, null for none: where another stands, the item is refused. */
  base: v.exactOptional(map(v.nullable(hex))),
  /** Chosen by chance where an act leaves no entry: the same state may come back, and equal items are stored once. */
  id: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/, 'should be 16 to 64 letters and digits'))),
})
export type FilesItem = Kept<typeof filesItem>

export function encodeFilesItem(item: FilesItem): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(item))
}

export type FilesItemReading =
  | { readonly ok: true; readonly item: FilesItem }
  | { readonly ok: false; readonly code: 'unreadable' | 'not-canonical' | 'private-path'; readonly why: string }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readFilesItem(body: Uint8Array): FilesItemReading {
  let text: string
  try {
    text = decoder.decode(body)
  } catch {
    return { ok: false, code: 'unreadable', why: 'A change of files is not UTF-8.' }
  }
  const parsed = parseJson(text)
  if (!parsed.ok || !fits(parsed.value, filesItem))
    return {
      ok: false,
      code: 'unreadable',
      why: 'A change of files names its entries and its files by digest; this one does not.',
    }
  const item = parsed.value
  if (safeText(item) !== text)
    return { ok: false, code: 'not-canonical', why: 'A change of files has to be in canonical form (RFC 8785).' }
  if (item.entries.length === 0 && item.id === undefined)
    return { ok: false, code: 'unreadable', why: 'A change of files without ledger entries needs an id of its own.' }
  for (const path of Object.keys(item.files)) {
    const why = pathFault(path)
    if (why !== null) return { ok: false, code: isPrivate(path) ? 'private-path' : 'unreadable', why }
  }
  return { ok: true, item }
}

function safeText(item: FilesItem): string | null {
  try {
    return canonicalJson(item)
  } catch {
    return null
  }
}

/** Any spelling that a disk or a person could take for the private folder. */
function isPrivate(path: string): boolean {
  return path
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\\/]/)
    .some((part) => part.trim() === 'private')
}

/** Why a file of this path is not taken in clear; null where it is. */
export function pathFault(path: string): string | null {
  if (isPrivate(path))
    return `“${path}” lies in the private part, which this server never takes in clear. Share it sealed, or leave it in the browser.`
  const parts = path.split('/')
  const fine =
    path.length <= 512 &&
    !/[\\\p{Cc}]/u.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && part.trim() === part)
  if (!fine) return `“${path}” is no path of a file in a project.`
  return path === 'ledger.jsonl' ? 'The ledger is a stream of its own and no file here.' : null
}
