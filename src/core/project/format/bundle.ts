/** A project as one `.carryover` file: a zip whose bytes depend on the project alone, and a reader that trusts nothing in it. */
import { deflateSync, Inflate, type Zippable, zipSync } from 'fflate'
import { crc32 } from './crc32.ts'
import type { ProjectFiles } from './project.ts'

export type Unpacked = { readonly ok: true; readonly files: ProjectFiles } | { readonly ok: false; readonly problem: string }

const greatestRatio = 200
const mostEntries = 10_000
const mostBytes = 1 << 30
/** A project unpacks to so many bytes whatever its file is like; beyond them it may be so many times larger than its file. */
const trustedBytes = 32 << 20
const wholeRatio = 20
/** The earliest moment a zip can name, in whatever time zone: equal projects give equal bytes. */
const fixedTime = new Date(1980, 0, 1)

/** Packs everything except `private/`, which never leaves unsealed. */
export function packProject(files: ProjectFiles): Uint8Array<ArrayBuffer> {
  const open = [...files].filter(([path]) => !path.startsWith('private/')).sort(([a], [b]) => (a < b ? -1 : 1))
  const zipped = (levelOf: (bytes: Uint8Array) => 0 | 6): Uint8Array<ArrayBuffer> => {
    const entries: Zippable = Object.create(null)
    for (const [path, bytes] of open) entries[path] = [bytes, { level: levelOf(bytes), mtime: fixedTime }]
    return new Uint8Array(zipSync(entries))
  }
  // What would look like a bomb to the reader below is stored as it is.
  const packed = zipped((bytes) => (bytes.length > deflateSync(bytes).length * (greatestRatio / 2) ? 0 : 6))
  const whole = open.reduce((sum, [, bytes]) => sum + bytes.length, 0)
  return isGrown(whole, packed.length) ? zipped(() => 0) : packed
}

const isGrown = (whole: number, packed: number): boolean => whole > Math.max(trustedBytes, packed * wholeRatio)

/** Where a bundle holds its private part, sealed. */
export const sealedPath = 'private.sealed'

/** The same with the private part sealed beside it; null leaves it out. */
export function packSealed(files: ProjectFiles, sealed: Uint8Array<ArrayBuffer> | null): Uint8Array<ArrayBuffer> {
  return packProject(sealed === null ? files : new Map(files).set(sealedPath, sealed))
}

interface Entry {
  readonly path: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

class Refused extends Error {}

/** Files of a `.carryover` bundle, or the sentence that says what is wrong with it. The table of contents is judged before anything is unpacked. */
export function unpackProject(bytes: Uint8Array): Unpacked {
  try {
    const entries = readDirectory(bytes)
    const files = new Map<string, Uint8Array<ArrayBuffer>>()
    for (const entry of entries) files.set(entry.path, readEntry(bytes, entry))
    return { ok: true, files }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.message }
    throw error
  }
}

function readDirectory(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint32(0, true) !== (bytes.length > 22 ? 0x04034b50 : 0x06054b50))
    throw new Refused('This is not a .carryover file: it does not begin like a zip archive.')
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count > mostEntries) throw new Refused(`The file holds ${count} entries; a project has at most ${mostEntries}.`)
  if (start + size !== end) throw new Refused('The table of contents does not lie where the file says: it is damaged or cut.')
  const entries: Entry[] = []
  const names = new Set<string>()
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new Refused('The table of contents is damaged.')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const next = at + 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
    if (next > end) throw new Refused('The table of contents is damaged.')
    const path = decodeName(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)))
    const entry: Entry = {
      path,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    const flags = view.getUint16(at + 8, true)
    const mode = view.getUint32(at + 38, true) >>> 16
    judgeEntry(entry, flags, mode)
    if (names.has(path)) throw new Refused(`The file holds two entries named "${path}".`)
    names.add(path)
    if (!path.endsWith('/')) entries.push(entry)
    at = next
  }
  if (at !== end) throw new Refused('The table of contents is damaged: it is longer than it says.')
  judgeTogether(entries, start, bytes.length)
  return entries
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at
  throw new Refused(
    'This .carryover file is cut off: the table of contents at its end is missing. Ask for the file again, or open an earlier copy.',
  )
}

function judgeEntry(entry: Entry, flags: number, mode: number): void {
  const { path } = entry
  const segments = path.replace(/\/$/, '').split('/')
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[a-z]:/i.test(path))
    throw new Refused(`The entry "${path}" names a place outside the project.`)
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    throw new Refused(`The entry "${path}" names a place outside the project.`)
  if ((mode & 0xf000) === 0xa000) throw new Refused(`The entry "${path}" is a link to another file; a project holds none.`)
  if (flags & 1) throw new Refused(`The entry "${path}" is encrypted by the zip program; a project is not.`)
  if (entry.method !== 0 && entry.method !== 8)
    throw new Refused(`The entry "${path}" is packed in a way (${entry.method}) that is not read.`)
  if (entry.size > entry.packed * greatestRatio)
    throw new Refused(`The entry "${path}" would grow more than ${greatestRatio}-fold when unpacked; it is refused.`)
}

function judgeTogether(entries: readonly Entry[], directory: number, fileBytes: number): void {
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > mostBytes) throw new Refused(`The project would take ${total} bytes when unpacked; at most ${mostBytes} are read.`)
  if (isGrown(total, fileBytes))
    throw new Refused(`The project would grow more than ${wholeRatio}-fold when unpacked, to ${total} bytes; it is refused.`)
  let from = 0
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < from || entry.offset + 30 + entry.packed > directory)
      throw new Refused(`The entry "${entry.path}" overlaps another one: the file is damaged or made to deceive.`)
    from = entry.offset + 30 + entry.packed
  }
}

function readEntry(bytes: Uint8Array, entry: Entry): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(entry.offset, true) !== 0x04034b50)
    throw new Refused(`The entry "${entry.path}" is not where the table of contents says.`)
  const nameLength = view.getUint16(entry.offset + 26, true)
  const start = entry.offset + 30 + nameLength + view.getUint16(entry.offset + 28, true)
  const name = decodeName(bytes.subarray(entry.offset + 30, entry.offset + 30 + nameLength))
  if (name !== entry.path) throw new Refused(`The entry "${entry.path}" calls itself "${name}".`)
  if (start + entry.packed > bytes.length) throw new Refused(`The entry "${entry.path}" is cut off.`)
  const packed = bytes.subarray(start, start + entry.packed)
  const content = entry.method === 0 ? new Uint8Array(packed) : inflate(packed, entry)
  if (content.length !== entry.size)
    throw new Refused(`The entry "${entry.path}" has another length than the table of contents says.`)
  if (crc32(content) !== entry.crc) throw new Refused(`The entry "${entry.path}" is damaged: its checksum does not match.`)
  return content
}

function inflate(packed: Uint8Array, entry: Entry): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(entry.size)
  let length = 0
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > entry.size)
      throw new Refused(`The entry "${entry.path}" unpacks to more than the table of contents says.`)
    content.set(chunk, length)
    length += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += 1 << 16)
      stream.push(packed.subarray(at, at + (1 << 16)), at + (1 << 16) >= packed.length)
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(`The entry "${entry.path}" is damaged: it can not be unpacked.`)
  }
  return content.subarray(0, length)
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused('A name in the table of contents is not UTF-8.')
  }
}
