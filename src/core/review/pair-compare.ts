/** One field of two sides: the value the rule asks for beside the value that arrived. Texts are compared before numbers: precision is content. */

import { decodeBase64 } from '../data/crosswalk/base64.ts'
import type { Carried } from '../data/crosswalk/carried.ts'
import { decimalOf, powerOfTen, sameDecimal, shifted, unitPower } from '../data/crosswalk/decimal.ts'
import type { JsonValue } from '../data/record.ts'
import type { Fact } from '../finding.ts'
import { isCut, isDamaged, plain } from './pair-damage.ts'
import { codings, member, textMember } from './pair-elements.ts'

/** What kind of difference it is; the code follows from kind and domain. */
export type Difference =
  | 'changed'
  | 'lost'
  | 'appeared'
  | 'amount'
  | 'unit-lost'
  | 'comparator-lost'
  | 'date-swapped'
  | 'system-lost'
  | 'cut'
  | 'damaged'
  | 'unmapped'

export type Outcome =
  | { readonly cls: 'absent' | 'same' | 'same-after-rule'; readonly words: string | null }
  | {
      readonly cls: 'changed' | 'lost' | 'appeared'
      readonly kind: Difference
      readonly words: string
      readonly facts: readonly Fact[]
    }

const absent: Outcome = { cls: 'absent', words: null }
const same: Outcome = { cls: 'same', words: null }
const afterRule = (words: string | null = null): Outcome => ({ cls: 'same-after-rule', words })
const changed = (kind: Difference, words: string, facts: readonly Fact[] = []): Outcome => ({
  cls: 'changed',
  kind,
  words,
  facts,
})

/** `raw` is the legacy text, `carried` what the rule makes of it, `values` everything at the target path. */
export function compareField(raw: string, carried: Carried | null, rule: string, values: readonly JsonValue[]): Outcome {
  const filled = values.includes('') ? values.filter((value) => value !== '') : values
  if (carried === null)
    return filled.length === 0
      ? absent
      : { cls: 'appeared', kind: 'appeared', words: 'Filled in the target, not recorded in legacy.', facts: [] }
  if (filled.length === 0) return { cls: 'lost', kind: 'lost', words: 'Recorded in legacy, empty in the target.', facts: [] }
  switch (carried.kind) {
    case 'text':
      return compareText(raw, carried.text, rule === 'base64' ? filled.map(attachmentText) : filled.map(scalarText))
    case 'date':
      return compareDate(raw, carried.text, carried.swapped, filled.map(scalarText))
    case 'code':
      return compareCode(raw, carried, filled)
    case 'quantity':
      return compareQuantity(carried, filled[0] ?? null)
    case 'unmapped':
      return filled.some((value) => shownText(value) === carried.text)
        ? afterRule('kept as text')
        : changed('unmapped', `No rule covers the legacy value: ${carried.why}.`)
    case 'reference':
      return absent
  }
}

function compareText(raw: string, expected: string, found: readonly string[]): Outcome {
  if (found.includes(expected)) return expected === raw || plain(expected) === plain(raw) ? same : afterRule()
  const wanted = plain(expected)
  if (found.some((text) => plain(text) === wanted)) return wanted === plain(raw) ? same : afterRule()
  const [first = ''] = found
  if (isDamaged(wanted, first)) return changed('damaged', 'Its accented letters were read in another encoding.')
  if (isCut(wanted, first))
    return changed('cut', `It ends after ${first.length} of ${wanted.length} characters.`, [
      { name: 'characters in legacy', value: wanted.length, unit: 'characters' },
      { name: 'characters in target', value: first.length, unit: 'characters' },
    ])
  return changed('changed', 'The text is another.')
}

function compareDate(raw: string, expected: string, swapped: string | null, found: readonly string[]): Outcome {
  if (found.some((text) => sameMoment(expected, text))) return found.includes(raw) ? same : afterRule()
  const [first = ''] = found
  if (swapped !== null && found.some((text) => sameMoment(swapped, text)))
    return changed('date-swapped', 'Day and month changed places.')
  if (first.startsWith(expected) || expected.startsWith(first)) {
    const finer = first.length > expected.length
    return changed('changed', finer ? 'More exact than legacy: the missing part was made up.' : 'Less exact than legacy.')
  }
  return changed('changed', 'Another date.')
}

