/** The resources a run has read, by type and id and by Bundle address: tells which come twice, and what references can find. */
import { isMembers } from '../../../values/json.ts'
import type { ResourceRecord } from '../../model/record.ts'
import type { Place } from '../visit/places.ts'
import { type PlacedSighting, sightingOf, type Trouble, type Visit } from '../visit/visit.ts'
import { type BeyondMemory, type IdRow, isRepeat } from './beyond-memory.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import { ReferenceIndex, type Seen } from './reference-index.ts'

/** A resource with its place; `length` is 0 where it is no record of its own. */
export interface ResourceAt {
  readonly input: number
  readonly record: number
  readonly line: number
  readonly byte: number
  readonly length: number
  readonly place: Place
  readonly type: string
  readonly id: string | null
  readonly patient: string | null
  readonly isEntry: boolean
}

export class SeenResources {
  private readonly index: ReferenceIndex
  private readonly numbers = new Map<string, number>()
  private readonly names: string[] = ['']
  private readonly read = new Set<string>()
  /** Listed as deleted by a manifest; a record of the export that is in here is no target for references. */
  private readonly gone: ReferenceIndex

  private readonly placeNumbers = new Map<Place, number>()
  private readonly placeList: Place[] = []
  /** True once memory is full and all that is new goes to the file. */
  private isFull = false
  private readonly beyond: BeyondMemory | null

  /** `budget` in bytes; resources beyond it go to the file, without one they are counted in `dropped`. */
  constructor(budget: number, beyond: BeyondMemory | null = null) {
    this.beyond = beyond
    this.index = new ReferenceIndex((budget * 7) / 8)
    this.gone = new ReferenceIndex(budget / 8)
  }

  get dropped(): number {
    return this.index.dropped + this.gone.dropped
  }

  /** From now on the record counts as deleted. */
  remove(type: string, id: string): void {
    this.gone.add(hash64(`${type}/${id}`), { input: 0, line: 0, length: 0, type: this.typeNumber(type) })
  }

  isGone(hash: Hash64): boolean {
    return this.gone.entries > 0 && this.gone.has(hash)
  }

  find(hash: Hash64): Seen | null {
    return this.index.find(hash)
  }

  has(hash: Hash64): boolean {
    return this.index.has(hash)
  }

  /** True where at least one resource of the type was read. */
  hasType(type: string): boolean {
    return this.read.has(type)
  }

  typeName(number: number): string {
    return this.names[number] ?? ''
  }

  /** Types of R4 only are ever numbered, so that the list stays short. */
  typeNumber(type: string): number {
    const known = this.numbers.get(type)
    if (known !== undefined) return known
    const number = this.names.length
    this.names.push(type)
    this.numbers.set(type, number)
    return number
  }

  /** Enters the resources of a walked record; those that come twice go to `visit.found`. */
  enter(visit: Visit): void {
    const { record, input, found } = visit
    for (const owner of visit.owners) {
      const { type, id, patient, fullUrl, bundle } = owner
      const isEntry = record.within !== null
      const place = visit.places.root(type)
      const length = bundle === null ? record.length : 0
      const at = { input, record: record.record, line: record.line, byte: record.byte, length, place, type, id, patient, isEntry }
      this.read.add(type)
      if (bundle === null && fullUrl !== null) this.enterAddress(fullUrl, at, record, found)
      if (id === null || bundle?.isHistory === true) continue
      // Entries of a Bundle are told apart by their address; Parameters may pass the same resource twice.
      const isToldApart = fullUrl !== null || record.type === 'Parameters'
      this.enterId(hash64(`${type}/${id}`), id, at, isToldApart, found)
    }
  }

  /** Enters the resource of a line, which was walked by another thread. */
  enterLine(hash: Hash64, at: ResourceAt, found: PlacedSighting[]): void {
    this.read.add(at.type)
    if (at.id !== null) this.enterId(hash, at.id, at, false, found)
  }

