/**
 * A second copy of a project as an append-only journal: a snapshot, then what every save changed. Each entry carries a digest of itself and
 * of the entry before it, so what is read is always the saves up to one of them, whole: a torn or altered entry and all after it are left out.
 *
 * An entry is `COJ1`, the length of its payload (4 bytes, little endian), SHA-256 (32 bytes) over the entry with the digest of the entry before
 * in this place (zeros before a snapshot), then the payload: the length of its head (4 bytes, little endian), the head as JSON, and the bytes
 * that the head names.
 */
import { type Json, utf8 } from '../../canonical.ts'
import { sha256 } from '../../sha256.ts'
import { isMembers, type Members, parseJson } from '../../values/json.ts'
import { grownBytes } from './grown-bytes.ts'
import type { ProjectFiles } from './project.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The file at `path` is from byte `first` on `bytes`; what is before `first` stays. */
export interface FileChange {
  readonly path: string
  readonly first: number
  readonly bytes: Bytes
}

/** Which state of a project a save made. */
export interface SaveMark {
  /** One more with every save of the project. */
  readonly serial: number
  readonly revision: string
  readonly name: string
  /** RFC 3339. */
  readonly saved: string
}

export interface JournalSave extends SaveMark {
  readonly changes: readonly FileChange[]
  readonly removed: readonly string[]
}

export interface Journal extends SaveMark {
  readonly files: ProjectFiles
  /** Bytes of whole entries; what stands behind them is no save. */
  readonly goodBytes: number
  /** Digest of the last of them, which the next entry names. */
  readonly digest: Bytes
}

const magic = 0x314a4f43
const digestAt = 8
const payloadAt = digestAt + 32
/** A journal may be this much longer than twice what it holds before it is begun anew. */
const slack = 4 << 20

/** @param before digest of the entry before; null begins a journal, and `save` then holds all files from their first byte */
export function journalEntry(save: JournalSave, before: Bytes | null): { readonly entry: Bytes; readonly digest: Bytes } {
  const { changes, ...mark } = save
  const listed = changes.map(({ path, first, bytes }) => ({ path, first, length: bytes.length }))
  const head = utf8(JSON.stringify({ ...mark, changes: listed }))
  const length = 4 + head.length + changes.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const entry = new Uint8Array(payloadAt + length)
  const view = new DataView(entry.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, length, true)
  if (before) entry.set(before, digestAt)
  view.setUint32(payloadAt, head.length, true)
  entry.set(head, payloadAt + 4)
  let at = payloadAt + 4 + head.length
  for (const { bytes } of changes) {
    entry.set(bytes, at)
    at += bytes.length
  }
  const digest = sha256(entry)
  entry.set(digest, digestAt)
  return { entry, digest }
}

/** The state after the last save that is whole, as views into `bytes` where it can be; null where not even the snapshot is. */
export function readJournal(bytes: Bytes): Journal | null {
  const files = new Map<string, Bytes>()
  let last: Omit<Journal, 'files'> | null = null
  for (;;) {
    const at: number = last?.goodBytes ?? 0
    const digest: Bytes = last?.digest ?? new Uint8Array(32)
    const found = wholeEntry(bytes, at, digest)
    const save = found && saveOf(found.payload)
    if (!save || (last && save.serial <= last.serial) || !applied(files, save)) break
    const { serial, revision, name, saved } = save
    last = { serial, revision, name, saved, digest: found.digest, goodBytes: found.end }
  }
  return last && { ...last, files }
}

function wholeEntry(bytes: Bytes, at: number, before: Bytes): { payload: Bytes; digest: Bytes; end: number } | null {
  if (at + payloadAt > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const end = at + payloadAt + view.getUint32(4, true)
  if (view.getUint32(0, true) !== magic || end > bytes.length) return null
  // Digested in place: a copy of a long journal would take its room again.
  const entry = bytes.subarray(at, end)
  const digest = entry.slice(digestAt, payloadAt)
  entry.set(before, digestAt)
  const own = sha256(entry)
  entry.set(digest, digestAt)
  return digest.every((byte, index) => byte === own[index]) ? { payload: entry.subarray(payloadAt), digest, end } : null
}

function saveOf(payload: Bytes): JournalSave | null {
  if (payload.length < 4) return null
  const headEnd = 4 + new DataView(payload.buffer, payload.byteOffset).getUint32(0, true)
  const read = parseJson(new TextDecoder().decode(payload.subarray(4, headEnd)))
  if (!read.ok || !isMembers(read.value)) return null
  const { serial, revision, name, saved, changes, removed } = read.value
  if (!isCount(serial) || typeof revision !== 'string' || typeof name !== 'string' || typeof saved !== 'string') return null
  if (!Array.isArray(changes) || !Array.isArray(removed)) return null
  const cut = changesOf(changes, payload, headEnd)
  return cut && { serial, revision, name, saved, changes: cut, removed: removed.map(String) }
}

function changesOf(listed: readonly Json[], payload: Bytes, from: number): readonly FileChange[] | null {
  const changes: FileChange[] = []
  let at = from
  for (const each of listed) {
    const { path, first, length }: Members = isMembers(each) ? each : {}
    if (typeof path !== 'string' || !isCount(first) || !isCount(length) || at + length > payload.length) return null
    changes.push({ path, first, bytes: payload.subarray(at, at + length) })
    at += length
  }
  return at === payload.length ? changes : null
}

/** False, and nothing is changed, where a change goes on behind the end of its file. */
function applied(files: Map<string, Bytes>, { changes, removed }: JournalSave): boolean {
  if (changes.some(({ path, first }) => first > (files.get(path)?.length ?? 0))) return false
  for (const path of removed) files.delete(path)
  for (const { path, first, bytes } of changes) {
    const held = files.get(path)
    files.set(path, held && first > 0 ? grownBytes(held.subarray(0, first), bytes) : bytes)
  }
  return true
}

function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Whether a journal of so many bytes is begun anew with a snapshot of the bytes it holds. The one before goes only when that is on disk. */
export function wantsSnapshot(journalBytes: number, heldBytes: number): boolean {
  return journalBytes > 2 * heldBytes + slack
}

/** What the first copy says of its last save; earlier versions wrote no serial, and the first of them no revision. */
export type FirstCopy = Omit<SaveMark, 'serial' | 'revision' | 'name'> & Partial<Pick<SaveMark, 'serial' | 'revision'>>

/**
 * How a journal stands to the first copy: `same`; `ahead` where that one lacks saves; `behind` where it has others, which then count, because
 * a save is acknowledged by the first copy.
 */
export function journalStands(first: FirstCopy | null, journal: SaveMark): 'same' | 'ahead' | 'behind' {
  if (first === null) return 'ahead'
  if (first.revision === journal.revision) return 'same'
  // Clocks of different zones are compared as instants; one that says nothing makes no save an older one.
  const older = first.serial === undefined ? Date.parse(first.saved) < Date.parse(journal.saved) : first.serial < journal.serial
  return older ? 'ahead' : 'behind'
}
