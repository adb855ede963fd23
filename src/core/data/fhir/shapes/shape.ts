/** What is known of lines that were judged by tree: which names an object may have in which order, and which values are good in which place. */
import type { JsonValue } from '../../model/record.ts'
import type { TypeUse } from '../../schema/structure-definition.ts'
import type { Judge, QuickCheck } from '../elements/element-judge.ts'
import type { Counter } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { Trouble } from '../visit/visit.ts'
import type { Dependence } from './settled-names.ts'

/** How the value of an element is read. */
export const forms = {
  /** Any text without a tag. */
  text: 0,
  id: 1,
  /** A text that is asked about when it is first met, and known after that. */
  known: 2,
  day: 3,
  moment: 4,
  instant: 5,
  decimal: 6,
  whole: 7,
  positive: 8,
  truth: 9,
  /** `Type/id` or `#id`. */
  target: 10,
  /** An object whose members are looked at one by one. */
  object: 11,
  /** Any value, known byte for byte. */
  same: 12,
  /** Resources inside of this one. */
  contained: 13,
  narrative: 14,
} as const
export type Form = (typeof forms)[keyof typeof forms]

/** Primitives whose values are mostly new in each record; values of all others are known byte for byte. */
export const looseForms: Readonly<Record<string, Form>> = {
  string: forms.text,
  markdown: forms.text,
  id: forms.id,
  date: forms.day,
  dateTime: forms.moment,
  instant: forms.instant,
  decimal: forms.decimal,
  integer: forms.whole,
  unsignedInt: forms.whole,
  positiveInt: forms.positive,
  boolean: forms.truth,
}

export function isLoose(type: string): boolean {
  return type in looseForms || type === 'xhtml'
}

/** Something that is wrong with a value, to be told wherever it stands. */
export interface Told {
  readonly place: Place
  readonly trouble: Trouble
  /** Below the member that holds the value. */
  readonly path: readonly (string | number)[]
}

export interface Judged {
  readonly places: readonly Place[]
  readonly counters: readonly Counter[]
  readonly told: readonly Told[]
}

/** Bytes that were judged here. */
export interface Known extends Judged {
  readonly pattern: Pattern
  readonly hash: number
  /** False for what only the tree can judge. */
  readonly isSettled: boolean
  /** Profiles that it asks for. */
  readonly profiles: readonly string[]
  /** Another one of the same hash. */
  next: Known | null
}

/** Looked through before a hash is made. */
const mostRecent = 24

export const nothing: Judged = { places: [], counters: [], told: [] }

/** What was judged in one place. */
export class KnownValues {
  /** Those that were met last: records that follow each other are often alike. */
  private readonly recent: Known[] = []
  private turn = 0
  size = 0
  private readonly byHash = new Map<number, Known>()

  /** One of those met last; its end is found with it. */
  again(view: DataView, from: number): Known | null {
    const { recent } = this
    for (let i = 0; i < recent.length; i++) {
      const known = recent[i] as Known
      const { pattern } = known
      const { length, words } = pattern
      if (from + length > view.byteLength) continue
      // A few bytes tell nearly all of the others apart.
      if (length >= 8) {
        const middle = words.length >> 1
        if (view.getInt32(from + length - 4, true) !== words[words.length - 1]) continue
        if (view.getInt32(from + 4 * middle, true) !== words[middle] && middle < words.length - 1) continue
      }
      if (!begins(view, from, pattern)) continue
      if (i > 3) {
        recent[i] = recent[i >> 1] as Known
        recent[i >> 1] = known
      }
      return known
    }
    return null
  }

  remember(known: Known): void {
    if (this.recent.length < mostRecent) this.recent.push(known)
    else this.recent[mostRecent / 2 + (this.turn++ % (mostRecent / 2))] = known
  }

  /** Bytes decide, the hash only leads to them. */
  find(view: DataView, from: number, to: number, hash: number): Known | null {
    for (let one = this.byHash.get(hash) ?? null; one !== null; one = one.next)
      if (to - from === one.pattern.length && begins(view, from, one.pattern)) return one
    return null
  }

  /** @param judged null for what only the tree can judge */
  add(bytes: Uint8Array, hash: number, judged: Judged | null, profiles: readonly string[] = []): Known {
    const made = knownValue(bytes, hash, judged, profiles, this.byHash.get(hash) ?? null)
    this.byHash.set(hash, made)
    this.size++
    return made
  }
}

export function knownValue(
  bytes: Uint8Array,
  hash: number,
  judged: Judged | null,
  profiles: readonly string[],
  next: Known | null,
): Known {
  const { places, counters, told } = judged ?? nothing
  return { pattern: patternOf(bytes), hash, places, counters, told, isSettled: judged !== null, profiles, next }
}