  private enterId(hash: Hash64, id: string, at: ResourceAt, isToldApart: boolean, found: PlacedSighting[]): void {
    if (this.isGone(hash)) found.push(deleted(at))
    else
      this.enterOne(hash, this.seenAt(at), found, () => ({
        ...this.rowOf('id', at),
        text: id,
        path: `${at.type}.id`,
        isToldApart,
      }))
  }

  /** bdl-7 for entries that are read one by one. */
  private enterAddress(fullUrl: string, at: ResourceAt, { value, within }: ResourceRecord, found: PlacedSighting[]): void {
    const version = isMembers(value.meta) ? value.meta.versionId : undefined
    this.enterOne(hash64(entryKey(at.input, fullUrl)), this.seenAt(at), found, () => ({
      ...this.rowOf('address', at),
      text: fullUrl,
      path: (within ?? '').replace(/resource$/, 'fullUrl'),
      isToldApart: version !== undefined,
    }))
  }

  /** Into memory as long as there is room, then to the file; what is there already is told. */
  private enterOne(hash: Hash64, seen: Seen, found: PlacedSighting[], row: () => IdRow): void {
    if (this.beyond === null || !this.isFull) {
      const dropped = this.index.dropped
      const first = this.index.add(hash, seen)
      if (first !== null) found.push(...this.repeated(first, row()))
      if (this.beyond === null || this.index.dropped === dropped) return
      this.index.dropped = dropped
      this.isFull = true
    }
    const first = this.index.find(hash)
    if (first !== null) found.push(...this.repeated(first, row()))
    else this.beyond.addId(hash, row())
  }

  private seenAt({ input, line, length, type }: ResourceAt): Seen {
    return { input, line, length, type: this.typeNumber(type) }
  }

  private rowOf(kind: IdRow['kind'], at: ResourceAt): Omit<IdRow, 'text' | 'path' | 'isToldApart'> {
    const { record, byte, id, patient, isEntry } = at
    return { kind, seen: this.seenAt(at), place: this.placeNumber(at.place), record, byte, id, patient, isEntry }
  }

  private placeNumber(place: Place): number {
    const known = this.placeNumbers.get(place)
    if (known !== undefined) return known
    this.placeNumbers.set(place, this.placeList.length)
    return this.placeList.push(place) - 1
  }

  /** What is said of the second of two; nothing where they are told apart. */
  *repeated(first: Seen, row: IdRow): Generator<PlacedSighting> {
    const { kind, seen, record, byte, id, text, path, patient } = row
    const place = this.placeList[row.place]
    if (place === undefined || !isRepeat(first, row)) return
    const code = kind === 'id' ? 'data/fhir-duplicate-id' : 'data/fhir-full-url'
    place.sighted.set(code, place)
    const name = id === null ? null : `${this.typeName(seen.type)}/${id}`
    const at = { kind: 'cell', input: seen.input, field: null, path, record, line: seen.line, byte, id: name } as const
    const differ = first.length !== seen.length
    const facts =
      kind === 'address'
        ? [{ name: 'expected', value: 'an address that no other entry has' }]
        : [
            { name: 'first seen in input', value: first.input + 1 },
            { name: 'first seen on line', value: first.line },
            { name: 'the two differ', value: differ ? 'yes' : 'not in length' },
          ]
    const severity = kind === 'id' && differ ? { severity: 'critical' as const } : {}
    yield sightingOf({ code, facts, value: text, ...severity }, place, at, patient)
  }
}

function deleted({ input, record, line, byte, place, type, id, patient }: ResourceAt): PlacedSighting {
  place.sighted.set('data/fhir-deleted-record', place)
  const name = id === null ? null : `${type}/${id}`
  const at = { kind: 'cell', input, field: null, path: `${type}.id`, record, line, byte, id: name } as const
  const trouble: Trouble = { code: 'data/fhir-deleted-record', facts: [], ...(id === null ? {} : { value: id }) }
  return sightingOf(trouble, place, at, patient)
}

/** Addresses of entries hold within their own Bundle only. */
export function entryKey(input: number, url: string): string {
  return `${input} ${url}`
}
