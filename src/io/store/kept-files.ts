/**
 * Files in segments: what is appended to a file becomes a record of its own and takes smaller neighbours in, as a log-structured merge tree
 * does. Every byte is then written at most about log₂(size) times, and a file is read from as many records.
 */
import { startsWithBytes } from '../../core/project/format/grown-bytes.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file as it is kept: its bytes and where its segments begin. */
export interface KeptFile {
  readonly bytes: Bytes
  /** First byte of each segment, ascending; 0 is the first. */
  readonly starts: readonly number[]
}

/** `[path, first byte]` of a segment. */
export type SegmentKey = readonly [string, number]

export interface SegmentWrites {
  readonly puts: readonly { readonly key: SegmentKey; readonly bytes: Bytes }[]
  /** Segments that others took in. */
  readonly gone: readonly SegmentKey[]
  /** What differs in each file, from its first byte on, and files that are no longer there. */
  readonly changed: readonly SegmentKey[]
  readonly removed: readonly string[]
  /** Files of which something that was kept is there no longer. */
  readonly lessened: readonly string[]
  readonly kept: ReadonlyMap<string, KeptFile>
}

/** What has to be written so that `files` are kept instead of `before`: of a file that grew only its end, of others all or nothing. */
export function segmentWrites(before: ReadonlyMap<string, KeptFile>, files: ProjectFiles): SegmentWrites {
  const puts: { key: SegmentKey; bytes: Bytes }[] = []
  const gone: SegmentKey[] = []
  const changed: SegmentKey[] = []
  const removed = [...before.keys()].filter((path) => !files.has(path))
  const lessened = [...removed]
  const kept = new Map<string, KeptFile>()
  for (const path of removed) gone.push(...(before.get(path)?.starts ?? []).map((start) => [path, start] as const))
  for (const [path, bytes] of files) {
    const held = before.get(path)
    const grew = held !== undefined && startsWithBytes(bytes, held.bytes)
    if (grew && bytes.length === held.bytes.length) {
      kept.set(path, { bytes, starts: held.starts })
      continue
    }
    changed.push([path, grew ? held.bytes.length : 0])
    if (held && !grew && !onlyInserts(held.bytes, bytes)) lessened.push(path)
    const starts = grew ? startsAfter(held.starts, held.bytes.length, bytes.length) : [0]
    const from = starts.at(-1) ?? 0
    // A copy: storing a view would store all of the room it looks into.
    puts.push({ key: [path, from], bytes: bytes.slice(from) })
    for (const start of held?.starts ?? []) if (!starts.includes(start)) gone.push([path, start])
    kept.set(path, { bytes, starts })
  }
  return { puts, gone, changed, removed, lessened, kept }
}

/** True where `after` is `before` with something put in at one place, as a list in JSON grows. */
export function onlyInserts(before: Bytes, after: Bytes): boolean {
  if (after.length < before.length) return false
  let head = 0
  while (head < before.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return head + tail === before.length
}

/** Starts of the segments when bytes `end` to `length` are appended: neighbours less than twice as long as the new segment go into it. */
function startsAfter(starts: readonly number[], end: number, length: number): readonly number[] {
  const left = [...starts]
  let from = end
  let until = end
  for (let last = left.at(-1); last !== undefined && until - last < 2 * (length - from); last = left.at(-1)) {
    from = last
    until = last
    left.pop()
  }
  return [...left, from]
}

/** Files of their segments in key order, and the first one that has a gap; nothing is guessed in its place. */
export function joinSegments(
  segments: Iterable<{ readonly key: SegmentKey; readonly bytes: Bytes }>,
): { readonly ok: true; readonly files: ReadonlyMap<string, KeptFile> } | { readonly ok: false; readonly path: string } {
  const parts = new Map<string, { starts: number[]; parts: Bytes[]; length: number }>()
  for (const {
    key: [path, first],
    bytes,
  } of segments) {
    const file = parts.get(path) ?? { starts: [], parts: [], length: 0 }
    if (first !== file.length) return { ok: false, path }
    file.starts.push(first)
    file.parts.push(bytes)
    file.length += bytes.length
    parts.set(path, file)
  }
  const files = new Map<string, KeptFile>()
  for (const [path, { starts, parts: list, length }] of parts) {
    const [only = new Uint8Array()] = list
    const bytes = list.length === 1 ? only : new Uint8Array(length)
    if (list.length > 1) for (const [index, part] of list.entries()) bytes.set(part, starts[index])
    files.set(path, { bytes, starts })
  }
  return { ok: true, files }
}