/** Bytes to be compared four at a time. */
export interface Pattern {
  readonly length: number
  /** Whole words from the start, then the last four bytes. */
  readonly words: Int32Array
  /** All of it where it is shorter than a word. */
  readonly short: Uint8Array
}

export function patternOf(bytes: Uint8Array): Pattern {
  const { length } = bytes
  if (length < 4) return { length, words: noWords, short: bytes }
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  const words = new Int32Array((length + 3) >> 2)
  const last = words.length - 1
  for (let i = 0; i < last; i++) words[i] = view.getInt32(4 * i, true)
  words[last] = view.getInt32(length - 4, true)
  return { length, words, short: noBytes }
}

const noWords = new Int32Array()
const noBytes = new Uint8Array()

/** True where these bytes stand there. */
export function begins(view: DataView, from: number, { length, words, short }: Pattern): boolean {
  if (from + length > view.byteLength) return false
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (view.getInt32(from + 4 * i, true) !== words[i]) return false
  if (last >= 0) return view.getInt32(from + length - 4, true) === words[last]
  for (let i = 0; i < length; i++) if (view.getUint8(from + i) !== short[i]) return false
  return true
}

/** One element of an object. */
export interface Slot {
  readonly name: string
  /** Its name in the definition: `value` for `valueQuantity`. */
  readonly element: string
  readonly place: Place
  readonly form: Form
  readonly repeats: boolean
  readonly most: number
  /** Its value takes part in the shape: a constraint of the object depends on it. */
  readonly isPinned: boolean
  readonly check: QuickCheck | null
  readonly counter: Counter | null
  readonly known: KnownValues | null
  readonly use: TypeUse | null
  /** Bounds of a period, the id of a contained resource, the patient of a resource: where it stood is noted. */
  readonly note: number
  readonly makeNode: (() => ShapeNode) | null
  /** Of a value that is known as a whole: its tree judge. */
  readonly judge: (() => Judge) | null
  /** Profiles that a value asks for. */
  readonly profilesOf: ((value: JsonValue) => readonly string[]) | null
  /** Of the nearest resource. */
  readonly resourceType: string
  node: ShapeNode | null
  /** Types of contained resources met here. */
  readonly heads: Head[]
}

/** How a resource begins, and what is known of its type there; null for a type that is always judged by tree. */
export interface Head {
  readonly pattern: Pattern
  readonly type: string
  readonly node: ShapeNode | null
}

/** Names of an object as far as they were read. */
export class Shape {
  readonly ways: Way[] = []
  /** The object may end here: one that ended here was judged by tree and found clean, with all that it counts. */
  isGood = false
  /** False where names and pinned values do not settle all constraints. */
  readonly isSettled: boolean
  /** Elements with one value each, met on the way. */
  readonly places: readonly Place[]
  /** Names in JSON. */
  readonly names: ReadonlySet<string>
  readonly slots: readonly Slot[]

  constructor(node: ShapeNode, slots: readonly Slot[]) {
    this.slots = slots
    this.names = new Set(slots.map(({ name }) => name))
    this.places = slots.filter(({ repeats }) => !repeats).map(({ place }) => place)
    const present = new Set(slots.map(({ element }) => element))
    const loose = new Set(slots.filter(({ isPinned }) => !isPinned).map(({ element }) => element))
    this.isSettled = node.dependences.every(
      ({ settles, reads }) => settles(present) || (reads !== null && [...reads].every((name) => !loose.has(name))),
    )
  }
}

/** One more name. */
export interface Way {
  /** `"name":` */
  readonly key: Pattern
  /** Null for a name that only the tree judges. */
  readonly slot: Slot | null
  readonly to: Shape | null
  /** The same by the value of a pinned element. */
  readonly by: Map<Known, Shape> | null
}

/** An object at one place. */
export class ShapeNode {
  readonly first: Shape
  shapes = 1
  readonly dependences: readonly Dependence[]
  readonly counters: readonly Counter[]
  readonly isPeriod: boolean
  /** `Reference`: how it may be used. */
  readonly refers: TypeUse | null
  readonly place: Place
  readonly slotOf: (name: string) => Slot | null

  constructor(given: {
    readonly dependences: readonly Dependence[]
    readonly counters: readonly Counter[]
    readonly isPeriod: boolean
    readonly refers: TypeUse | null
    readonly place: Place
    readonly slotOf: (name: string) => Slot | null
  }) {
    this.dependences = given.dependences
    this.counters = given.counters
    this.isPeriod = given.isPeriod
    this.refers = given.refers
    this.place = given.place
    this.slotOf = given.slotOf
    this.first = new Shape(this, [])
  }
}

/** What is collected of one line; its room is kept for the next. */
export class Collected<T> {
  readonly items: T[] = []
  count = 0

  push(item: T): void {
    this.items[this.count++] = item
  }

  at(index: number): T {
    return this.items[index] as T
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this.count; i++) yield this.items[i] as T
  }
}
