/** References over all inputs of a run: every one is resolved, told missing, or counted as not evaluated. */
import type { Severity, Sighting } from '../../finding.ts'
import type { ExportFact } from '../validation.ts'
import type { BeyondMemory, Resolved } from './beyond-memory.ts'
import { findInBundle, type InBundle } from './bundle-scope.ts'
import type { Coverage } from './coverage.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import { LateTargets } from './late-targets.ts'
import { countedOnly, countedWords, critical, keyOf, placeOf } from './open-reference.ts'
import type { Definitions } from './packs.ts'
import { type PendingEntry, PendingReferences } from './pending.ts'
import type { Place } from './places.ts'
import { MetTargets, type Target, typeOfTarget } from './references.ts'
import { entryKey, type SeenResources } from './seen-resources.ts'
import type { FhirSettings } from './settings.ts'
import { locationOf, type MetReference, type PlacedSighting, sightingOf, type Trouble, type Visit } from './visit.ts'
import { WaitingLog, type WaitingRow } from './waiting-log.ts'

export class ReferenceGraph {
  private readonly seen: SeenResources
  private readonly pending: PendingReferences
  private readonly log: WaitingLog
  private readonly targets = new MetTargets()
  private readonly definitions: Definitions
  private readonly coverage: Coverage
  private readonly settings: FhirSettings
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
  /** Base addresses of the servers that the records come from. */
  private readonly servers = new Set<string>()

  /** `budget` in bytes is for references that wait for their target; more go to the file, where there is one. */
  constructor(
    definitions: Definitions,
    coverage: Coverage,
    seen: SeenResources,
    settings: FhirSettings,
    budget: number,
    beyond: BeyondMemory | null = null,
  ) {
    this.beyond = beyond
    this.settings = settings
    this.definitions = definitions
    this.coverage = coverage
    this.seen = seen
    const isKnown = (hash: Hash64): boolean => seen.has(hash) || this.late.has(hash)
    this.pending = new PendingReferences(budget / 2, isKnown)
    this.log = new WaitingLog(budget / 2, isKnown)
  }

  /** Resolves or notes the references of a walked record; what is wrong with them goes to `visit.found`. */
  judge(visit: Visit): void {
    if (this.settings.validateReference === 'IGNORE') {
      if (visit.references.length > 0) this.coverage.leaveOut('referencesOff', '', visit.references.length)
      return
    }
    for (const reference of visit.references) {
      const target = this.local(this.targets.of(reference.text), reference)
      if (reference.narrowed === null) this.judgeOne(reference, target, visit)
      else this.judgeNarrowed(reference, target, visit)
    }
  }

  /** What the manifest of the export says, beside its files. */
  tellExport(fact: ExportFact): void {
    if (fact.kind === 'deleted') this.seen.remove(fact.type, fact.id)
    else if (fact.kind === 'incomplete') this.incomplete.add(fact.type)
    else this.servers.add(fact.base)
  }

  /** An address on the server that the export comes from means a record of the export. */
  private local(target: Target, { owner }: MetReference): Target {
    if (target.kind !== 'absolute' || target.type === null || target.id === null || !this.servers.has(target.base)) return target
    if (owner.bundle?.byUrl.has(target.url) === true) return target
    const { type, id, version } = target
    return { kind: 'relative', type, id, version, hash: hash64(`${type}/${id}`) }
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
    this.coverage.leaveOut(this.incomplete.has(type) ? 'incompleteType' : 'openReference', type, count)
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
    return entry.type === 0 || this.seen.isGone(entry.hash) || this.canTell(this.seen.typeName(entry.type), isExport)
  }

  /** Absence can be told when whole exports were read, with records of that type, and the index held them all. */
  private canTell(type: string, isExport: boolean): boolean {
    return isExport && this.dropped === 0 && this.seen.hasType(type) && !this.incomplete.has(type)
  }

  private judgeOne(reference: MetReference, target: Target, visit: Visit): void {
    const { owner } = reference
    switch (target.kind) {
      case 'none':
        this.coverage.leaveOut('logicalReference', '')
        return
      case 'contained': {
        const type = target.id === '' ? owner.type : owner.contained.get(target.id)
        if (type === undefined) this.tell('data/fhir-contained-reference', reference, visit, [{ name: 'rule', value: 'ref-1' }])
        else this.judgeType(type, reference, visit)
        return
      }
      case 'conditional':
        this.coverage.leaveOut('conditionalReference', '')
        this.judgeType(target.type, reference, visit)
        return
      case 'malformed':
        this.tell('data/fhir-lexical', reference, visit, [
          { name: 'expected', value: 'Type/id, #id, urn:uuid:… or an absolute address' },
        ])
        return
      case 'urn':
        this.judgeUrn(target.urn, reference, visit)
        return
      case 'absolute': {
        const place = owner.bundle === null ? null : findInBundle(owner.bundle, target.url, target.version, owner.fullUrl)
        const type = (place !== null && 'type' in place ? place.type : null) ?? target.type
        if (type !== null && !this.judgeType(type, reference, visit)) return
        if (place !== null && this.judgeInBundle(place, reference, visit)) return
        if (target.id === null || !this.seen.has(hash64(`${target.type}/${target.id}`)))
          this.coverage.leaveOut('externalReference', target.base)
        return
      }
      case 'relative': {
        // A reference to the wrong kind of record is one defect, whether that record exists or not.
        if (!this.judgeType(target.type, reference, visit)) return
        if (this.settings.assumeValidRestReferences || this.settings.validateReference === 'CHECK_TYPE_IF_EXISTS') {
          this.coverage.leaveOut('referencesOff', '')
          return
        }
        const place =
          owner.bundle === null ? null : findInBundle(owner.bundle, `${target.type}/${target.id}`, target.version, owner.fullUrl)
        if (place !== null && this.judgeInBundle(place, reference, visit)) return
        if (target.version !== null) this.coverage.leaveOut('versionedReference', '')
        if (!this.seen.has(target.hash)) this.wait(target.hash, this.seen.typeNumber(target.type), reference, visit)
      }
    }
  }

