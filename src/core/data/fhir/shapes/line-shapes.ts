/**
 * Settles lines whose shape was judged by tree before: what names, brackets and kinds of values decide is decided once, and only values
 * are looked at. Whatever is unknown, odd or in doubt is left to the tree judge, which alone finds anything.
 */
import type { JsonObject, ResourceRecord } from '../../model/record.ts'
import type { JsonPlace } from '../../read/json/resources.ts'
import type { ProfileJudge } from '../profiles/profile-judge.ts'
import type { Counter, Coverage } from '../visit/coverage.ts'
import type { Place, Places } from '../visit/places.ts'
import { type MetReference, type Owner, patientReferred, Visit } from '../visit/visit.ts'
import { judgedApart } from './apart.ts'
import { LineReader } from './line-reader.ts'
import { noVerdict, ProfileVerdicts, type Verdict } from './profile-verdicts.ts'
import { type BoundRules, ShapePlan } from './shape-plan.ts'

/** Longer lines are rare, and each unlike all others. */
const longestLine = 64 << 10
/** Lines of one type, one after the other, that taught nothing; then no more are learned from. */
const mostFailed = 64

/** What the tree judge had counted before it saw a line. */
interface Lesson {
  readonly failed: number
  readonly places: ReadonlyMap<Place, number>
  readonly counters: ReadonlyMap<Counter, number>
}

/** The judge by tree, and what it counts into. */
export interface TreeWalk {
  readonly compiler: BoundRules & { readonly profiles: ProfileJudge }
  readonly coverage: Coverage
  placesOf(input: number): Places
  profilesOf(input: number): readonly string[]
  visit(record: ResourceRecord, input: number): Visit
  walk(visit: Visit): Visit
}

export class LineShapes {
  /** Lessons in vain since the last good one, by type. */
  private readonly failed = new Map<string, number>()
  private input = -1
  private reader: LineReader | null = null
  private readonly walk: TreeWalk
  private readonly plan: ShapePlan
  private readonly verdicts: ProfileVerdicts

  constructor(walk: TreeWalk) {
    this.walk = walk
    this.plan = new ShapePlan(walk.compiler)
    this.verdicts = new ProfileVerdicts(walk.compiler.profiles)
  }

  /** The visit of a line that is settled, as after its walk; null where the tree has to judge, and nothing was counted then. */
  settle(bytes: Uint8Array, place: JsonPlace, input: number): Visit | null {
    const reader = this.readerOf(input)
    if (bytes.length > longestLine || !reader.read(bytes, false) || !areReferred(reader)) return null
    const verdict = this.verdicts.find(reader)
    if (verdict === null) {
      // Whether it can be known is asked in the lesson.
      reader.isNew = true
      return null
    }
    addUp(reader)
    for (const one of verdict.counters) one.values++
    return this.visitOf(reader, bytes, place, input, verdict)
  }

  /** Judges by tree the line that was shown last, and learns from it. @param bytes the line; null where its writing is odd, so that nothing is learned */
  walked(record: ResourceRecord, bytes: Uint8Array | null, input: number): Visit {
    const lesson = bytes === null ? null : this.lesson(record.type)
    const visit = this.walk.walk(this.walk.visit(record, input))
    if (lesson !== null && bytes !== null && this.learn(bytes, visit, lesson))
      this.failed.set(record.type, Math.max(0, lesson.failed - 1))
    return visit
  }

  /** Null where the line teaches nothing, or lessons of its type are too often in vain. */
  private lesson(type: string): Lesson | null {
    const { reader } = this
    if (reader === null || !reader.isNew) return null
    const failed = this.failed.get(type) ?? 0
    if (failed >= mostFailed) return null
    this.failed.set(type, failed + 1)
    const places = new Map([...this.walk.placesOf(this.input).root(type).all()].map((place) => [place, place.count] as const))
    const counters = new Map([...this.walk.coverage.counters()].map((counter) => [counter, counter.values] as const))
    return { places, counters, failed }
  }

  /** Enters a line that was judged by tree, unless something else comes of it by its shape. */
  private learn(bytes: Uint8Array, visit: Visit, before: Lesson): boolean {
    const { reader } = this
    const type = visit.record.type
    if (reader === null || before.places.size === 0 || bytes.length > longestLine) return false
    if (visit.links.length > 0 || visit.owners.length !== 1) return false
    if (
      !reader.read(bytes, true) ||
      !areReferred(reader) ||
      !this.verdicts.canBeKnown(reader) ||
      !this.agrees(reader, visit, before, type)
    )
      return false
    for (const shape of reader.candidates) shape.isGood = true
    return true
  }

  private readerOf(input: number): LineReader {
    if (this.reader !== null && this.input === input) return this.reader
    const places = this.walk.placesOf(input)
    const isChosen = this.walk.profilesOf(input).length > 0
    this.input = input
    this.reader = new LineReader(
      // Profiles that a person chose may ask anything.
      (type, place, isContained) => (isChosen ? null : this.plan.resource(type, place, isContained)),
      (type) => places.root(type),
      (slot, value) => (slot.judge === null ? null : judgedApart(slot, value, slot.judge(), places, this.walk.coverage)),
    )
    return this.reader
  }

