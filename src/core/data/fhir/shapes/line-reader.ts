/** Follows one line along what is known of its type, in one pass over its bytes; in a lesson it enters what it meets for the first time. */
import type { Counter } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import { pathAt } from '../visit/visit.ts'
import {
  begins,
  Collected,
  forms,
  type Head,
  type Known,
  patternOf,
  Shape,
  type ShapeNode,
  type Slot,
  type Way,
} from './shape.ts'
import { notes } from './shape-plan.ts'
import { ascii, decoder, type JudgeApart, mostBytes, ValueReader } from './value-reader.ts'
import * as written from './written.ts'

const quote = 0x22
const comma = 0x2c
const blank = 0x20

/** Shapes of one object at one place. */
const mostShapes = 4096
const encoder = new TextEncoder()

/** What a resource met there is. */
export type Meet = (type: string, place: Place, isContained: boolean) => ShapeNode | null

export class LineReader extends ValueReader {
  /** What the line counts, if it is settled: each place and each counter as often as it counts. */
  readonly places = new Collected<Place>()
  readonly counters = new Collected<Counter>()
  readonly shapes = new Collected<Shape>()
  /** References met, in order. */
  readonly targets = new Collected<string>()
  readonly targetNodes = new Collected<ShapeNode>()
  readonly targetPaths = new Collected<string>()
  /** Contained resources: type and id. */
  readonly contained: [type: string, id: string][] = []
  id = ''
  readonly patients: (string | null)[] = [null, null, null]
  /** True where the line may be settled another time, if what is new in it is entered. */
  isNew = false
  /** Shapes that a lesson is to make good. */
  readonly candidates: Shape[] = []
  private isLesson = false
  private readonly heads: Head[] = []
  private start = -1
  private startEnd = -1
  private end = -1
  private endEnd = -1
  private target = ''
  private depth = 0
  private readonly meet: Meet
  private readonly rootPlace: (type: string) => Place

  constructor(meet: Meet, rootPlace: (type: string) => Place, judge: JudgeApart) {
    super(judge)
    this.meet = meet
    this.rootPlace = rootPlace
  }

  /** True where the line is settled. */
  read(bytes: Uint8Array, isLesson: boolean): boolean {
    this.begin(bytes)
    this.isLesson = isLesson
    this.isNew = false
    this.depth = 0
    this.places.count = 0
    this.counters.count = 0
    this.shapes.count = 0
    this.targets.count = 0
    this.targetNodes.count = 0
    this.targetPaths.count = 0
    if (this.contained.length > 0) this.contained.length = 0
    if (this.candidates.length > 0) this.candidates.length = 0
    this.id = ''
    this.patients.fill(null)
    const head = this.head(this.heads, 0, null)
    if (head?.node == null) return false
    const { node, type } = head
    const at = head.pattern.length
    if (bytes[at] !== comma) return false
    this.path.push(type)
    this.places.push(node.place)
    return this.object(node, at + 1) === bytes.length && this.id !== ''
  }

