/** References over all inputs of a run: every one is resolved, told missing, or counted as not evaluated. */
import type { Severity, Sighting } from '../../finding.ts'
import type { Coverage } from './coverage.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import type { Definitions } from './packs.ts'
import { type PendingEntry, PendingReferences } from './pending.ts'
import type { Place } from './places.ts'
import { type Target, targetOf } from './references.ts'
import { entryKey, type SeenResources } from './seen-resources.ts'
import { locationOf, type MetReference, type PlacedSighting, sightingOf, type Trouble, type Visit } from './visit.ts'
import { WaitingLog, type WaitingRow } from './waiting-log.ts'

export class ReferenceGraph {
  private readonly seen: SeenResources
  private readonly pending: PendingReferences
  private readonly log: WaitingLog
  private readonly definitions: Definitions
  private readonly coverage: Coverage
  private lastPatient: { readonly id: string; readonly hash: Hash64 } | null = null
  private readonly placeNumbers = new Map<Place, number>()
  private readonly placeList: { readonly place: Place; readonly input: number }[] = []

  /** `budget` in bytes is for references that wait for their target. */
  constructor(definitions: Definitions, coverage: Coverage, seen: SeenResources, budget: number) {
    this.definitions = definitions
    this.coverage = coverage
    this.seen = seen
    const isKnown = (hash: Hash64): boolean => seen.find(hash) !== null
    this.pending = new PendingReferences(budget / 2, isKnown)
    this.log = new WaitingLog(budget / 2, isKnown)
  }

  /** Resolves or notes the references of a walked record; what is wrong with them goes to `visit.found`. */
  judge(visit: Visit): void {
    for (const reference of visit.references) this.judgeOne(reference, targetOf(reference.text), visit)
  }

  /** References whose target never came. `isExport` tells whether the run holds whole exports, so that absence means something. */
  *finish(isExport: boolean): Iterable<PlacedSighting> {
    // Occurrences told with their place, by open entry.
    const told = new Map<string, number>()
    for (const entry of this.pending.unresolved()) if (this.isJudged(entry, isExport)) told.set(keyOf(entry.hash, entry.place), 0)
    for (const row of this.log.unresolved()) {
      const at = this.placeList[row.place]
      const key = keyOf(row.hash, row.place)
      const before = told.get(key)
      if (at === undefined || before === undefined) continue
      told.set(key, before + 1)
      yield this.missing(at.place, placeOf(row, at), row)
    }
    for (const entry of this.pending.unresolved())
      yield* this.rest(entry, told.get(keyOf(entry.hash, entry.place)) ?? 0, isExport)
    const dropped = this.seen.dropped + this.pending.dropped
    if (dropped > 0) this.coverage.skip('memory', '', dropped)
  }

  /** Counts beyond the kept places: exact in number, with the input as place. */
  private *rest(entry: PendingEntry, told: number, isExport: boolean): Iterable<PlacedSighting> {
    const at = this.placeList[entry.place]
    if (!at) return
    if (this.isJudged(entry, isExport))
      for (let left = entry.count - told; left > 0; left--)
        yield this.missing(at.place, { kind: 'input', input: at.input, line: null, byte: null }, null)
    else if (this.seen.dropped > 0) this.coverage.skip('memory', '', entry.count)
    else this.coverage.skip('openReference', this.seen.typeName(entry.type), entry.count)
  }

  private missing(place: Place, at: Sighting['at'], row: WaitingRow | null): PlacedSighting {
    place.sighted.set('data/fhir-reference-missing', place)
    const facts = row === null ? [{ name: 'place', value: 'counted only; other places are listed with this finding' }] : []
    const words = row?.words ? { value: row.words.reference } : {}
    const patient = row?.patient ? `${row.patient.high}:${row.patient.low}` : null
    return sightingOf({ code: 'data/fhir-reference-missing', facts, ...words, ...critical(place) }, place, at, patient)
  }

