/** The resources a run has read, by type and id and by Bundle address: tells which come twice, and what references can find. */
import { type Hash64, hash64 } from './id-hash.ts'
import { ReferenceIndex, type Seen } from './reference-index.ts'
import { isObject, locationOf, type Owner, sightingOf, type Trouble, type Visit } from './visit.ts'

export class SeenResources {
  private readonly index: ReferenceIndex
  private readonly numbers = new Map<string, number>()
  private readonly names: string[] = ['']
  private readonly read = new Set<string>()

  /** `budget` in bytes; resources beyond it are counted in `dropped`. */
  constructor(budget: number) {
    this.index = new ReferenceIndex(budget)
  }

  get dropped(): number {
    return this.index.dropped
  }

  find(hash: Hash64): Seen | null {
    return this.index.find(hash)
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
      const first = this.index.add(hash64(`${owner.type}/${owner.id}`), seen)
      // Entries of a Bundle are told apart by their address; Parameters may pass the same resource twice.
      const isSameRecord = record.within === null && first?.input === input && first.line === record.line
      const isToldApart = owner.fullUrl !== null || record.type === 'Parameters'
      if (first === null || (isToldApart && (isSameRecord || record.within !== null))) continue
      const place = visit.places.root(owner.type)
      place.sighted.set('data/fhir-duplicate-id', place)
      const differ = first.length !== length
      const facts = [
        { name: 'first seen in input', value: first.input + 1 },
        { name: 'first seen on line', value: first.line },
        { name: 'the two differ', value: differ ? 'yes' : 'not in length' },
      ]
      const trouble: Trouble = {
        code: 'data/fhir-duplicate-id',
        facts,
        value: owner.id,
        ...(differ ? { severity: 'critical' } : {}),
      }
      visit.found.push(sightingOf(trouble, place, locationOf(record, input, `${owner.type}.id`, owner), owner.patient))
    }
  }

  /** bdl-7 for entries that are read one by one. */
  private enterAddress(fullUrl: string, owner: Owner, seen: Seen, visit: Visit): void {
    const isRepeated = this.index.add(hash64(entryKey(seen.input, fullUrl)), seen) !== null
    const version = isObject(visit.record.value.meta) ? visit.record.value.meta.versionId : undefined
    if (!isRepeated || version !== undefined) return
    const place = visit.places.root(owner.type)
    place.sighted.set('data/fhir-full-url', place)
    const facts = [{ name: 'expected', value: 'an address that no other entry has' }]
    const at = locationOf(visit.record, visit.input, (visit.record.within ?? '').replace(/resource$/, 'fullUrl'), owner)
    visit.found.push(sightingOf({ code: 'data/fhir-full-url', facts, value: fullUrl }, place, at, owner.patient))
  }
}

/** Addresses of entries hold within their own Bundle only. */
export function entryKey(input: number, url: string): string {
  return `${input} ${url}`
}