  /** `{"resourceType":"X"` */
  private head(heads: Head[], at: number, within: Slot | null): Head | null {
    for (const head of heads) if (begins(this.view, at, head.pattern)) return head
    this.isNew = true
    if (!this.isLesson || heads.length >= 256) return null
    const text = decoder.decode(this.bytes.subarray(at, at + 100))
    const [whole, type] = /^\{"resourceType": ?"([A-Z][A-Za-z]+)"/.exec(text) ?? []
    if (whole === undefined || type === undefined) return null
    const node = this.meet(type, within?.place ?? this.rootPlace(type), within !== null)
    const made = { pattern: patternOf(encoder.encode(whole)), type, node }
    heads.push(made)
    return made
  }

  /** From behind its bracket, or behind its type; -1 where the tree has to judge. */
  private object(node: ShapeNode, from: number): number {
    const { bytes } = this
    if (++this.depth > 64) return -1
    let at = from
    let shape = node.first
    for (;;) {
      if (bytes[at] === blank) at++
      const way = this.way(shape, node, at)
      if (way === null || way.slot === null) return -1
      const { slot } = way
      at += way.key.length
      if (bytes[at] === blank) at++
      at = this.member(slot, at)
      if (at < 0) return -1
      const next = way.by === null ? way.to : this.byValue(way.by, shape, slot, node)
      if (next === null) return -1
      shape = next
      const byte = bytes[at++]
      if (byte === comma) continue
      if (byte !== 0x7d) return -1
      break
    }
    this.depth--
    if (!shape.isGood) {
      this.isNew = shape.isSettled
      if (!this.isLesson || !shape.isSettled) return -1
      this.candidates.push(shape)
    }
    if (node.isPeriod && !this.isPeriodInOrder(shape)) return -1
    this.shapes.push(shape)
    this.keys.push(shape)
    for (const counter of node.counters) this.counters.push(counter)
    if (node.refers !== null) {
      this.targets.push(this.target)
      this.targetNodes.push(node)
      this.targetPaths.push(pathAt(node.place, this.path))
    }
    return at
  }

  /** The names in one order lead from shape to shape; the one that was taken last is tried first. */
  private way(shape: Shape, node: ShapeNode, at: number): Way | null {
    const { bytes, view } = this
    const { ways } = shape
    for (let i = 0; i < ways.length; i++) {
      const way = ways[i] as Way
      if (!begins(view, at, way.key)) continue
      if (i > 0) {
        ways[i] = ways[i - 1] as Way
        ways[i - 1] = way
      }
      return way
    }
    this.isNew = true
    if (!this.isLesson || bytes[at] !== quote || ways.length >= 256) return null
    const close = bytes.indexOf(quote, at + 1)
    if (close < 0 || close - at > 100 || bytes[close + 1] !== 0x3a) return null
    const written = bytes.slice(at, close + 2)
    const name = decoder.decode(written.subarray(1, -2))
    const key = patternOf(written)
    if (/[^A-Za-z]/.test(name) || shape.names.has(name)) return null
    const slot = node.slotOf(name)
    const made: Way =
      slot === null
        ? { key, slot, to: null, by: null }
        : slot.isPinned
          ? { key, slot, to: null, by: new Map() }
          : { key, slot, to: this.shapeBehind(shape, slot, node), by: null }
    if (slot !== null && !slot.isPinned && made.to === null) return null
    ways.push(made)
    return made
  }

  private byValue(by: Map<Known, Shape>, shape: Shape, slot: Slot, node: ShapeNode): Shape | null {
    const { value } = this
    if (value === null) return null
    const known = by.get(value)
    if (known !== undefined) return known
    this.isNew = true
    if (!this.isLesson) return null
    const made = this.shapeBehind(shape, slot, node)
    if (made === null) return null
    by.set(value, made)
    return made
  }

  private shapeBehind(shape: Shape, slot: Slot, node: ShapeNode): Shape | null {
    this.held += 400
    if (node.shapes >= mostShapes || this.held > mostBytes) return null
    node.shapes++
    return new Shape(node, [...shape.slots, slot])
  }

  private member(slot: Slot, from: number): number {
    if (slot.form === forms.same) return this.same(slot, from)
    if (!slot.repeats) return this.one(slot, from, -1)
    const { bytes } = this
    if (bytes[from] !== 0x5b) return -1
    let at = from + 1
    for (let index = 0; ; index++) {
      if (bytes[at] === blank) at++
      if (index >= slot.most) return -1
      at = this.one(slot, at, index)
      if (at < 0) return -1
      this.places.push(slot.place)
      const byte = bytes[at++]
      if (byte === 0x5d) {
        this.keys.push(index)
        return at
      }
      if (byte !== comma) return -1
    }
  }

  /** One value, never the list around it. */
  private one(slot: Slot, from: number, index: number): number {
    const at = this.valueEnd(slot, from, index)
    if (at < 0) return -1
    if (slot.counter !== null) this.counters.push(slot.counter)
    if (slot.note !== notes.none) this.note(slot.note, from, at)
    return at
  }

  private valueEnd(slot: Slot, from: number, index: number): number {
    const { bytes } = this
    switch (slot.form) {
      case forms.text: {
        const at = written.textEnd(bytes, from)
        return at >= 0 ? at : this.spelled(slot, from)
      }
      case forms.narrative:
        return this.spelled(slot, from)
      case forms.known:
        return this.knownText(slot, from)
      case forms.decimal:
        return written.decimalEnd(bytes, from)
      case forms.moment: {
        const at = written.momentEnd(bytes, from)
        if (at >= 0) return at
        const day = written.dayEnd(bytes, from)
        return day >= 0 ? day : this.knownText(slot, from)
      }
      case forms.instant:
        return written.momentEnd(bytes, from)
      case forms.day: {
        const day = written.dayEnd(bytes, from)
        return day >= 0 ? day : this.knownText(slot, from)
      }
      case forms.whole:
        return written.wholeEnd(bytes, from, false)
      case forms.positive:
        return written.wholeEnd(bytes, from, true)
      case forms.truth:
        return written.truthEnd(bytes, from)
      case forms.id:
        return written.idEnd(bytes, from)
      case forms.target: {
        const at = written.targetEnd(bytes, from)
        if (at >= 0) this.target = this.targetText(from + 1, at - 1)
        return at
      }
      case forms.object:
        return this.inside(slot, from, index)
      case forms.contained:
        return this.containedOne(slot, from, index)
      default:
        return -1
    }
  }

  private inside(slot: Slot, from: number, index: number): number {
    if (this.bytes[from] !== 0x7b) return -1
    slot.node ??= slot.makeNode?.() ?? null
    const { node, path } = { node: slot.node, path: this.path }
    if (node === null) return -1
    path.push(slot.name)
    if (index >= 0) path.push(index)
    const { start, end, target } = this
    if (node.isPeriod) {
      this.start = -1
      this.end = -1
    }
    this.target = ''
    const at = this.object(node, from + 1)
    if (slot.note >= notes.patient) this.patients[slot.note - notes.patient] = this.target
    this.target = target
    this.start = start
    this.end = end
    path.pop()
    if (index >= 0) path.pop()
    return at
  }

  private containedOne(slot: Slot, from: number, index: number): number {
    const head = this.head(slot.heads, from, slot)
    if (head?.node == null) return -1
    const at = from + head.pattern.length
    if (this.bytes[at] !== comma) return -1
    const { id } = this
    this.path.push(slot.name, index)
    this.id = ''
    const { length } = this.naming
    const end = this.object(head.node, at + 1)
    // A profile of a contained resource is left to the tree.
    if (this.naming.length > length) return -1
    // Without an id nobody can refer to it.
    if (this.id === '') return -1
    this.contained.push([head.type, this.id])
    this.id = id
    this.path.pop()
    this.path.pop()
    return end
  }

  private note(note: number, from: number, to: number): void {
    if (note === notes.start) {
      this.start = from
      this.startEnd = to
    } else if (note === notes.end) {
      this.end = from
      this.endEnd = to
    } else if (note === notes.id) this.id = ascii(this.bytes, from + 1, to - 1)
  }

  private isPeriodInOrder({ names }: Shape): boolean {
    if (!names.has('start') || !names.has('end')) return true
    const { start, startEnd, end, endEnd } = this
    const isExact = (length: number): boolean => length === 12 || length > 20
    if (!isExact(startEnd - start) || !isExact(endEnd - end)) return false
    return written.areInOrder(this.bytes, start, startEnd, end, endEnd)
  }
}