  /** True where the Bundle decides; false where the record has to be looked for elsewhere. */
  private judgeInBundle(place: InBundle, reference: MetReference, visit: Visit): boolean {
    const miss = (words: string, severity?: Severity): true => {
      this.tell('data/fhir-reference-missing', reference, visit, [{ name: 'found in the Bundle', value: words }], severity)
      return true
    }
    switch (place.kind) {
      case 'entry':
        return true
      case 'nowhere':
        return false
      case 'several versions':
        return miss('several versions of the record, and the reference names none of them')
      case 'other version':
        return miss('other versions of the record only')
      case 'other address': {
        if (this.settings.bundleRelativeReferences === 'never') return true
        const words = 'an entry with that type and id, whose fullUrl the reference does not lead to'
        if (this.settings.bundleRelativeReferences === 'always') this.coverage.leaveOut('entryReference', '')
        else miss(words, reference.owner.bundle?.isDocument === true ? undefined : 'warning')
        return true
      }
    }
  }

  /** What a profile says of the target's type; whether there is one, and whether the base allows it, is told without it. */
  private judgeNarrowed(reference: MetReference, target: Target, visit: Visit): void {
    const type = typeOfTarget(target, reference.owner)
    if (type === null || this.settings.validateReference === 'CHECK_EXISTS' || reference.use.targets.includes(type)) return
    const base = reference.narrowed?.base ?? []
    // What the base definition forbids already was told by it.
    if (base.length > 0 && !base.includes('Resource') && !base.includes(type)) return
    if (this.definitions.type(type)?.kind !== 'resource') return
    this.tell('data/fhir-reference-type', reference, visit, [
      { name: 'profile', value: reference.narrowed?.profile ?? '' },
      { name: 'expected', value: reference.use.targets.join(', ') },
      { name: 'found', value: type },
    ])
  }

  private judgeUrn(urn: string, reference: MetReference, visit: Visit): void {
    const { bundle, fullUrl } = reference.owner
    if (bundle !== null) {
      const type = bundle.byUrl.get(urn)
      if (type === undefined) {
        reference.place.sighted.set('data/fhir-reference-missing', reference.place)
        const facts = [{ name: 'looked in', value: 'the entries of its Bundle' }]
        this.tell('data/fhir-reference-missing', reference, visit, facts, bundle.isClosed ? undefined : 'warning')
      } else this.judgeType(type, reference, visit)
      return
    }
    if (fullUrl === null) {
      this.coverage.leaveOut('entryReference', '')
      return
    }
    const hash = hash64(entryKey(visit.input, urn))
    const target = this.seen.find(hash)
    if (target === null) this.wait(hash, 0, reference, visit)
    else this.judgeType(this.seen.typeName(target.type), reference, visit)
  }

  /** True where the type may stand there. */
  private judgeType(type: string, reference: MetReference, visit: Visit): boolean {
    if (this.settings.validateReference === 'CHECK_EXISTS') return true
    const targets = reference.use.targets
    const known = this.definitions.type(type)
    const fits = known?.kind === 'resource' && (targets.length === 0 || targets.includes('Resource') || targets.includes(type))
    const agrees = reference.type === null || reference.type === type || reference.type.includes('/')
    if (fits && agrees) return true
    const expected = targets.length === 0 || targets.includes('Resource') ? 'a resource type of FHIR R4' : targets.join(', ')
    const said = agrees ? [] : [{ name: 'Reference.type', value: reference.type ?? '' }]
    this.tell('data/fhir-reference-type', reference, visit, [
      { name: 'expected', value: expected },
      { name: 'found', value: type },
      ...said,
    ])
    return false
  }

  private tell(code: Trouble['code'], reference: MetReference, visit: Visit, facts: Trouble['facts'], severity?: Severity): void {
    reference.place.sighted.set(code, reference.place)
    const isTarget = code === 'data/fhir-reference-missing' || code === 'data/fhir-reference-type'
    // A severity that was chosen stands: what may be elsewhere is not critical.
    const own = severity !== undefined ? { severity } : isTarget ? critical(reference.place) : {}
    const trouble: Trouble = { code, facts, value: reference.text, ...own }
    const at = locationOf(visit.record, visit.input, reference.path, reference.owner)
    visit.found.push(sightingOf(trouble, reference.place, at, reference.owner.patient))
  }

  private wait(hash: Hash64, type: number, reference: MetReference, visit: Visit): void {
    const { record, line, byte } = visit.record
    const { owner, path, text } = reference
    const place = this.placeNumber(reference.place, visit.input)
    const patient = this.patientHash(owner.patient)
    const id = owner.id === null ? null : `${owner.type}/${owner.id}`
    const row = { hash, place, record, line, byte, path, patient, words: { id, reference: text } }
    if (this.beyond !== null && (this.isFull || !this.log.hasRoom(row))) this.isFull = true
    else if (this.pending.add(hash, place, type)) this.log.add(row)
    else if (this.beyond !== null) {
      this.pending.dropped--
      this.isFull = true
    }
    if (this.isFull) this.beyond?.addReference(type, row)
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
