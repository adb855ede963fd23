/**
 * `workflows/<id>/edits.jsonl`: what each person changed of a shared map, one line per change, beside the documents that show the result.
 * Lines are only added; each carries who, when and the bytes of the change. A map that was never shared has no such file.
 */
import * as v from 'valibot'
import { canonicalJson, digestOfBytes, type Json, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { decodeBase64, encodeBase64 } from '../../values/base64.ts'
import { fits, type Kept, map, object, variant } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'
import type { Workflow } from '../map/workflow.ts'
import { seedOf } from './map-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

const beginLine = object({
  kind: v.literal('begin'),
  /** Base 64: the map as it stood when it was shared. */
  update: v.string(),
  /** Digest of what the document began with that this one goes on from; absent in the first. */
  follows: v.exactOptional(v.string()),
  /** RFC 3339; absent in the first. */
  at: v.exactOptional(v.string()),
})

/** From a number that can not be counted on, the changes after it would have none. */
const changeNumber = v.pipe(v.number(), v.safeInteger('should be a whole number'), v.minValue(1, 'should be 1 or more'))

const editLine = object({
  kind: v.literal('edit'),
  device: v.string(),
  /** Changes of one device are numbered from 1; a line holds one, or several of one person and day. */
  from: changeNumber,
  to: changeNumber,
  /** Slug of the person as in the ledger; null where the documents were changed without this file. */
  by: v.nullable(v.string()),
  /** RFC 3339; where `by` is null, the moment after which it happened. */
  at: v.string(),
  /** Base 64. */
  update: v.string(),
})
export type EditLine = Kept<typeof editLine>

const versionLine = object({
  kind: v.literal('version'),
  id: v.string(),
  name: v.string(),
  by: v.string(),
  at: v.string(),
  /** How many changes of each device it holds. */
  upto: map(v.number()),
})
/** A later line with the same id renames it. */
export type VersionLine = Kept<typeof versionLine>

const logLine = variant('kind', [beginLine, editLine, versionLine])

export interface EditLog {
  readonly begin: Kept<typeof beginLine>
  /** In the order in which they were made, as far as clocks tell. */
  readonly edits: readonly EditLine[]
  readonly versions: readonly VersionLine[]
  /** Lines of a newer version of this program, kept as they are. */
  readonly unread: readonly string[]
}

/** A map is shared from here on. */
export function beginLog(workflow: Workflow): EditLog {
  return { begin: { kind: 'begin', update: encodeBase64(seedOf(workflow)) }, edits: [], versions: [], unread: [] }
}

/** Null where the file does not say what the map began with: then it joins nothing. */
export function readLog(bytes: Uint8Array): EditLog | null {
  const edits: EditLine[] = []
  const versions: VersionLine[] = []
  const unread: string[] = []
  let begin: EditLog['begin'] | null = null
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (line === '') continue
    const read = parseJson(line)
    const value = read.ok && fits(read.value, logLine) ? read.value : null
    if (value?.kind === 'edit' && value.from <= value.to) edits.push(value)
    else if (value?.kind === 'version') versions.push(value)
    else if (value?.kind === 'begin' && begin === null) begin = value
    else unread.push(line)
  }
  return begin && { begin, edits: inOrder(edits), versions: versions.sort(byTime), unread }
}

export function logBytes({ begin, edits, versions, unread }: EditLog): Bytes {
  const lines = [begin, ...edits, ...versions].map((line) => lineOf(line))
  return utf8([...lines, ...unread.map((line) => `${line}\n`)].join(''))
}

export function lineOf(line: EditLog['begin'] | EditLine | VersionLine): string {
  return `${canonicalJson(line as Json)}\n`
}

/** The bytes of all changes; text that is no base 64 holds none. */
export function updatesOf({
  begin,
  edits,
}: {
  readonly begin: Pick<EditLine, 'update'>
  readonly edits: readonly Pick<EditLine, 'update'>[]
}): readonly Uint8Array[] {
  return [begin, ...edits].flatMap(({ update }) => decodeBase64(update) ?? [])
}

/** How many changes of each device are known. */
export function countsOf(edits: readonly EditLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = Object.create(null)
  for (const { device, to } of edits) counts[device] = Math.max(counts[device] ?? 0, to)
  return counts
}

/** The next change of a device. */
export function nextEdit(log: EditLog, { device, by, at }: Pick<EditLine, 'device' | 'by' | 'at'>, update: Uint8Array): EditLine {
  const number = (countsOf(log.edits)[device] ?? 0) + 1
  return { kind: 'edit', device, from: number, to: number, by, at, update: encodeBase64(update) }
}

export function withEdit(log: EditLog, edit: EditLine): EditLog {
  return { ...log, edits: inOrder([...log.edits, edit]) }
}

export function withVersion(log: EditLog, version: VersionLine): EditLog {
  return { ...log, versions: [...log.versions, version].sort(byTime) }
}

/** Named states, the newest first, each under its last name. */
export function versionsOf({ versions }: EditLog): readonly VersionLine[] {
  const named = new Map<string, VersionLine>()
  for (const line of versions) {
    const first = named.get(line.id)
    named.set(line.id, first ? { ...first, name: line.name } : line)
  }
  return [...named.values()].reverse()
}

/** The log as it was when a version was named. */
export function logAt(log: EditLog, { upto }: Pick<VersionLine, 'upto'>): EditLog {
  return { ...log, edits: log.edits.filter(({ device, from }) => from <= (upto[device] ?? 0)) }
}

/** What both know; they have to begin alike. */
export function joinedLogs(here: EditLog, other: EditLog): EditLog {
  const lines = <T extends EditLine | VersionLine>(list: readonly T[]): T[] => [
    ...new Map(list.map((line) => [lineOf(line), line])).values(),
  ]
  const edits = lines([...here.edits, ...other.edits])
  const wide = edits.filter(({ from, to }) => to > from)
  const isHeld = (edit: EditLine): boolean =>
    wide.some((each) => each !== edit && each.device === edit.device && each.from <= edit.from && each.to >= edit.to)
  return {
    begin: here.begin,
    edits: inOrder(edits.filter((edit) => !isHeld(edit))),
    versions: lines([...here.versions, ...other.versions]).sort(byTime),
    unread: [...new Set([...here.unread, ...other.unread])].sort(compareText),
  }
}

export function beginDigest({ begin }: EditLog): string {
  return digestOfBytes(utf8(begin.update))
}

function inOrder(edits: readonly EditLine[]): readonly EditLine[] {
  return edits.toSorted((a, b) => byTime(a, b) || compareText(a.device, b.device) || a.from - b.from)
}

function byTime(a: { readonly at: string }, b: { readonly at: string }): number {
  return compareText(a.at, b.at)
}
