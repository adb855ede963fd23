/** Whether `Coding.system` is the address of a code system (FHIR R4 §4.1.2): told only where that is sure, as HL7's validator does. */
import type { JsonObject } from '../../model/record.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { Place } from '../visit/places.ts'
import type { Trouble, Visit } from '../visit/visit.ts'

/** Code systems that have one address and no other that begins with it; versions stand in `Coding.version`. */
const exact = [
  'http://snomed.info/sct',
  'http://loinc.org',
  'http://unitsofmeasure.org',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
]

/** Code systems of R4 whose codes do not travel with it. */
const withoutCodes: ReadonlySet<string> = new Set([
  'http://hl7.org/fhir/CodeSystem/example-supplement',
  'http://hl7.org/fhir/CodeSystem/summary',
  'http://hl7.org/fhir/message-events',
  'http://hl7.org/fhir/spdx-license',
])

/** Addresses looked up in a run; what a clinic uses are some dozens. */
const mostSystems = 1000

type SystemTrouble = Pick<Trouble, 'facts' | 'severity'>

export type CodingSystemJudge = (coding: JsonObject, place: Place, visit: Visit) => void

export function codingSystemJudge(definitions: Definitions): CodingSystemJudge {
  const known = new Map<string, SystemTrouble | null>()
  return ({ system }, place, visit) => {
    if (typeof system !== 'string' || system === '') return
    let trouble = known.get(system)
    if (trouble === undefined) {
      trouble = troubleOf(system, definitions)
      if (known.size < mostSystems) known.set(system, trouble)
    }
    if (trouble === null) return
    visit.path.push('system')
    visit.report(place.child('system'), { code: 'data/fhir-coding-system', value: system, ...trouble })
    visit.path.pop()
  }
}

/** Null for what may be a code system, whether or not it is known here. */
function troubleOf(system: string, definitions: Definitions): SystemTrouble | null {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) return expected('an absolute address such as http://loinc.org')
  if (isCodeSystem(system, definitions)) return null
  if (isValueSet(system, definitions)) return expected('the address of a code system; this one names a value set')
  const plain = exact.find((url) => `${system.replace(/^https:/, 'http:')}/`.startsWith(url))
  if (plain !== undefined) return meant(plain)
  // A slash at the end, another scheme or a version behind the address make it another one.
  const near = system
    .replace(/^https:/, 'http:')
    .replace(/\|.*$/, '')
    .replace(/\/$/, '')
  if (near !== system && isCodeSystem(near, definitions)) return meant(near)
  const own = /^https?:\/\/(?:www\.)?hl7\.org\/fhir\/([^?#]+)$/.exec(system)?.[1] ?? ''
  const former = /^v([23])\/([\w-]+)$/.exec(own)
  if (former !== null) return meant(`http://terminology.hl7.org/CodeSystem/v${former[1]}-${former[2]}`)
  if (/^https?:\/\/build\.fhir\.org\//.test(system) || own.endsWith('.html'))
    return expected('the address of a code system; this one is a page of the specification')
  // It may come from another release of FHIR.
  return /^(?:CodeSystem\/)?[\w-]+$/.test(own)
    ? { ...expected('a code system of FHIR R4; it has none of this address'), severity: 'info' }
    : null
}

function isCodeSystem(system: string, definitions: Definitions): boolean {
  return definitions.codeSystem(system) !== null || withoutCodes.has(system) || exact.includes(system)
}

/** Those of HL7 are all below one address; others are known where they are loaded. */
function isValueSet(system: string, definitions: Definitions): boolean {
  return (
    /^https?:\/\/(?:www\.)?(?:hl7\.org\/fhir|terminology\.hl7\.org)\/ValueSet\//.test(system) ||
    definitions.expansion(system) !== null
  )
}

function expected(value: string): SystemTrouble {
  return { facts: [{ name: 'expected', value }] }
}

function meant(address: string): SystemTrouble {
  const expects = 'the address of the code system as its owner writes it'
  return {
    facts: [
      { name: 'expected', value: expects },
      { name: 'did you mean', value: address },
    ],
  }
}
