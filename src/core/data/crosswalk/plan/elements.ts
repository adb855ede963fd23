/** What FHIR R4 elements mean for pairing: the domain of a resource type, the role of an element, which status is current. */
import { isList } from '../../../values/json.ts'
import { systemOf } from '../../meaning/code-systems.ts'
import type { JsonValue } from '../../model/record.ts'
import type { AllergyState, Domain } from './sides.ts'

const domainByType: ReadonlyMap<string, Domain> = new Map([
  ['Patient', 'demographics'],
  ['AllergyIntolerance', 'allergies'],
  ['Condition', 'problems'],
  ['MedicationRequest', 'medicines'],
  ['MedicationStatement', 'medicines'],
  ['Immunization', 'immunisations'],
  ['Observation', 'results'],
  ['DiagnosticReport', 'results'],
  ['DocumentReference', 'notes'],
  // Tables of the OMOP common data model 5.4.
  ['person', 'demographics'],
  ['condition_occurrence', 'problems'],
  ['drug_exposure', 'medicines'],
  ['measurement', 'results'],
  ['observation', 'results'],
  ['note', 'notes'],
])

export function domainOf(type: string): Domain {
  return domainByType.get(type) ?? domainByType.get(type.toLowerCase()) ?? 'other'
}

/** What a field does in alignment; `key` and `site` are said by the mapping's `role=…`, the others follow from the element. */
export type Role = 'patient' | 'key' | 'id' | 'code' | 'onset' | 'status' | 'site' | 'content'

/** Codes of allergyintolerance-clinical, -verification, condition-clinical, condition-ver-status and medicationrequest status that end an entry. */
const ended: ReadonlySet<string> = new Set([
  'inactive',
  'remission',
  'resolved',
  'refuted',
  'entered-in-error',
  'completed',
  'stopped',
  'cancelled',
  'draft',
  'ended',
])
/** Entries that were never true: leaving them behind loses nothing. */
const withdrawn: ReadonlySet<string> = new Set(['refuted', 'entered-in-error'])

export function isEnded(status: string): boolean {
  return ended.has(status)
}

export function isWithdrawn(status: string): boolean {
  return withdrawn.has(status)
}

/** SNOMED CT codes of "No known allergy" and its narrower forms: a statement about the patient, not an allergy. */
const negated: ReadonlySet<string> = new Set(['716186003', '409137002', '428607008', '429625007'])

const emptyReasonSystem = 'http://terminology.hl7.org/CodeSystem/list-empty-reason'
const stateByReason: ReadonlyMap<string, AllergyState> = new Map([
  ['nilknown', 'none'],
  ['notasked', 'not-recorded'],
  ['unavailable', 'unavailable'],
])

/** The allergy state that a code stands for, or null where it names a substance. */
export function stateOfCode(system: string, code: string): AllergyState | null {
  if (system === emptyReasonSystem) return stateByReason.get(code) ?? 'unavailable'
  return negated.has(code) && (system === '' || systemOf(system) === 'http://snomed.info/sct') ? 'none' : null
}

/** LOINC code of an allergy list. */
const allergyListCode = '52472-8'

/** The state an empty allergy List states by its emptyReason; null for any other resource. */
export function stateOfList(resource: JsonValue): AllergyState | null {
  const code = codings(member(resource, 'code')).some((one) => one.code === allergyListCode)
  const reason = codings(member(resource, 'emptyReason'))[0]
  return code && reason ? (stateByReason.get(reason.code) ?? 'unavailable') : null
}

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** The codings of a CodeableConcept, a Coding or a plain code. */
export function codings(value: JsonValue | undefined): Coding[] {
  if (typeof value === 'string') return [{ system: '', code: value, display: '' }]
  if (typeof value !== 'object' || value === null) return []
  const list = member(value, 'coding')
  const found = isList(list) ? list : [value]
  const codes: Coding[] = []
  for (const one of found) {
    const code = textMember(one, 'code')
    if (code !== '') codes.push({ system: textMember(one, 'system'), code, display: textMember(one, 'display') })
  }
  return codes
}

export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value) || !Object.hasOwn(value, name)) return undefined
  return value[name]
}

/** A text or number member as text; empty where there is none. */
export function textMember(value: JsonValue | undefined, name: string): string {
  const found = member(value, name)
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
}

/** Id of the patient a Reference names: relative, absolute or urn:uuid; an identifier, or a search for one, stands for itself, and so does a column of a table. Null for other types. */
export function patientReference(
  value: JsonValue,
): { readonly id: string } | { readonly identifier: string; readonly system: string } | null {
  if (typeof value === 'string') return value === '' ? null : { id: value }
  const reference = textMember(value, 'reference')
  const found = /(?:^|\/)Patient\/([^/]+)(?:\/_history\/.*)?$/.exec(reference) ?? /^urn:uuid:(.+)$/.exec(reference)
  if (found?.[1] !== undefined) return { id: found[1] }
  const [, system = '', asked] = /(?:^|\/)Patient\?(?:.*&)?identifier=(?:([^|&]*)(?:\||%7C))?([^&]+)/i.exec(reference) ?? []
  if (asked !== undefined) return { identifier: decoded(asked), system: decoded(system) }
  const named = reference === '' ? member(value, 'identifier') : undefined
  const identifier = textMember(named, 'value')
  return identifier === '' ? null : { identifier, system: textMember(named, 'system') }
}

/** A part of an address as people write it. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a legacy table holds what treatment depends on, by its usual names. */
export function isClinical(table: string): boolean {
  return /allerg|medic|drug|prescri|problem|condition|diagnos|result|lab|observation|vital|immuni|vaccin|procedure|note/i.test(
    table,
  )
}
