/** What can be said of a reference where it stands: its form, the type of its target, and its Bundle. All else is asked of the whole run. */
import type { Severity } from '../../../finding.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { FhirSettings } from '../definitions/settings.ts'
import { findInBundle, type InBundle } from '../visit/bundle-scope.ts'
import type { Coverage } from '../visit/coverage.ts'
import { locationOf, type MetReference, sightingOf, type Trouble, type Visit } from '../visit/visit.ts'
import { type Hash64, hash64 } from './id-hash.ts'
import { critical } from './open-reference.ts'
import { MetTargets, type Target, typeOfTarget } from './reference-text.ts'
import { entryKey } from './seen-resources.ts'

/** What only the records of all inputs tell. */
export interface FarReferences {
  /** A record of the run by `Type/id`. */
  record(hash: Hash64, type: string, reference: MetReference, visit: Visit): void
  /** An entry of a Bundle that is read one by one: its type, or null where it did not come yet. */
  entry(hash: Hash64, reference: MetReference, visit: Visit): string | null
  /** An address on another server, unless the run holds a record of that `Type/id`. */
  elsewhere(hash: Hash64 | null, base: string): void
}

export class NearReferences {
  /** Base addresses of the servers that the records come from. */
  readonly servers = new Set<string>()
  private readonly targets = new MetTargets()
  private readonly definitions: Definitions
  private readonly coverage: Coverage
  private readonly settings: FhirSettings
  private readonly far: FarReferences

  constructor(definitions: Definitions, coverage: Coverage, settings: FhirSettings, far: FarReferences) {
    this.definitions = definitions
    this.coverage = coverage
    this.settings = settings
    this.far = far
  }

  /** What is wrong with the references of a walked record goes to `visit.found`. */
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

  /** An address on the server that the export comes from means a record of the export. */
  private local(target: Target, { owner }: MetReference): Target {
    if (target.kind !== 'absolute' || target.type === null || target.id === null || !this.servers.has(target.base)) return target
    if (owner.bundle?.byUrl.has(target.url) === true) return target
    const { type, id, version } = target
    return { kind: 'relative', type, id, version, hash: hash64(`${type}/${id}`) }
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
        this.far.elsewhere(target.id === null ? null : hash64(`${target.type}/${target.id}`), target.base)
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
        this.far.record(target.hash, target.type, reference, visit)
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
    const type = this.far.entry(hash64(entryKey(visit.input, urn)), reference, visit)
    if (type !== null) this.judgeType(type, reference, visit)
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
}