  private isJudged(entry: PendingEntry, isExport: boolean): boolean {
    return entry.type === 0 || this.canTell(this.seen.typeName(entry.type), isExport)
  }

  /** Absence can be told when whole exports were read, with records of that type, and the index held them all. */
  private canTell(type: string, isExport: boolean): boolean {
    return isExport && this.seen.dropped === 0 && this.seen.hasType(type)
  }

  private judgeOne(reference: MetReference, target: Target, visit: Visit): void {
    const { owner } = reference
    switch (target.kind) {
      case 'none':
        this.coverage.skip('logicalReference', '')
        return
      case 'contained': {
        const type = target.id === '' ? owner.type : owner.contained.get(target.id)
        if (type === undefined) this.tell('data/fhir-contained-reference', reference, visit, [{ name: 'rule', value: 'ref-1' }])
        else this.judgeType(type, reference, visit)
        return
      }
      case 'conditional':
        this.coverage.skip('conditionalReference', '')
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
        const type = owner.bundle?.byUrl.get(target.url) ?? target.type
        if (type !== null) this.judgeType(type, reference, visit)
        const isHere =
          owner.bundle?.byUrl.has(target.url) === true ||
          (target.id !== null && this.seen.find(hash64(`${target.type}/${target.id}`)) !== null)
        if (!isHere) this.coverage.skip('externalReference', target.base)
        return
      }
      case 'relative': {
        if (target.versioned) this.coverage.skip('versionedReference', '')
        // A reference to the wrong kind of record is one defect, whether that record exists or not.
        if (!this.judgeType(target.type, reference, visit)) return
        const key = `${target.type}/${target.id}`
        if (owner.bundle?.ids.has(key) === true) return
        const hash = hash64(key)
        if (this.seen.find(hash) === null) this.wait(hash, this.seen.typeNumber(target.type), reference, visit)
      }
    }
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
      this.coverage.skip('entryReference', '')
      return
    }
    const hash = hash64(entryKey(visit.input, urn))
    const target = this.seen.find(hash)
    if (target === null) this.wait(hash, 0, reference, visit)
    else this.judgeType(this.seen.typeName(target.type), reference, visit)
  }

  /** True where the type may stand there. */
  private judgeType(type: string, reference: MetReference, visit: Visit): boolean {
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
    const own = severity === undefined ? {} : { severity }
    const trouble: Trouble = { code, facts, value: reference.text, ...own, ...(isTarget ? critical(reference.place) : {}) }
    const at = locationOf(visit.record, visit.input, reference.path, reference.owner)
    visit.found.push(sightingOf(trouble, reference.place, at, reference.owner.patient))
  }

  private wait(hash: Hash64, type: number, reference: MetReference, visit: Visit): void {
    const { record, line, byte } = visit.record
    const { owner, path, text } = reference
    const place = this.placeNumber(reference.place, visit.input)
    if (!this.pending.add(hash, place, type)) return
    const patient = this.patientHash(owner.patient)
    const id = owner.id === null ? null : `${owner.type}/${owner.id}`
    this.log.add({ hash, place, record, line, byte, path, patient, words: { id, reference: text } })
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

function placeOf(row: WaitingRow, at: { readonly place: Place; readonly input: number }): Sighting['at'] {
  const path = row.path ?? at.place.path
  return {
    kind: 'cell',
    input: at.input,
    field: null,
    path,
    record: row.record,
    line: row.line,
    byte: row.byte,
    id: row.words?.id ?? null,
  }
}

function keyOf(hash: Hash64, place: number): string {
  return `${hash.high}:${hash.low}:${place}`
}

/** Elements whose broken reference leaves a record of harm without its patient. */
const criticalPlaces = new Set(
  ['AllergyIntolerance', 'MedicationRequest', 'MedicationStatement', 'Condition', 'Immunization'].flatMap((type) => [
    `${type}.subject`,
    `${type}.patient`,
  ]),
)

function critical(place: Place): { readonly severity?: 'critical' } {
  return criticalPlaces.has(place.path) ? { severity: 'critical' } : {}
}
