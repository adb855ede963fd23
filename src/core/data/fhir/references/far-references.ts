/** References over all inputs of a run: every one is resolved, told missing, or counted as not evaluated. */
import type { Sighting } from '../../../finding.ts'
import type { Coverage } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { ExportFact } from '../visit/run-contract.ts'
import { type MetReference, type PlacedSighting, placeIn, sightingOf, type Visit } from '../visit/visit.ts'
import type { BeyondMemory, Resolved } from './beyond-memory.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import { LateTargets } from './late-targets.ts'
import type { FarReferences } from './near-references.ts'
import { countedOnly, countedWords, critical, keyOf, placeOf } from './open-reference.ts'
import { type PendingEntry, PendingReferences } from './pending.ts'
import type { SeenResources } from './seen-resources.ts'
import { WaitingLog, type WaitingRow } from './waiting-log.ts'
import type { WaitingWords } from './waiting-words.ts'

/** A reference to a record of the run, with the place it stands at. */
export interface OpenAt {
  readonly hash: Hash64
  /** Null where the reference names none. */
  readonly type: string | null
  readonly place: Place
  readonly input: number
  readonly record: number
  readonly line: number
  readonly byte: number
  readonly path: string
  readonly patient: string | null
  readonly words: WaitingWords
}

export class ReferenceGraph implements FarReferences {
  private readonly seen: SeenResources
  private readonly pending: PendingReferences
  private readonly log: WaitingLog
  private readonly coverage: Coverage
  private lastPatient: { readonly id: string; readonly hash: Hash64 } | null = null
  private readonly placeNumbers = new Map<Place, number>()
  private readonly placeList: { readonly place: Place; readonly input: number }[] = []

  private readonly beyond: BeyondMemory | null
  /** True once memory is full and all further open references go to the file. */
  private isFull = false
  /** Targets that memory waits for and that the file holds. */
  private readonly late = new LateTargets()

  /** Types of which files are missing or short. */
  private readonly incomplete = new Set<string>()
  /** Bytes of a file were not judged, and what seems missing may lie there. */
  private isTorn = false
  /** `budget` in bytes is for references that wait for their target; more go to the file, where there is one. */
  constructor(coverage: Coverage, seen: SeenResources, budget: number, beyond: BeyondMemory | null = null) {
    this.beyond = beyond
    this.coverage = coverage
    this.seen = seen
    const isKnown = (hash: Hash64): boolean => seen.has(hash) || this.late.has(hash)
    this.pending = new PendingReferences(budget / 2, isKnown)
    this.log = new WaitingLog(budget / 2, isKnown)
  }

  /** What the manifest of the export says, beside its files. */
  tellExport(fact: ExportFact): void {
    if (fact.kind === 'deleted') this.seen.remove(fact.type, fact.id)
    else if (fact.kind === 'incomplete') this.incomplete.add(fact.type)
    else if (fact.kind === 'torn') this.isTorn = true
  }

  /** References whose target never came. `isExport` tells whether the run holds whole exports, so that absence means something. */
  *finish(isExport: boolean): Iterable<PlacedSighting> {
    const resolved = this.beyond?.isUsed === true ? this.resolveBeyond(this.beyond) : null
    for (const { first, row } of resolved?.repeated ?? []) yield* this.seen.repeated(first, row)
    for (const { first, row, count } of resolved?.repeatedMore.values() ?? [])
      for (const sighting of this.seen.repeated(first, row))
        for (let left = count; left > 0; left--) yield countedOnly(sighting, row.seen.input)
    // Occurrences told with their place, by open entry.
    const told = new Map<string, number>()
    for (const entry of this.pending.unresolved()) if (this.isJudged(entry, isExport)) told.set(keyOf(entry.hash, entry.place), 0)
    for (const row of this.log.unresolved()) {
      const at = this.placeList[row.place]
      const key = keyOf(row.hash, row.place)
      const before = told.get(key)
      if (at === undefined || before === undefined) continue
      told.set(key, before + 1)
      yield this.missing(row.hash, at.place, placeOf(row, at), row)
    }
    for (const entry of this.pending.unresolved())
      yield* this.rest(entry, told.get(keyOf(entry.hash, entry.place)) ?? 0, isExport)
    for (const { row, type } of resolved?.missing ?? []) {
      const at = this.placeList[row.place]
      if (!at) continue
      if (this.isJudged({ hash: row.hash, type }, isExport)) yield this.missing(row.hash, at.place, placeOf(row, at), row)
      else this.leaveOpen(type, 1)
    }
    for (const entry of resolved?.uncounted.values() ?? []) yield* this.rest(entry, 0, isExport)
    const dropped = this.dropped + this.pending.dropped
    if (dropped > 0) this.coverage.leaveOut('memory', '', dropped)
  }

