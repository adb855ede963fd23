/** The resources a run has read, by type and id and by Bundle address: tells which come twice, and what references can find. */
import { type BeyondMemory, type IdRow, isRepeat } from './beyond-memory.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import type { Place } from './places.ts'
import { ReferenceIndex, type Seen } from './reference-index.ts'
import { isObject, locationOf, type Owner, type PlacedSighting, sightingOf, type Trouble, type Visit } from './visit.ts'

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
    for (const owner of visit.owners) {
      const { record, input } = visit
      const type = this.typeNumber(owner.type)
      this.read.add(owner.type)
      const length = owner.bundle === null ? record.length : 0
      const seen = { input, line: record.line, length, type }
      if (owner.bundle === null && owner.fullUrl !== null) this.enterAddress(owner.fullUrl, owner, seen, visit)
      if (owner.id === null || owner.bundle?.isHistory === true) continue
      const hash = hash64(`${owner.type}/${owner.id}`)
      if (this.isGone(hash)) {
        this.tellDeleted(owner, visit)
        continue
      }
      const { id } = owner
      this.enterOne(hash, seen, visit, () => ({
        ...this.rowOf('id', seen, owner, visit),
        text: id,
        path: `${owner.type}.id`,
        // Entries of a Bundle are told apart by their address; Parameters may pass the same resource twice.
        isToldApart: owner.fullUrl !== null || record.type === 'Parameters',
      }))
    }
  }

  /** bdl-7 for entries that are read one by one. */
  private enterAddress(fullUrl: string, owner: Owner, seen: Seen, visit: Visit): void {
    const version = isObject(visit.record.value.meta) ? visit.record.value.meta.versionId : undefined
    this.enterOne(hash64(entryKey(seen.input, fullUrl)), seen, visit, () => ({
      ...this.rowOf('address', seen, owner, visit),
      text: fullUrl,
      path: (visit.record.within ?? '').replace(/resource$/, 'fullUrl'),
      isToldApart: version !== undefined,
    }))
  }

  /** Into memory as long as there is room, then to the file; what is there already is told. */
  private enterOne(hash: Hash64, seen: Seen, visit: Visit, row: () => IdRow): void {
    if (this.beyond === null || !this.isFull) {
      const dropped = this.index.dropped
      const first = this.index.add(hash, seen)
      if (first !== null) visit.found.push(...this.repeated(first, row()))
      if (this.beyond === null || this.index.dropped === dropped) return
      this.index.dropped = dropped
      this.isFull = true
    }
    const first = this.index.find(hash)
    if (first !== null) visit.found.push(...this.repeated(first, row()))
    else this.beyond.addId(hash, row())
  }

  private rowOf(kind: IdRow['kind'], seen: Seen, owner: Owner, visit: Visit): Omit<IdRow, 'text' | 'path' | 'isToldApart'> {
    const { record, byte, within } = visit.record
    const place = this.placeNumber(visit.places.root(owner.type))
    return { kind, seen, place, record, byte, id: owner.id, patient: owner.patient, isEntry: within !== null }
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

  private tellDeleted(owner: Owner, visit: Visit): void {
    const place = visit.places.root(owner.type)
    place.sighted.set('data/fhir-deleted-record', place)
    const at = locationOf(visit.record, visit.input, `${owner.type}.id`, owner)
    const trouble: Trouble = { code: 'data/fhir-deleted-record', facts: [], ...(owner.id === null ? {} : { value: owner.id }) }
    visit.found.push(sightingOf(trouble, place, at, owner.patient))
  }
}

/** Addresses of entries hold within their own Bundle only. */
export function entryKey(input: number, url: string): string {
  return `${input} ${url}`
}