  private agrees(reader: LineReader, visit: Visit, before: Lesson, type: string): boolean {
    const places = new Map<Place, number>()
    const counters = new Map<Counter, number>()
    for (const one of reader.places) more(places, one)
    for (const one of reader.counters) more(counters, one)
    for (const shape of reader.shapes) for (const one of shape.places) more(places, one)
    for (const known of reader.known) {
      for (const one of known.places) more(places, one)
      for (const one of known.counters) more(counters, one)
    }
    for (const place of visit.places.root(type).all())
      if (place.count - (before.places.get(place) ?? 0) !== (places.get(place) ?? 0)) return false
    const beyond: Counter[] = []
    for (const counter of this.walk.coverage.counters()) {
      const more = counter.values - (before.counters.get(counter) ?? 0) - (counters.get(counter) ?? 0)
      if (more < 0) return false
      for (let i = 0; i < more; i++) beyond.push(counter)
    }
    const verdict = reader.profiles.length === 0 ? noVerdict : verdictOf(visit, reader.targets.count, beyond)
    if (verdict === null || (beyond.length > 0 && verdict === noVerdict)) return false
    const own = this.visitOf(reader, reader.bytes, { ...visit.record, input: visit.input }, visit.input, verdict)
    if (!isSame(own, visit)) return false
    if (reader.profiles.length > 0) this.verdicts.enter(reader, verdict)
    return true
  }

  private visitOf(reader: LineReader, { length }: Uint8Array, place: JsonPlace, input: number, { narrowed }: Verdict): Visit {
    const { id, patients, contained } = reader
    const type = reader.places.at(0).path
    const { record, line, byte } = place
    const owner: Owner = {
      type,
      id,
      fullUrl: null,
      contained: contained.length === 0 ? nothingContained : new Map(contained.map(([inner, name]) => [name, inner])),
      locals: null,
      patient: type === 'Patient' ? id : patientReferred(patients[0] ?? patients[1] ?? patients[2] ?? null),
      bundle: null,
    }
    const found = { kind: 'resource', record, line, byte, length, type, id, value: noMembers, within: null } as const
    const visit = new Visit(found, input, this.walk.placesOf(input), owner, [owner])
    for (let i = 0; i < reader.targets.count; i++) {
      const { place: at, refers: use } = reader.targetNodes.at(i)
      if (use === null) continue
      const [text, path] = [reader.targets.at(i), reader.targetPaths.at(i)]
      visit.references.push({ text, type: null, use, path, place: at, owner, narrowed: null })
    }
    for (const { of, use, by } of narrowed) {
      const { text, path, place: at } = visit.references[of] as MetReference
      visit.references.push({ text, type: null, use, path, place: at, owner, narrowed: by })
    }
    for (const { place: at, trouble, path } of reader.told) {
      visit.path.splice(0, visit.path.length, ...path)
      visit.report(at, trouble)
    }
    return visit
  }
}

/** Counts all that a settled line counts. */
function addUp({ places, counters, shapes, known }: LineReader): void {
  for (let i = 0; i < places.count; i++) places.at(i).count++
  for (let i = 0; i < counters.count; i++) counters.at(i).values++
  for (let i = 0; i < shapes.count; i++) for (const one of shapes.at(i).places) one.count++
  for (let i = 0; i < known.count; i++) {
    for (const one of known.at(i).places) one.count++
    for (const one of known.at(i).counters) one.values++
  }
}

const noMembers: JsonObject = {}
const nothingContained: ReadonlyMap<string, string> = new Map()

/** dom-3: each contained resource is referred to. */
function areReferred({ contained, targets }: LineReader): boolean {
  return contained.length === 0 || contained.every(([, id]) => [...targets].includes(`#${id}`))
}

/** What profiles added to the visit of a line with so many references of its own; null where that can not be told. */
function verdictOf({ references }: Visit, own: number, counters: readonly Counter[]): Verdict | null {
  const narrowed: Verdict['narrowed'][number][] = []
  for (const { path, use, narrowed: by } of references.slice(own)) {
    const of = references.findIndex((one) => one.path === path)
    if (by === null || of < 0 || of >= own) return null
    narrowed.push({ of, use, by })
  }
  return { counters, narrowed }
}

function more<T>(counts: Map<T, number>, one: T): void {
  counts.set(one, (counts.get(one) ?? 0) + 1)
}

function isSame(own: Visit, tree: Visit): boolean {
  const [mine, theirs] = [own.owner, tree.owners[0]]
  if (mine.type !== theirs?.type || mine.id !== theirs.id || mine.patient !== theirs.patient) return false
  if (mine.contained.size !== theirs.contained.size) return false
  for (const [id, type] of theirs.contained) if (mine.contained.get(id) !== type) return false
  return (
    JSON.stringify(own.found) === JSON.stringify(tree.found) &&
    own.references.length === tree.references.length &&
    own.references.every((one, i) => isSameReference(one, tree.references[i] as MetReference))
  )
}

function isSameReference(one: MetReference, other: MetReference): boolean {
  const same = one.text === other.text && one.path === other.path && one.place === other.place && one.use === other.use
  return same && other.type === null && one.narrowed === other.narrowed
}