  /** Rows that found no room anywhere: what is absent can then not be told from what was lost. */
  private get dropped(): number {
    return this.seen.dropped + (this.beyond?.dropped ?? 0)
  }

  /** Counts beyond the kept places: exact in number, with the input as place. */
  private *rest(entry: PendingEntry, told: number, isExport: boolean): Iterable<PlacedSighting> {
    const at = this.placeList[entry.place]
    if (!at) return
    if (this.isJudged(entry, isExport))
      for (let left = entry.count - told; left > 0; left--)
        yield this.missing(entry.hash, at.place, { kind: 'input', input: at.input, line: null, byte: null }, null)
    else this.leaveOpen(entry.type, entry.count)
  }

  private leaveOpen(number: number, count: number): void {
    if (this.dropped > 0) {
      this.coverage.leaveOut('memory', '', count)
      return
    }
    const type = this.seen.typeName(number)
    if (this.isTorn) this.coverage.leaveOut('notJudged', type, count)
    else this.coverage.leaveOut(this.incomplete.has(type) ? 'incompleteType' : 'openReference', type, count)
  }

  /** Everything that was written down, held against itself and against what memory holds and waits for. */
  private resolveBeyond(beyond: BeyondMemory): Resolved {
    this.late.expect(() => this.pending.unresolved())
    return beyond.resolve({
      isKnown: (hash) => this.seen.has(hash),
      isGone: (hash) => this.seen.isGone(hash),
      came: (hash) => this.late.arrive(hash),
    })
  }

  private missing(hash: Hash64, place: Place, at: Sighting['at'], row: WaitingRow | null): PlacedSighting {
    const code = this.seen.isGone(hash) ? 'data/fhir-reference-deleted' : 'data/fhir-reference-missing'
    place.sighted.set(code, place)
    const facts = row === null ? [{ name: 'place', value: countedWords }] : []
    const words = row?.words ? { value: row.words.reference } : {}
    const sighting = sightingOf({ code, facts, ...words, ...critical(place) }, place, at, null)
    return row?.patient ? { ...sighting, patientHash: row.patient } : sighting
  }

  private isJudged(entry: Pick<PendingEntry, 'hash' | 'type'>, isExport: boolean): boolean {
    if (this.isTorn) return this.seen.isGone(entry.hash)
    return entry.type === 0 || this.seen.isGone(entry.hash) || this.canTell(this.seen.typeName(entry.type), isExport)
  }

  /** Absence can be told when whole exports were read, with records of that type, and the index held them all. */
  private canTell(type: string, isExport: boolean): boolean {
    return isExport && this.dropped === 0 && this.seen.hasType(type) && !this.incomplete.has(type)
  }

  record(hash: Hash64, type: string, reference: MetReference, visit: Visit): void {
    if (!this.seen.has(hash)) this.wait(openAt(hash, type, reference, visit))
  }

  entry(hash: Hash64, reference: MetReference, visit: Visit): string | null {
    const target = this.seen.find(hash)
    if (target !== null) return this.seen.typeName(target.type)
    this.wait(openAt(hash, null, reference, visit))
    return null
  }

  elsewhere(hash: Hash64 | null, base: string): void {
    if (hash === null || !this.seen.has(hash)) this.coverage.leaveOut('externalReference', base)
  }

  /** Notes a reference whose target was not seen yet. */
  wait({ hash, type, place: at, input, record, line, byte, path, patient: person, words }: OpenAt): void {
    const number = type === null ? 0 : this.seen.typeNumber(type)
    const row = { hash, place: this.placeNumber(at, input), record, line, byte, path, patient: this.patientHash(person), words }
    if (this.beyond !== null && (this.isFull || !this.log.hasRoom(row))) this.isFull = true
    else if (this.pending.add(hash, row.place, number)) this.log.add(row)
    else if (this.beyond !== null) {
      this.pending.dropped--
      this.isFull = true
    }
    if (this.isFull) this.beyond?.addReference(number, row)
  }

  /** Records of one patient often stand together, and each has several references. */
  private patientHash(patient: string | null): Hash64 | null {
    if (patient === null) return null
    if (this.lastPatient?.id !== patient) this.lastPatient = { id: patient, hash: hash64(patient) }
    return this.lastPatient.hash
  }

  private placeNumber(place: Place, input: number): number {
    const known = this.placeNumbers.get(place)
    if (known !== undefined) return known
    const number = this.placeList.length
    this.placeList.push({ place, input })
    this.placeNumbers.set(place, number)
    return number
  }
}

function openAt(hash: Hash64, type: string | null, { owner, path, place, text }: MetReference, visit: Visit): OpenAt {
  const { line, byte } = placeIn(visit.record, path)
  const { record } = visit.record
  const words = { id: owner.id === null ? null : `${owner.type}/${owner.id}`, reference: text }
  return { hash, type, place, input: visit.input, record, line, byte, path, patient: owner.patient, words }
}
