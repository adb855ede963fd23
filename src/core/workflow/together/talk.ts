/**
 * Comments: a list of what was said and settled that only grows. Joining two lists is their union, so nothing conflicts. What is said may name
 * a patient: whoever keeps or sends the lines seals them.
 */
import * as v from 'valibot'
import { canonicalJson, type Json, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { fits, type Kept, object, variant } from '../../values/document.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { sides } from '../map/workflow.ts'

const onMap = { map: v.string(), side: v.picklist(sides), id: v.string() }

/** What a thread is about; it stays where that was, also when it is gone. */
export const anchorDocument = variant('kind', [
  object({ kind: v.literal('step'), ...onMap }),
  object({ kind: v.literal('flow'), ...onMap }),
  object({ kind: v.literal('lane'), ...onMap }),
  /** Fingerprint. */
  object({ kind: v.literal('finding'), id: v.string() }),
  /** Line of the field map. */
  object({ kind: v.literal('mapping'), id: v.string() }),
  /** Code. */
  object({ kind: v.literal('criterion'), id: v.string() }),
])
export type Anchor = Kept<typeof anchorDocument>

const happened = {
  /** Random. */
  id: v.string(),
  /** Id of what was said first. */
  thread: v.string(),
  /** Slug of the person, as in the ledger. */
  by: v.string(),
  /** RFC 3339. */
  at: v.string(),
}

const said = object({
  kind: v.literal('said'),
  ...happened,
  /** In what begins a thread. */
  about: v.exactOptional(anchorDocument),
  text: v.string(),
  /** Slugs. */
  mentions: v.array(v.string()),
})
/** Takes back what this person said. */
const withdrawn = object({ kind: v.literal('withdrawn'), ...happened, what: v.string() })
/** The last one counts. */
const settled = object({ kind: v.literal('settled'), ...happened, isOpen: v.boolean() })

export const talkEvent = variant('kind', [said, withdrawn, settled])
export type TalkEvent = Kept<typeof talkEvent>
export type Said = Kept<typeof said>

export interface Thread {
  readonly id: string
  readonly about: Anchor
  /** The oldest first. */
  readonly said: readonly Said[]
  /** Who resolved it and when; null while it is open. */
  readonly resolved: { readonly by: string; readonly at: string } | null
}

/** Threads in the order in which they began. One whose beginning is not here yet waits for it. */
export function threadsOf(events: readonly TalkEvent[]): readonly Thread[] {
  const byThread = new Map<string, TalkEvent[]>()
  for (const event of inOrder(events)) {
    const list = byThread.get(event.thread)
    if (list) list.push(event)
    else byThread.set(event.thread, [event])
  }
  const threads: Thread[] = []
  for (const [id, list] of byThread) {
    const first = list.find((event) => event.kind === 'said' && event.id === id)
    if (first?.kind !== 'said' || !first.about) continue
    const gone = new Set(list.flatMap((event) => (event.kind === 'withdrawn' ? [`${event.by} ${event.what}`] : [])))
    // Nobody takes back what another said.
    const kept = list.filter((event) => event.kind === 'said').filter(({ by, id: what }) => !gone.has(`${by} ${what}`))
    const last = list.findLast((event) => event.kind === 'settled')
    const resolved = last && !last.isOpen ? { by: last.by, at: last.at } : null
    if (kept.length > 0) threads.push({ id, about: first.about, said: kept, resolved })
  }
  return threads.sort((a, b) => compareText(a.said[0]?.at ?? '', b.said[0]?.at ?? '') || compareText(a.id, b.id))
}

/** Each once. An event is known by all that it says: one that has the id of another and says something else stands beside it, in place of none. */
function inOrder(events: readonly TalkEvent[]): readonly TalkEvent[] {
  return [...new Map(events.map((event) => [canonicalJson(event as Json), event])).entries()]
    .sort(([a, one], [b, other]) => compareText(one.at, other.at) || compareText(one.id, other.id) || compareText(a, b))
    .map(([, event]) => event)
}

/** One for each thing that can be spoken of. */
export function anchorKey(about: Anchor): string {
  return 'map' in about ? `${about.kind} ${about.map} ${about.side} ${about.id}` : `${about.kind} ${about.id}`
}

/** Up to when a person has read each thread: theirs alone, and joined by the later moment. */
export type ReadMarks = Readonly<Record<string, string>>

/** What others said since; one's own words are read. */
export function unreadIn({ id, said: list }: Thread, marks: ReadMarks, person: string): readonly Said[] {
  return list.filter(({ at, by }) => by !== person && at > (marks[id] ?? ''))
}

export function markedRead(marks: ReadMarks, { id, said: list }: Thread): ReadMarks {
  const last = list.at(-1)?.at ?? ''
  return last > (marks[id] ?? '') ? { ...marks, [id]: last } : marks
}

export function joinedMarks(a: ReadMarks, b: ReadMarks): ReadMarks {
  const joined: Record<string, string> = { ...a }
  for (const [id, at] of Object.entries(b)) if (at > (joined[id] ?? '')) joined[id] = at
  return joined
}

export interface Person {
  readonly slug: string
  readonly name: string
}

/** Slugs of the people whom a text names with an @; of two names that fit, the longer one. */
export function mentionsIn(text: string, people: readonly Person[]): readonly string[] {
  return [...new Set(partsOf(text, people).flatMap(({ person }) => (person === null ? [] : [person.slug])))]
}

export interface TextPart {
  readonly text: string
  readonly person: Person | null
}

/** A text cut at the names in it. A first name alone is enough where one person has it. */
export function partsOf(text: string, people: readonly Person[]): readonly TextPart[] {
  const names = people.flatMap((person) => {
    const [first = ''] = person.name.split(' ')
    const isOne = people.filter(({ name }) => name.split(' ')[0] === first).length === 1
    return [person.name, ...(isOne && first !== person.name ? [first] : [])].map((name) => ({ name, person }))
  })
  names.sort((a, b) => b.name.length - a.name.length)
  const parts: TextPart[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const isWord = at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))
    const behind = text.slice(at + 1)
    const found = isWord ? undefined : names.find(({ name }) => name !== '' && beginsWithName(behind, name))
    if (!found) continue
    if (at > from) parts.push({ text: text.slice(from, at), person: null })
    from = at + 1 + found.name.length
    parts.push({ text: text.slice(at, from), person: found.person })
  }
  if (from < text.length) parts.push({ text: text.slice(from), person: null })
  return parts
}

