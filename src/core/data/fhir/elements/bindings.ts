/** Codes against local lists (FHIR R4 §4.1): required value sets decide, extensible and preferred ones advise, and a known code system has the code or has not. */

import type { Fact } from '../../../finding.ts'
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Binding } from '../../schema/structure-definition.ts'
import type { FhirCode } from '../definitions/codes.ts'
import type { CodeSystemCodes, Definitions, Expansion } from '../definitions/packs.ts'
import type { Counter, Coverage } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'
import type { Judge, QuickCheck } from './element-judge.ts'

/** Types whose value carries codes of a value set. */
const codedTypes = new Set([
  'code',
  'Coding',
  'CodeableConcept',
  'Quantity',
  'string',
  'uri',
  'Age',
  'Duration',
  'Count',
  'Distance',
  'Money',
])

const codeOf = {
  required: 'data/fhir-code-required',
  extensible: 'data/fhir-code-extensible',
  preferred: 'data/fhir-code-preferred',
} as const

/** The judge of one bound element, or null where the type has nothing to compare. */
export function bindingJudge(binding: Binding, type: string, definitions: Definitions, coverage: Coverage): Judge | null {
  if (!codedTypes.has(type)) return null
  const { strength, valueSet } = binding
  const expansion = definitions.expansion(valueSet)
  if (expansion === null) return counting(unlisted(binding, definitions, coverage))
  coverage.ran('value set', valueSet)
  const facts: readonly Fact[] = [
    { name: 'value set', value: valueSet },
    { name: strength === 'required' ? 'allowed codes' : 'advised codes', value: allowed(expansion) },
  ]
  const met = new Map<string, Set<string>>()
  const own = systemsOf(expansion)
  return (value, place, visit) => {
    if (isIn(value, expansion, met)) return
    const misfit = misfitOf(value, expansion)
    // Where the list is advice, text alone is as good as a code outside it.
    if (misfit === null || (strength !== 'required' && misfit.code === null)) return
    const isOther = strength === 'extensible' && codingsOf(value).some((coding) => isElsewhere(coding, own, definitions))
    visit.report(place, {
      code: codeOf[strength],
      // Another list is allowed where none of these codes fits, which nobody can tell here.
      ...(isOther ? { severity: 'info' as const } : {}),
      facts: [
        ...facts,
        ...(misfit.hint === null ? [] : [{ name: 'did you mean', value: misfit.hint }]),
        ...(misfit.reason === null ? [] : [{ name: 'found', value: misfit.reason }]),
      ],
      ...(misfit.code === null ? {} : { value: misfit.code }),
    })
  }
}

/** The quick check of a bound primitive, after the one of its form. Where its value set is not listed, it has to be counted beside. */
export function quickBinding(binding: Binding, type: string, plain: QuickCheck, definitions: Definitions): QuickCheck {
  if (!codedTypes.has(type)) return plain
  const expansion = definitions.expansion(binding.valueSet)
  if (expansion === null) return plain
  const { codes } = expansion
  // What stands in the list need not be looked at any closer.
  if ([...codes].every(plain)) return (value) => typeof value === 'string' && codes.has(value)
  return (value) => typeof value === 'string' && codes.has(value) && plain(value)
}

/** Null where the value set is listed, or the type has nothing to compare. */
export function unlistedCounter(binding: Binding, type: string, definitions: Definitions, coverage: Coverage): Counter | null {
  if (!codedTypes.has(type) || definitions.expansion(binding.valueSet) !== null) return null
  return unlisted(binding, definitions, coverage)
}

/** Counts the codes of a value set that can not be listed here. */
function unlisted({ strength, valueSet }: Binding, definitions: Definitions, coverage: Coverage): Counter {
  const group = strength === 'required' ? 'requiredValueSet' : 'advisedValueSet'
  return coverage.counter(group, `${nameOf(valueSet)} (${definitions.whyUnexpanded(valueSet)})`)
}

function nameOf(valueSet: string): string {
  return valueSet.replace('http://hl7.org/fhir/ValueSet/', '')
}

/** The judge of one Coding by itself: its code system has the code, under that display. */
export function codingJudge(definitions: Definitions): Judge {
  // Looked up once for each system that data name; most of them are known to nobody here.
  const systems = new Map<string, CodeSystemCodes | null>()
  return (value, place, visit) => {
    if (!isMembers(value) || typeof value.system !== 'string') return
    let system = systems.get(value.system)
    if (system === undefined) {
      system = definitions.codeSystem(value.system)
      if (systems.size < mostSystems) systems.set(value.system, system)
    }
    if (system === null) return
    judgeInSystem(value, system, place, visit)
  }
}

const mostSystems = 1000

