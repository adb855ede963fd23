/** Parts of `private/` that can be shared, by kind, and what is in each of them that others do not have yet. */
import { canonicalJson, type Json, utf8 } from '../../canonical.ts'
import { joinedMembers } from '../../values/joined-members.ts'
import { isMembers, type Members, parseJson } from '../../values/json.ts'
import { joinedTalk, talkOf } from '../../workflow/together/talk.ts'
import { paths } from '../format/documents.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type PrivateFiles = ReadonlyMap<string, Bytes>

/** Hidden defects, prepared records and originals of files are in none of them: they stay where they are. */
export const sharedKinds = {
  comments: [paths.talk],
  roster: [paths.roster],
  names: [paths.chartNumbers, paths.salt],
  texts: [paths.comments, paths.hazardTexts],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type SharedKind = keyof typeof sharedKinds
export const kindNames: readonly SharedKind[] = ['comments', 'roster', 'names', 'texts']

export const kindWords: Readonly<Record<SharedKind, string>> = {
  comments: 'Comments on maps, findings, mapping and criteria',
  roster: 'Names behind record hashes and readers',
  names: 'Record numbers of charts, and the salt of the hashes',
  texts: 'Comments of readers, texts of hazards',
}

export function isSharedKind(name: string): name is SharedKind {
  return Object.hasOwn(sharedKinds, name)
}

/** One name for every line and every value in a file: what has the same name is the same. */
function* partsOf(path: string, bytes: Bytes): Generator<string> {
  const text = new TextDecoder().decode(bytes)
  if (path === paths.talk) yield* text.split('\n').filter((line) => line !== '')
  else for (const leaf of leavesOf(path, text)) yield leafName(leaf)
}

type Leaf = readonly [way: readonly string[], value: Json]

/** The roster holds lists by name; in any other file each name has one value, which is taken whole. */
function leavesOf(path: string, text: string): readonly Leaf[] {
  const below = (members: Members, way: readonly string[]): readonly Leaf[] =>
    Object.entries(members).flatMap(([name, value]): readonly Leaf[] => {
      if (value === undefined) return []
      return path === paths.roster && way.length === 0 && isMembers(value) ? below(value, [name]) : [[[...way, name], value]]
    })
  return below(membersOf(text) ?? {}, [])
}

function leafName([way, value]: Leaf): string {
  return `${canonicalJson(way)} ${canonicalJson(value)}`
}

function membersOf(text: string): Members | null {
  const read = parseJson(text)
  return read.ok && isMembers(read.value) ? read.value : null
}

/** Of one kind: what was seen on the server. Values that differ stand beside each other, so that two sides never answer each other for ever. */
export class Seen {
  readonly #parts = new Map<string, Set<string>>()

  add(files: PrivateFiles): void {
    for (const [path, bytes] of files) {
      const known = this.#parts.get(path) ?? new Set()
      this.#parts.set(path, known)
      for (const part of partsOf(path, bytes)) known.add(part)
    }
  }

  has(path: string, part: string): boolean {
    return this.#parts.get(path)?.has(part) ?? false
  }
}

/** How many lines and values of this kind nobody sent yet. */
export function unseenCount(hidden: PrivateFiles, kind: SharedKind, seen: Seen): number {
  let count = 0
  for (const path of sharedKinds[kind]) {
    const bytes = hidden.get(path)
    if (bytes) for (const part of partsOf(path, bytes)) if (!seen.has(path, part)) count++
  }
  return count
}

/** Most characters of lines or values in one item. */
const mostInItem = 400_000

/** What nobody sent yet, as files that each go into one item. */
export function unseenParts(hidden: PrivateFiles, kind: SharedKind, seen: Seen): readonly PrivateFiles[] {
  const items: PrivateFiles[] = []
  for (const path of sharedKinds[kind]) {
    const bytes = hidden.get(path)
    if (!bytes) continue
    const text = new TextDecoder().decode(bytes)
    if (path === paths.talk) {
      const lines = text.split('\n').filter((line) => line !== '' && !seen.has(path, line))
      for (const some of inItems(lines, (line) => line.length))
        items.push(new Map([[path, utf8(some.map((line) => `${line}\n`).join(''))]]))
    } else {
      const leaves = leavesOf(path, text).filter((leaf) => !seen.has(path, leafName(leaf)))
      for (const some of inItems(leaves, (leaf) => leafName(leaf).length))
        items.push(new Map([[path, memberBytes(some.map(nested).reduce(joinedMembers, {}))]]))
    }
  }
  return items
}

function nested([way, value]: Leaf): Members {
  const [name = '', inner] = way
  return { [name]: inner === undefined ? value : { [inner]: value } }
}

function inItems<Part>(parts: readonly Part[], size: (part: Part) => number): readonly (readonly Part[])[] {
  const items: Part[][] = []
  let room = 0
  for (const part of parts) {
    room -= size(part)
    if (room < 0) {
      items.push([])
      room = mostInItem - size(part)
    }
    items.at(-1)?.push(part)
  }
  return items
}

function memberBytes(members: Members): Bytes {
  return utf8(`${JSON.stringify(members, null, 2)}\n`)
}

/** These files without comments, and acts on comments, in a name in which nobody may speak here; `others` counts what was left out. */
export function spokenBy(
  files: PrivateFiles,
  maySpeakAs: (by: string) => boolean,
): { readonly files: PrivateFiles; readonly others: number } {
  const talk = files.get(paths.talk)
  if (!talk) return { files, others: 0 }
  const { lines, others } = talkOf(talk, maySpeakAs)
  return others === 0 ? { files, others } : { files: new Map(files).set(paths.talk, utf8(lines)), others }
}

export interface JoinedPrivate {
  /** The same object where nothing was new. */
  readonly files: PrivateFiles
  /** What could not be joined, as a sentence. */
  readonly problem: string | null
}

/** What others shared, joined with what is here; a file that this kind does not name is left out. Where both say something, that of here stays. */
export function joinedShared(here: PrivateFiles, theirs: PrivateFiles, kind: SharedKind): JoinedPrivate {
  const files = new Map(here)
  let [changed, problem]: [boolean, string | null] = [false, null]
  for (const [path, bytes] of theirs) {
    if (!sharedKinds[kind].some((each) => each === path)) continue
    const mine = here.get(path)
    if (path === paths.salt && mine && saltOf(mine) !== saltOf(bytes)) {
      problem =
        'The records here are named with another salt than those that were shared, so no name of one is known to the other.'
      continue
    }
    const joined = !mine ? bytes : path === paths.talk ? joinedTalk(mine, bytes) : joinedFile(mine, bytes)
    if (mine && sameBytes(mine, joined)) continue
    files.set(path, joined)
    changed = true
  }
  return { files: changed ? files : here, problem }
}

function joinedFile(mine: Bytes, theirs: Bytes): Bytes {
  const [a, b] = [mine, theirs].map((bytes) => membersOf(new TextDecoder().decode(bytes)))
  if (!a || !b) return mine
  const joined = joinedMembers(a, b)
  return canonicalJson(joined) === canonicalJson(a) ? mine : memberBytes(joined)
}

function saltOf(bytes: Bytes): unknown {
  return membersOf(new TextDecoder().decode(bytes))?.salt
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
