/**
 * Zip archives (PKWARE APPNOTE 6.3): the directory at the end names the entries; each is unpacked as a source of its own.
 * Nothing is ever written to disk, and an archive that lies about itself gets a sentence.
 */
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import { codePage } from '../text/code-pages.ts'
import { take } from '../text/stretches.ts'
import { Damaged } from './unpacked/damaged.ts'
import { crc32, inflate } from './unpacked/inflate.ts'
import { type UnpackedSource, unpackedSource } from './unpacked/unpacked-source.ts'

export interface ZipEntry {
  /** Path inside the archive, as written there. */
  readonly name: string
  readonly packed: number
  readonly size: number
  readonly crc: number
  readonly method: number
  readonly encrypted: boolean
  readonly offset: number
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[]
}

const mostEntries = 10_000
/** Deflate can not do better than 1,032 to 1; tables pack 3 to 60 to 1. */
const trustedBytes = 8 << 20
const trustedRatio = 500

export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === head[2] + 1
}

/** The entries of an archive, folders left out; a sentence where the archive can not be trusted. */
export async function readZipDirectory(source: ByteSource, signal: AbortSignal): Promise<ZipDirectory | string> {
  const from = Math.max(0, source.size - 65_557)
  const tail = await take(source, from, source.size, signal)
  const end = endRecord(tail)
  if (end < 0) return 'The end of the archive is missing: it was cut off while it was copied. Copy it again.'
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length)
  let count = view.getUint16(end + 10, true)
  let size = view.getUint32(end + 12, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || size === 0xffffffff || at === 0xffffffff) {
    const large = await largeEnd(source, tail, end, signal)
    if (large === null) return 'The directory of the archive is damaged. Copy or pack it again.'
    ;[count, size, at] = large
  }
  if (count > mostEntries)
    return `The archive holds ${count} files, more than the ${mostEntries} that are read. Unpack it and choose the tables.`
  if (at + size > source.size) return 'The directory of the archive points beyond its end. Copy or pack it again.'
  const entries = entriesOf(await take(source, at, at + size, signal), count)
  if (entries === null) return 'The directory of the archive is damaged. Copy or pack it again.'
  const overlap = overlapping(entries)
  if (overlap)
    return `Entries of the archive share their bytes (${overlap}), as only an archive made to do harm does. It is not unpacked.`
  return { entries: entries.filter(({ name }) => !name.endsWith('/')) }
}

function endRecord(tail: Uint8Array): number {
  for (let i = tail.length - 22; i >= 0; i--)
    if (tail[i] === 0x50 && tail[i + 1] === 0x4b && tail[i + 2] === 5 && tail[i + 3] === 6) return i
  return -1
}

/** Zip64: counts and offsets of eight bytes. */
async function largeEnd(
  source: ByteSource,
  tail: Uint8Array,
  end: number,
  signal: AbortSignal,
): Promise<[number, number, number] | null> {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length)
  if (end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return null
  const at = Number(view.getBigUint64(end - 12, true))
  if (at + 56 > source.size) return null
  const record = await take(source, at, at + 56, signal)
  const large = new DataView(record.buffer, record.byteOffset, record.length)
  if (record.length < 56 || large.getUint32(0, true) !== 0x06064b50) return null
  return [32, 40, 48].map((place) => Number(large.getBigUint64(place, true))) as [number, number, number]
}

function entriesOf(bytes: Uint8Array, count: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0)
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const [size, packed, offset] = largeFields(
      extra,
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    )
    const crc = view.getUint32(at + 16, true)
    entries.push({ name, packed, size, crc, method: view.getUint16(at + 10, true), encrypted: (flags & 1) !== 0, offset })
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return entries
}

/** Names are UTF-8 where the archive says so, else code page 437; many programs write UTF-8 without saying so. */
function nameOf(bytes: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const page = utf8 ? null : codePage('cp437')
    return page ? Array.from(bytes, (byte) => page[byte]).join('') : new TextDecoder('utf-8').decode(bytes)
  }
}

/** Sizes and offset, from the Zip64 field where they do not fit into four bytes. */
function largeFields(extra: Uint8Array, size: number, packed: number, offset: number): [number, number, number] {
  const fields: [number, number, number] = [size, packed, offset]
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length)
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      let place = at + 4
      for (let i = 0; i < 3; i++)
        if (fields[i] === 0xffffffff && place + 8 <= at + 4 + length) {
          fields[i] = Number(view.getBigUint64(place, true))
          place += 8
        }
    }
    at += 4 + length
  }
  return fields
}

function overlapping(entries: readonly ZipEntry[]): string | null {
  const sorted = [...entries].filter(({ packed }) => packed > 0).sort((a, b) => a.offset - b.offset)
  for (let i = 1; i < sorted.length; i++) {
    const before = sorted[i - 1]
    const next = sorted[i]
    if (before && next && before.offset + 30 + before.packed > next.offset) return `${before.name} and ${next.name}`
  }
  return null
}

/** Why an entry is not unpacked, as a sentence; null where it can be. */
export function refusal(entry: ZipEntry): string | null {
  if (entry.encrypted) return 'It is protected by a password. Unpack it with its password and choose the file.'
  if (entry.method !== 0 && entry.method !== 8)
    return `It is packed by method ${entry.method}, which is not read. Pack it as an ordinary zip (deflate).`
  if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:/.test(entry.name))
    return 'Its name leads out of the archive, as only an archive made to do harm does.'
  if (entry.size > trustedBytes && entry.size > entry.packed * trustedRatio)
    return `It says that it unpacks to more than ${trustedRatio} times its size, which no table does.`
  return null
}

/** An entry as a source; damage is known when its end was read. */
export function zipEntrySource(archive: ByteSource, entry: ZipEntry): UnpackedSource {
  return unpackedSource(`${archive.name}/${entry.name}`, entry.size, () => unpack(archive, entry))
}

async function* unpack(archive: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const head = await headerAt(archive, entry.offset)
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  if (head.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw new Damaged('its entry is not where the directory says')
  const from = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const packed = archive.stream(from, Math.min(archive.size, from + entry.packed))
  let crc = 0
  let size = 0
  for await (const chunk of entry.method === 0 ? packed : inflate(packed)) {
    if (size + chunk.length > entry.size)
      throw new Damaged('it is longer than the directory says', [chunk.subarray(0, entry.size - size)])
    crc = crc32(chunk, crc)
    size += chunk.length
    yield chunk
  }
  if (size < entry.size) throw new Damaged('its end is missing')
  if (crc !== entry.crc) throw new Damaged('its checksum does not hold')
}

async function headerAt(archive: ByteSource, at: number): Promise<Uint8Array> {
  let head = new Uint8Array(0)
  for await (const chunk of archive.stream(at, Math.min(archive.size, at + 30))) {
    const longer = new Uint8Array(head.length + chunk.length)
    longer.set(head)
    longer.set(chunk, head.length)
    head = longer
  }
  return head
}

/** Unpacks an entry into memory, for the small parts of a workbook. */
export async function entryBytes(archive: ByteSource, entry: ZipEntry, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const chunk of unpack(archive, entry)) {
    stopIfAborted(signal)
    total += chunk.length
    if (total > limit) throw new Damaged(`${entry.name} is larger than ${limit} bytes`)
    parts.push(chunk)
  }
  const all = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