function beginsWithName(text: string, name: string): boolean {
  return text.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length))
}

export interface TalkFile {
  readonly events: readonly TalkEvent[]
  /** Lines of a newer version of this program, kept as they are. */
  readonly unread: readonly string[]
}

export function readTalk(bytes: Uint8Array | undefined): TalkFile {
  const events: TalkEvent[] = []
  const unread: string[] = []
  for (const line of bytes ? new TextDecoder().decode(bytes).split('\n') : []) {
    if (line === '') continue
    const read = parseJson(line)
    if (read.ok && fits(read.value, talkEvent)) events.push(read.value)
    else unread.push(line)
  }
  return { events, unread }
}

export function talkBytes({ events, unread }: TalkFile): Uint8Array<ArrayBuffer> {
  const lines = inOrder(events).map((event) => `${canonicalJson(event as Json)}\n`)
  return utf8([...lines, ...unread.map((line) => `${line}\n`)].join(''))
}

/**
 * The lines of those in whose name may be spoken, and how many others there are: what is said, settled and withdrawn, and lines of a newer
 * version of this program, which name their author as these do.
 */
export function talkOf(
  bytes: Uint8Array,
  maySpeakAs: (by: string) => boolean,
): { readonly lines: string; readonly others: number } {
  const lines = new TextDecoder().decode(bytes).split('\n')
  const whole = lines.filter((line) => line !== '')
  const kept = whole.filter((line) => {
    const read = parseJson(line)
    return read.ok && isMembers(read.value) && typeof read.value.by === 'string' && maySpeakAs(read.value.by)
  })
  return { lines: kept.map((line) => `${line}\n`).join(''), others: whole.length - kept.length }
}

/** Everything that was said on either side. */
export function joinedTalk(here: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const [a, b] = [readTalk(here), readTalk(other)]
  return talkBytes({ events: [...a.events, ...b.events], unread: [...new Set([...a.unread, ...b.unread])].sort(compareText) })
}
