/** What one walk over one resource carries along: where it is, what it found, and the references it met. */

import type { Fact, Location, Sighting } from '../../../finding.ts'
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue, ResourceRecord } from '../../model/record.ts'
import type { TypeUse } from '../../schema/structure-definition.ts'
import type { FhirCode } from '../definitions/codes.ts'
import { isId } from '../definitions/primitives.ts'
import type { Environment } from '../fhirpath/nodes/environment.ts'
import type { Place, Places } from './places.ts'

export type PlacedSighting = Sighting & { readonly place: string }

/** A Reference element as met, to be judged when the whole record is known. */
export interface MetReference {
  readonly text: string
  /** `Reference.type`, where it says so itself. */
  readonly type: string | null
  readonly use: TypeUse
  readonly path: string
  readonly place: Place
  readonly owner: Owner
  /** The profile that narrows the types of the target, with those of the base definition; null where that one speaks itself. */
  readonly narrowed: { readonly profile: string; readonly base: readonly string[] } | null
}

/** The resource (of a line, a file or a Bundle entry) that contains what is being judged; contained resources belong to it. */
export interface Owner {
  readonly type: string
  readonly id: string | null
  readonly fullUrl: string | null
  readonly contained: ReadonlyMap<string, string>
  /** `#x` seen anywhere inside, for dom-3; null where nothing is contained. */
  readonly locals: Set<string> | null
  readonly patient: string | null
  /** The Bundle it is an entry of, when that Bundle was read as a whole. */
  readonly bundle: BundleScope | null
}

export interface Trouble {
  readonly code: FhirCode
  readonly facts: readonly Fact[]
  /** The value itself; an excerpt is kept of texts and numbers only. */
  readonly value?: JsonValue
  readonly severity?: Sighting['severity']
  /** Path below the present one, e.g. the missing element. */
  readonly below?: string
  /** Counted against the values of the parent: for elements that are missing or foreign. */
  readonly ofParent?: boolean
}

/** Sightings of one record among which a repetition is looked for. */
const mostLookedBack = 256

const noMembers: JsonObject = {}

export class Visit {
  readonly record: ResourceRecord
  readonly input: number
  readonly path: (string | number)[] = []
  readonly found: PlacedSighting[] = []
  readonly references: MetReference[] = []
  /** Links of narratives into their own resource, until it has been walked. */
  readonly links: { readonly target: string; readonly path: readonly (string | number)[]; readonly place: Place }[] = []
  owner: Owner
  /** `fullUrl` of the Bundle entry being walked. */
  fullUrl: string | null = null
  /** The innermost Bundle being walked. */
  bundle: BundleScope | null = null
  /** True where a Bundle is walked without the resources of its entries, which come as records. */
  isFrame = false
  /** Resources met that are records of their own: the line itself and the entries of a Bundle. */
  readonly owners: Owner[]
  /** The resource at hand (a contained one is one), and the one that contains it. */
  nearest: JsonObject = noMembers
  outermost: JsonObject = noMembers
  /** What FHIRPath expressions know; made by the first of them. */
  environment: Environment | null = null
  readonly places: Places

  /** @param owners one that was not walked, by what is known of its shape, has met its own already */
  constructor(record: ResourceRecord, input: number, places: Places, owner: Owner, owners: Owner[] = []) {
    this.owners = owners
    this.record = record
    this.input = input
    this.places = places
    this.owner = owner
  }

  report(place: Place, trouble: Trouble): void {
    const at = trouble.below === undefined ? place : place.child(trouble.below)
    const path = this.pathText(trouble.below)
    if (this.isTold(trouble, path)) return
    at.sighted.set(trouble.code, trouble.ofParent === true ? (at.parent ?? at) : at)
    this.found.push(sightingOf(trouble, at, locationOf(this.record, this.input, path, this.owner), this.owner.patient))
  }

  /** Several profiles that ask for the same are one defect, told once. */
  private isTold({ code, facts }: Trouble, path: string): boolean {
    const asked = facts.filter(({ name }) => name !== 'profile')
    for (let i = this.found.length - 1; i >= 0 && i >= this.found.length - mostLookedBack; i--) {
      const told = this.found[i]
      if (told?.code !== code || told.at.kind !== 'cell' || told.at.path !== path) continue
      const before = told.evidence.facts.filter(({ name }) => name !== 'profile')
      if (
        before.length === asked.length &&
        before.every(({ name, value }, n) => asked[n]?.name === name && asked[n]?.value === value)
      )
        return true
    }
    return false
  }

