/** Required bindings against local expansions (FHIR R4 §4.1.5); everything else is counted as not evaluated. */
import type { JsonObject, JsonValue } from '../record.ts'
import type { Binding } from '../schema/structure-definition.ts'
import type { Judge } from './compile.ts'
import type { Counter, Coverage } from './coverage.ts'
import type { Definitions, Expansion } from './packs.ts'
import { isObject } from './visit.ts'

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

/** The judge of one bound element, or null where the type has nothing to compare. */
export function bindingJudge(binding: Binding, type: string, definitions: Definitions, coverage: Coverage): Judge | null {
  if (!codedTypes.has(type)) return null
  const name = binding.valueSet.replace('http://hl7.org/fhir/ValueSet/', '')
  if (binding.strength !== 'required') return counting(coverage.counter('advisedValueSet', name))
  const expansion = definitions.expansion(binding.valueSet)
  if (expansion === null)
    return counting(coverage.counter('requiredValueSet', `${name} (${definitions.whyUnexpanded(binding.valueSet)})`))
  return (value, place, visit) => {
    const misfit = misfitOf(value, expansion)
    if (misfit === null) return
    visit.report(place, {
      code: 'data/fhir-code-required',
      facts: [
        { name: 'value set', value: binding.valueSet },
        { name: 'allowed codes', value: allowed(expansion) },
        ...(misfit.hint === null ? [] : [{ name: 'did you mean', value: misfit.hint }]),
        ...(misfit.reason === null ? [] : [{ name: 'found', value: misfit.reason }]),
      ],
      ...(misfit.code === null ? {} : { value: misfit.code }),
    })
  }
}

function counting(counter: Counter): Judge {
  return () => {
    counter.values++
  }
}

interface Misfit {
  readonly code: string | null
  /** The code that differs only in case. */
  readonly hint: string | null
  readonly reason: string | null
}

function misfitOf(value: JsonValue, expansion: Expansion): Misfit | null {
  if (typeof value === 'string')
    return value === '' || expansion.codes.has(value) ? null : { code: value, hint: nearest(value, expansion), reason: null }
  if (!isObject(value)) return null
  const codings = Array.isArray(value.coding)
    ? value.coding.filter(isObject)
    : value.coding === undefined && value.code !== undefined
      ? [value]
      : []
  if (codings.some((coding) => fits(coding, expansion))) return null
  const first = codings.find((coding) => typeof coding.code === 'string')?.code
  if (typeof first !== 'string')
    return onlyExtended(value) ? null : { code: null, hint: null, reason: 'no code, only text or nothing' }
  const reason = expansion.codes.has(first) ? 'the code is known, but in another code system' : null
  return { code: first, hint: reason === null ? nearest(first, expansion) : null, reason }
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

function nearest(code: string, expansion: Expansion): string | null {
  const folded = code.toLowerCase().trim()
  for (const known of expansion.codes) if (known.toLowerCase() === folded) return known
  return null
}

function allowed(expansion: Expansion): string {
  const codes = [...expansion.codes]
  return codes.length > 12 ? `${codes.slice(0, 12).join(', ')} and ${codes.length - 12} more` : codes.join(', ')
}
