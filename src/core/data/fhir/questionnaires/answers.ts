/** One answer against its question: type, options, bounds, units, targets (FHIR R4 §14.1, with HL7's extensions for bounds). */
import { isMembers } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'
import { compareTemporal, temporalOf } from '../fhirpath/nodes/temporal.ts'
import type { Option, Question } from './form.ts'

const typeNames: Readonly<Record<string, readonly string[]>> = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  url: ['valueUri'],
  attachment: ['valueAttachment'],
  reference: ['valueReference'],
  quantity: ['valueQuantity'],
}

/** Lists the codes of a value set; null where they can not be listed here. */
export type CodesOf = (valueSet: string) => { has(system: string | null, code: string): boolean } | null

/** What is wrong, as what is expected; null where the answer fits. `unlisted` is told of value sets that could not be looked into. */
export function answerTrouble(
  answer: Option,
  question: Question,
  codesOf: CodesOf,
  unlisted: (valueSet: string) => void,
): string | null {
  return (
    typeTrouble(answer, question) ??
    optionTrouble(answer, question, codesOf, unlisted) ??
    boundTrouble(answer, question) ??
    contentTrouble(answer, question)
  )
}

function typeTrouble({ name }: Option, { type, options, valueSet }: Question): string | null {
  const fixed = typeNames[type]
  if (fixed) return fixed.includes(name) ? null : fixed.join(' or ')
  if (type === 'open-choice' && name === 'valueString') return null
  const offered = new Set(options.map((option) => option.name))
  if (valueSet !== null) offered.add('valueCoding')
  // Without options nothing says what a choice consists of.
  if ((type === 'choice' || type === 'open-choice') && offered.size > 0 && !offered.has(name)) return [...offered].join(' or ')
  return null
}

function optionTrouble(
  answer: Option,
  { type, options, valueSet }: Question,
  codesOf: CodesOf,
  unlisted: (valueSet: string) => void,
): string | null {
  const isOpen = type === 'open-choice'
  if (isOpen && answer.name === 'valueString') return null
  if (options.length > 0)
    return options.some((option) => isSame(answer, option)) ? null : 'one of the answers that the question offers'
  if (valueSet === null || answer.name !== 'valueCoding' || !isMembers(answer.value)) return null
  const codes = codesOf(valueSet)
  if (codes === null) {
    unlisted(valueSet)
    return null
  }
  const { system, code } = answer.value
  if (typeof code !== 'string') return 'a code of the value set that the question names'
  return codes.has(typeof system === 'string' ? system : null, code) || (isOpen && system === undefined)
    ? null
    : 'a code of the value set that the question names'
}

/** Codings by system and code, everything else by value. */
export function isSame(a: Option, b: Option): boolean {
  if (a.name.replace(/^value|^answer/, '') !== b.name.replace(/^value|^answer/, '')) return false
  const [left, right] = [a.value, b.value]
  if (!isMembers(left) || !isMembers(right)) return left === right
  if (left.reference !== undefined || right.reference !== undefined) return left.reference === right.reference
  if (left.value !== undefined || right.value !== undefined) return left.value === right.value && left.code === right.code
  return left.system === right.system && left.code === right.code
}

/** Negative, zero or positive; null where the two can not be compared, as 2024 with a day of it. */
export function compareOptions(a: JsonValue, b: JsonValue): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (isMembers(a) && isMembers(b))
    return a.code === b.code && a.value !== undefined && b.value !== undefined ? compareOptions(a.value, b.value) : null
  if (typeof a !== 'string' || typeof b !== 'string') return null
  const [x, y] = [temporalOf(a), temporalOf(b)]
  if (x === null || y === null) return null
  return compareTemporal(x, y)
}

function boundTrouble({ value }: Option, { minValue, maxValue }: Question): string | null {
  if (minValue !== null && (compareOptions(value, minValue.value) ?? 0) < 0)
    return 'a value not below the least one of the question'
  if (maxValue !== null && (compareOptions(value, maxValue.value) ?? 0) > 0)
    return 'a value not above the greatest one of the question'
  return null
}

function contentTrouble({ value }: Option, { maxLength, decimals, units, targets }: Question): string | null {
  if (typeof value === 'string')
    return maxLength !== null && [...value].length > maxLength ? `at most ${maxLength} characters` : null
  if (typeof value === 'number') {
    const places = decimals === null ? null : /\.(\d+)$/.exec(String(value))?.[1]
    return places != null && places.length > (decimals ?? 0) ? `at most ${decimals} decimal places` : null
  }
  if (!isMembers(value)) return null
  if (units.length > 0 && !units.includes(`${String(value.system ?? '')}|${String(value.code ?? '')}`))
    return 'one of the units that the question offers'
  const type =
    typeof value.reference === 'string'
      ? /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:$|\/)/.exec(value.reference)?.[1]
      : undefined
  return targets.length > 0 && type !== undefined && !targets.includes(type) ? `a reference to ${targets.join(' or ')}` : null
}