  /** The same as `pathText` for a value at `place`, without writing it anew where it is the path written there last. */
  pathAt(place: Place): string {
    return pathAt(place, this.path)
  }

  /** FHIRPath-like path with indexes: `Patient.name[0].given[1]`. */
  pathText(below?: string): string {
    const text = textOf(this.path)
    return below === undefined ? text : `${text}.${below}`
  }
}

function textOf(path: readonly (string | number)[]): string {
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`
  return text
}

/** A path with indexes as text; the last one of a place is kept there. */
export function pathAt(place: Place, path: readonly (string | number)[]): string {
  const { lastPath } = place
  let same = path.length === lastPath.length
  for (let i = path.length - 1; same && i >= 0; i--) same = path[i] === lastPath[i]
  if (same) return place.lastText
  place.lastPath = [...path]
  place.lastText = textOf(path)
  return place.lastText
}

export function locationOf(record: ResourceRecord, input: number, path: string, owner: Owner): Location {
  const id = owner.id === null ? null : `${owner.type}/${owner.id}`
  return { kind: 'cell', input, field: null, path, record: record.record, ...placeIn(record, path), id }
}

/** The element itself where its document tells it, else the record. */
export function placeIn(
  { places, within, type, line, byte }: ResourceRecord,
  path: string,
): { readonly line: number; readonly byte: number; readonly column?: number } {
  if (places === undefined) return { line, byte }
  const inside = within === null || path.startsWith(within) ? path : within + path.slice(type.length)
  return places.spot(places.find(inside))
}

export function sightingOf(trouble: Trouble, place: Place, at: Location, patient: string | null): PlacedSighting {
  const excerpt = excerptOf(trouble.value)
  const cause = causeOf(trouble.facts)
  return {
    code: trouble.code,
    ...(cause === null ? {} : { cause }),
    place: place.path,
    at,
    evidence: { facts: trouble.facts, ...(excerpt === null ? {} : { excerpt }) },
    ...(trouble.severity === undefined ? {} : { severity: trouble.severity }),
    ...(patient === null ? {} : { patient }),
  }
}

/** Facts that name the rule that is broken; they come from definitions, never from data. */
const ruleFacts = ['rule', 'profile', 'value set', 'code system', 'missing']

/** Which rule of a definition is broken, where the code does not say it alone: "rule con-3", "value set http://…". */
function causeOf(facts: readonly Fact[]): string | null {
  const rules = facts.filter(({ name }) => ruleFacts.includes(name))
  return rules.length === 0 ? null : rules.map(({ name, value }) => `${name} ${String(value)}`).join(', ')
}

/** The patient a resource is about: Patient.id, or the id its subject or patient reference ends in. */
export function patientOf(resource: JsonObject): string | null {
  if (resource.resourceType === 'Patient') return typeof resource.id === 'string' ? resource.id : null
  return patientReferred(
    referenceText(resource.patient) ?? referenceText(resource.subject) ?? referenceText(resource.beneficiary),
  )
}

/** The id of the patient whom a reference names. */
export function patientReferred(reference: string | null): string | null {
  if (reference === null) return null
  const plain = reference.startsWith('Patient/') ? reference.slice(8) : ''
  if (isId(plain)) return plain
  const uuid = /^urn:uuid:(.+)$/.exec(reference)
  return uuid?.[1] ?? /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:$|\/_history\/)/.exec(reference)?.[1] ?? null
}

function referenceText(value: JsonValue | undefined): string | null {
  return isMembers(value) && typeof value.reference === 'string' ? value.reference : null
}

const longestExcerpt = 120

function excerptOf(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null
  // A number beyond what programs hold stands in no file as it is held.
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return null
  const text = String(value)
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text
}

export interface BundleScope {
  /** Resource type by fullUrl, without version. */
  readonly byUrl: ReadonlyMap<string, string>
  /** Resources by fullUrl; of several versions the last. */
  readonly resources: ReadonlyMap<string, JsonObject>
  /** fullUrl of the entries with this `Type/id`; null for an entry that has none. */
  readonly ids: ReadonlyMap<string, readonly (string | null)[]>
  /** Versions of the addresses that come more than once. */
  readonly versions: ReadonlyMap<string, readonly string[]>
  /** Index of entries whose fullUrl was used before by another entry. */
  readonly repeated: ReadonlySet<number>
  /** A history may hold many versions of one record. */
  readonly isHistory: boolean
  readonly isDocument: boolean
  /** Documents, messages and transactions carry everything they refer to by urn; a collection or search result need not. */
  readonly isClosed: boolean
}
