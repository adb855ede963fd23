/** One field of two sides: the value the rule asks for beside the value that arrived. Texts are compared before numbers: precision is content. */

import type { Fact } from '../../finding.ts'
import { decimalOf, powerOfTen, sameDecimal, shifted } from '../checks/decimal.ts'
import { decodeBase64 } from '../crosswalk/base64.ts'
import type { Carried } from '../crosswalk/carried.ts'
import { unitPower } from '../crosswalk/unit-power.ts'
import type { JsonValue } from '../record.ts'
import { isCut, isDamaged, plain } from './damage.ts'
import { codings, member, textMember } from './elements.ts'
import { momentRelation } from './moment.ts'
import { nullReason } from './null-reason.ts'

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
  | 'zeros-lost'
  | 'null-reason'
  | 'serial-date'
  | 'time-shifted'

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
  if (filled.length === 0)
    return nullReason(raw) === null
      ? { cls: 'lost', kind: 'lost', words: 'Recorded in legacy, empty in the target.', facts: [] }
      : changed('null-reason', 'Legacy says why nothing is recorded; the target only that nothing is.')
  const number = carried.kind === 'text' || carried.kind === 'number' ? null : serialOf(carried, filled)
  if (number !== null) return number
  switch (carried.kind) {
    case 'text':
      return compareText(raw, carried.text, rule === 'base64' ? filled.map(attachmentText) : filled.map(scalarText))
    case 'number':
      return compareNumber(raw, carried.text, filled.map(scalarText))
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
  if (/^[<>]/.test(expected) && found.includes(expected.replace(/^[<>]=?\s*/, '')))
    return changed('comparator-lost', `The “${expected.charAt(0)}” before the number is gone.`)
  if (expected.startsWith('0') && found.includes(expected.replace(/^0+(?=.)/, '')))
    return changed('zeros-lost', 'Its leading zeros are gone.')
  if (isSerialDate(expected, first)) return changed('serial-date', serialWords)
  const [was, is] = [nullReason(expected), nullReason(first)]
  if (was !== null && is !== null && was !== is)
    return changed('null-reason', `“${was}” in legacy became “${is}”: another reason why nothing is recorded.`)
  return changed('changed', expected.toLowerCase() === first.toLowerCase() ? 'Only its case is another.' : 'The text is another.')
}

function compareNumber(raw: string, expected: string, found: readonly string[]): Outcome {
  if (found.includes(expected)) return raw === expected ? same : afterRule()
  const [wanted, got] = [decimalOf(expected), decimalOf(found[0] ?? '')]
  if (wanted && got && sameDecimal(wanted, got)) return afterRule('number written differently')
  const tens = wanted && got ? powerOfTen(wanted, got) : null
  return changed('amount', 'Another number.', tens === null ? [] : [{ name: 'factor', value: 10 ** tens }])
}

const serialWords = 'A spreadsheet turned the date into its serial number.'

/** A day count of a spreadsheet (1900 or 1904 system) where a date should stand. */
function isSerialDate(expected: string, found: string): boolean {
  if (!/^[2-5]\d{4}(\.\d+)?$/.test(found) || !/^\d{4}-\d\d-\d\d/.test(expected)) return false
  const days = Math.round(Date.parse(`${expected.slice(0, 10)}T00:00:00Z`) / 86_400_000)
  const serial = Math.floor(Number(found))
  return serial === days + 25_569 || serial === days + 24_107
}

function serialOf(carried: Carried, values: readonly JsonValue[]): Outcome | null {
  if (carried.kind !== 'date') return null
  return values.some((value) => isSerialDate(carried.text, scalarText(value))) ? changed('serial-date', serialWords) : null
}

function compareDate(raw: string, expected: string, swapped: string | null, found: readonly string[]): Outcome {
  const relations = found.map((text) => momentRelation(expected, text))
  if (relations.includes('same')) return found.includes(raw) ? same : afterRule()
  const relation = relations.find((one) => one !== null)
  if (relation === 'zone-made-up') return changed('changed', 'It states a time zone that legacy and its rule do not.')
  if (relation === 'zone-lost') return changed('changed', 'Its time zone is gone.')
  if (relation) return changed('changed', relation === 'more-exact' ? moreExact : 'Less exact than legacy.')
  const [first = ''] = found
  if (swapped !== null && found.some((text) => momentRelation(swapped, text) === 'same'))
    return changed('date-swapped', 'Day and month changed places.')
  const hours = hoursBetween(expected, first)
  if (hours !== null)
    return changed('time-shifted', `${Math.abs(hours)} hours ${hours > 0 ? 'later' : 'earlier'} than legacy.`, [
      { name: 'hours', value: hours },
    ])
  if (first.startsWith(expected) || expected.startsWith(first)) {
    const finer = first.length > expected.length
    return changed('changed', finer ? moreExact : 'Less exact than legacy.')
  }
  const days = daysBetween(expected, first)
  return changed('changed', 'Another date.', days === null ? [] : [{ name: 'days', value: days }])
}

const moreExact = 'More exact than legacy: the missing part was made up.'

/** Whole hours or half hours, up to 14, from one time to the other: what a wrong time zone makes. */
function hoursBetween(expected: string, found: string): number | null {
  if (expected.length < 16 || found.length < 16) return null
  const zoned = (text: string): string => (/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`).replace(' ', 'T')
  const [from, to] = /(Z|[+-]\d\d:\d\d)$/.test(expected) ? [expected, found] : [expected, found.replace(/(Z|[+-]\d\d:\d\d)$/, '')]
  const hours = (Date.parse(zoned(to)) - Date.parse(zoned(from))) / 3_600_000
  return Number.isInteger(hours * 2) && hours !== 0 && Math.abs(hours) <= 14 ? hours : null
}

function daysBetween(expected: string, found: string): number | null {
  if (!/^\d{4}-\d\d-\d\d/.test(expected) || !/^\d{4}-\d\d-\d\d/.test(found)) return null
  const days = (Date.parse(`${found.slice(0, 10)}T00:00:00Z`) - Date.parse(`${expected.slice(0, 10)}T00:00:00Z`)) / 86_400_000
  return Number.isFinite(days) ? days : null
}

function compareCode(
  raw: string,
  expected: { readonly system: string; readonly code: string; readonly display: string },
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
  if (expected.system !== '' || expected.code !== raw)
    if (found.some((value) => typeof value === 'string' && value !== '' && (value === raw || value === expected.display)))
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
  const states = expected.unit !== '' || expected.code !== ''
  if (!states && (code || unit) !== '' && code !== '1')
    return changed('changed', `It has the unit “${unit || code}”; legacy and its rule state none.`)
  const sameUnit = !states || isSameUnit(expected, code, unit)
  const power = sameUnit ? 0 : unitPower(expected.code || expected.unit, code || unit)
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

/** A unit is its code; where a side has none, its printed form. Two missing codes say nothing. */
function isSameUnit(expected: { readonly unit: string; readonly code: string }, code: string, unit: string): boolean {
  if (expected.code !== '' && code !== '') return code === expected.code
  const printed = code || unit
  return printed === expected.unit || printed === expected.code || (unit !== '' && unit === expected.unit)
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
