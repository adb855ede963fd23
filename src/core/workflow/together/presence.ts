/**
 * Who is at a map right now and what they point at, as a value that is told and never kept. It has no member that could say which record
 * somebody reads: what is not listed here is left out on both ends.
 */
import * as v from 'valibot'
import { utf8 } from '../../canonical.ts'
import { type Kept, keptIn } from '../../values/document.ts'
import { sides } from '../map/workflow.ts'

/** Names of tokens; a colour always stands beside a name. */
export const presenceColours = ['violet', 'blue', 'rust'] as const
export type PresenceColour = (typeof presenceColours)[number]

const place = v.strictObject({ side: v.picklist(sides), x: v.number(), y: v.number() })
const ids = v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(500))

const presenceDocument = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(80)),
  colour: v.picklist(presenceColours),
  /** Id of the workflow. */
  map: v.pipe(v.string(), v.maxLength(200)),
  /** On the canvas, in the pixels of the map. */
  pointer: v.nullable(place),
  /** Ids of steps, flows and lanes. */
  selection: ids,
  /** Steps that are being moved, and by how much so far; its end is one change of the map. */
  drag: v.nullable(v.strictObject({ side: v.picklist(sides), ids, dx: v.number(), dy: v.number() })),
  /** The step whose name is being typed. */
  types: v.nullable(v.pipe(v.string(), v.maxLength(200))),
})
export type Presence = Kept<typeof presenceDocument>

export function presenceBytes({ name, colour, map, pointer, selection, drag, types }: Presence): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify({ name, colour, map, pointer, selection, drag, types }))
}

/** Null for anything else, one member too many among it. */
export function readPresence(bytes: Uint8Array): Presence | null {
  return keptIn(bytes, presenceDocument)
}

/** A colour for a person: their own on every screen, where nobody who came before has it. */
export function colourFor(person: string, taken: readonly PresenceColour[]): PresenceColour {
  let sum = 0
  for (const sign of person) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0
  const order = presenceColours.map((_, index) => presenceColours[(sum + index) % presenceColours.length] ?? 'violet')
  const rarest = Math.min(...order.map((colour) => count(colour, taken)))
  return order.find((colour) => count(colour, taken) === rarest) ?? 'violet'
}

function count(colour: PresenceColour, taken: readonly PresenceColour[]): number {
  return taken.filter((each) => each === colour).length
}

/** Shortest time between two tellings in milliseconds: 20 per second. */
const pace = 50

export interface Pace {
  /** Milliseconds of any clock. */
  readonly told: number
  /** What was not told yet; the last one counts. */
  readonly waiting: Presence | null
}

export const notTold: Pace = { told: Number.NEGATIVE_INFINITY, waiting: null }

/** What to tell now, and when to ask again for what waits; ask with null then. */
export function paced(
  before: Pace,
  next: Presence | null,
  now: number,
): { readonly pace: Pace; readonly tell: Presence | null; readonly askAt: number | null } {
  const value = next ?? before.waiting
  if (value === null) return { pace: before, tell: null, askAt: null }
  const due = before.told + pace
  if (now < due) return { pace: { ...before, waiting: value }, tell: null, askAt: due }
  return { pace: { told: now, waiting: null }, tell: value, askAt: null }
}

/** Somebody who says nothing for so long has gone, in milliseconds; who stays says so twice in this time. */
const silence = 30_000

export interface Present {
  /** Names the connection. */
  readonly from: string
  readonly presence: Presence
  readonly heard: number
}

/** @param presence null where they said that they leave */
export function heard(list: readonly Present[], from: string, presence: Presence | null, now: number): readonly Present[] {
  const others = stillHere(list, now).filter((each) => each.from !== from)
  return presence === null ? others : [...others, { from, presence, heard: now }].sort((a, b) => (a.from < b.from ? -1 : 1))
}

export function stillHere(list: readonly Present[], now: number): readonly Present[] {
  const here = list.filter((each) => now - each.heard < silence)
  return here.length === list.length ? list : here
}