function judgeInSystem(coding: JsonObject, system: CodeSystemCodes, place: Place, visit: Visit): void {
  const tell = (below: string, code: FhirCode, facts: readonly Fact[], severity?: 'warning'): void => {
    const value = coding[below]
    visit.path.push(below)
    visit.report(place.child(below), {
      code,
      facts,
      ...(value === undefined ? {} : { value }),
      ...(severity === undefined ? {} : { severity }),
    })
    visit.path.pop()
  }
  if (system.isSupplement) {
    tell('system', 'data/fhir-coding-system', [
      { name: 'expected', value: 'the address of a code system; this one only adds to another' },
    ])
    return
  }
  const { code, display } = coding
  if (typeof code !== 'string' || code === '') return
  if (!system.codes.has(code)) {
    if (!system.caseSensitive && [...system.codes].some((known) => plain(known) === plain(code))) return
    const { version } = coding
    // Another version of the system may well have the code.
    const other = typeof version === 'string' && system.version !== null && version !== system.version
    const hint = nearestIn(code, system.codes)
    const facts = [
      { name: 'code system', value: String(coding.system) },
      ...(hint === null ? [] : [{ name: 'did you mean', value: hint }]),
    ]
    tell('code', 'data/fhir-code-unknown', facts, system.isFinal && !other ? undefined : 'warning')
    return
  }
  const known = system.displays?.get(code)
  if (typeof display !== 'string' || known === undefined || known.length === 0 || known.includes(display)) return
  const folded = plain(display)
  if (!known.some((text) => plain(text) === folded))
    tell('display', 'data/fhir-display', [{ name: 'expected', value: known.slice(0, 5).join(' or ') }])
}

/** Case and white space make no other display. */
function plain(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

function counting(counter: Counter): Judge {
  return () => {
    counter.values++
  }
}

/** True where the value surely fits; `met` keeps the codings that were found in the value set, by system. */
function isIn(value: JsonValue, expansion: Expansion, met: Map<string, Set<string>>): boolean {
  if (typeof value === 'string') return expansion.codes.has(value)
  if (!isMembers(value)) return false
  const { coding } = value
  if (coding === undefined) return value.code !== undefined && isMet(value, expansion, met)
  if (!Array.isArray(coding)) return false
  for (const one of coding) if (isMembers(one) && isMet(one, expansion, met)) return true
  return false
}

function isMet(coding: JsonObject, expansion: Expansion, met: Map<string, Set<string>>): boolean {
  const { system, code } = coding
  if (typeof system !== 'string' || typeof code !== 'string') return false
  const known = met.get(system)
  if (known?.has(code) === true) return true
  if (!fits(coding, expansion)) return false
  if (known) known.add(code)
  else met.set(system, new Set([code]))
  return true
}

interface Misfit {
  readonly code: string | null
  /** The code that differs only in case. */
  readonly hint: string | null
  readonly reason: string | null
}

function misfitOf(value: JsonValue, expansion: Expansion): Misfit | null {
  if (typeof value === 'string')
    return value === '' || expansion.codes.has(value)
      ? null
      : { code: value, hint: nearestIn(value, expansion.codes), reason: null }
  if (!isMembers(value)) return null
  const codings = codingsOf(value)
  if (codings.some((coding) => fits(coding, expansion))) return null
  const first = codings.find((coding) => typeof coding.code === 'string')?.code
  if (typeof first !== 'string')
    return onlyExtended(value) ? null : { code: null, hint: null, reason: 'no code, only text or nothing' }
  const reason = expansion.codes.has(first) ? 'the code is known, but in another code system' : null
  return { code: first, hint: reason === null ? nearestIn(first, expansion.codes) : null, reason }
}

/** The codings of a CodeableConcept; a Coding or Quantity is one itself. */
function codingsOf(value: JsonValue): readonly JsonObject[] {
  if (!isMembers(value)) return []
  if (Array.isArray(value.coding)) return value.coding.filter(isMembers)
  return value.coding === undefined && value.code !== undefined ? [value] : []
}

/** True for a code of another code system than those of the list (`own`), or one that its own system has and the list leaves out. */
function isElsewhere({ system, code }: JsonObject, own: ReadonlySet<string>, definitions: Definitions): boolean {
  if (typeof system !== 'string' || typeof code !== 'string' || !system.includes(':')) return false
  return !own.has(system) || definitions.codeSystem(system)?.codes.has(code) === true
}

function systemsOf({ codings }: Expansion): ReadonlySet<string> {
  return new Set([...codings].map((coding) => coding.slice(0, coding.indexOf('|'))))
}

/** A value that is absent and says why by an extension has nothing to compare. */
function onlyExtended(value: JsonObject): boolean {
  return value.extension !== undefined && value.coding === undefined && value.text === undefined
}

function fits(coding: JsonObject, expansion: Expansion): boolean {
  return (
    typeof coding.code === 'string' &&
    typeof coding.system === 'string' &&
    expansion.codings.has(`${coding.system}|${coding.code}`)
  )
}

/** The code that differs only in case or white space. */
function nearestIn(code: string, codes: ReadonlySet<string>): string | null {
  const folded = code.toLowerCase().trim()
  for (const known of codes) if (known.toLowerCase() === folded) return known
  return null
}

function allowed(expansion: Expansion): string {
  const codes = [...expansion.codes]
  return codes.length > 12 ? `${codes.slice(0, 12).join(', ')} and ${codes.length - 12} more` : codes.join(', ')
}