/** Equal as text, or the same instant written with another zone (FHIR dateTime). */
function sameMoment(expected: string, found: string): boolean {
  if (expected === found) return true
  if (expected.length < 16 || found.length < 16) return false
  if (!/(Z|[+-]\d\d:\d\d)$/.test(expected)) return expected.slice(0, 16) === found.slice(0, 16)
  const a = Date.parse(expected)
  return !Number.isNaN(a) && a === Date.parse(found)
}

function compareCode(
  raw: string,
  expected: { readonly system: string; readonly code: string },
  found: readonly JsonValue[],
): Outcome {
  const [only] = found
  const all = found.length === 1 ? codings(only) : found.flatMap(codings)
  const match = all.some(({ system, code }) => code === expected.code && (expected.system === '' || system === expected.system))
  if (match) return expected.system === '' && raw === expected.code ? same : afterRule()
  if (all.some(({ system, code }) => code === expected.code && system === ''))
    return changed('system-lost', 'The code is there, its code system is not.')
  if (all.length === 0 && found.some((value) => textMember(value, 'text') !== ''))
    return changed('system-lost', 'The code became free text.')
  return changed('changed', 'Another code.')
}

function compareQuantity(expected: Extract<Carried, { kind: 'quantity' }>, found: JsonValue): Outcome {
  const value = textMember(found, 'value')
  const code = textMember(found, 'code')
  const unit = textMember(found, 'unit')
  const comparator = textMember(found, 'comparator')
  const legacyNumber = decimalOf(expected.value)
  const number = decimalOf(value)
  if (!legacyNumber || !number) return { cls: 'lost', kind: 'lost', words: 'The number did not arrive.', facts: [] }
  if (expected.unit !== '' && code === '' && unit === '') return changed('unit-lost', 'The number arrived without its unit.')
  if (comparator !== expected.comparator)
    return expected.comparator !== '' && comparator === ''
      ? changed('comparator-lost', `The “${expected.comparator}” before the number is gone.`)
      : changed('amount', `The sign before the number is “${comparator}”, in legacy “${expected.comparator}”.`)
  const sameUnit =
    code === expected.code || (code === '' && unit === expected.unit) || (expected.unit === '' && (code === '1' || code === ''))
  const power = sameUnit ? 0 : unitPower(expected.code, code === '' ? unit : code)
  if (power === null) return changed('amount', 'Another unit, and no fixed factor between the two.')
  const wanted = shifted(legacyNumber, power)
  if (sameDecimal(wanted, number)) {
    if (power !== 0) return afterRule(`unit converted, ${expected.unit} to ${unit || code}`)
    return afterRule(value === expected.value ? null : 'number written differently')
  }
  const tens = powerOfTen(wanted, number)
  if (tens === null) return changed('amount', 'Another amount.', [])
  const factor = tens > 0 ? `1${'0'.repeat(tens)}` : `0.${'0'.repeat(-tens - 1)}1`
  return changed('amount', tens > 0 ? `${factor} times the amount of legacy.` : `${factor} of the amount of legacy.`, [
    { name: 'factor', value: Number(factor) },
  ])
}

function scalarText(value: JsonValue): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : shownText(value)
}

function attachmentText(value: JsonValue): string {
  const bytes = typeof value === 'string' ? decodeBase64(value) : null
  return bytes === null ? '' : new TextDecoder('utf-8').decode(bytes)
}

/** A value as a reader sees it: text or display before code, number with unit. */
export function shownText(value: JsonValue, rule = ''): string {
  if (rule === 'base64') return attachmentText(value)
  if (typeof value !== 'object' || value === null) return value === null ? '' : String(value)
  const text = textMember(value, 'text') || textMember(value, 'display')
  if (member(value, 'value') !== undefined) {
    const number = `${textMember(value, 'comparator')}${textMember(value, 'value')}`
    return `${number} ${textMember(value, 'unit') || textMember(value, 'code')}`.trim()
  }
  const [first] = codings(value)
  const words = text || first?.display || ''
  if (!first || typeof member(value, 'coding') === 'undefined') return words || first?.code || JSON.stringify(value)
  return words === '' || words === first.code ? first.code : `${words} (${first.code})`
}
