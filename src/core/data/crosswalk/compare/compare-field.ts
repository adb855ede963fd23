/** One field of two sides: the value the rule asks for beside the value that arrived, compared by meaning. */

import type { Fact } from '../../../finding.ts'
import { decodeBase64 } from '../../../values/base64.ts'
import { systemOf } from '../../meaning/code-systems.ts'
import { type CodeKind, compareCodes } from '../../meaning/compare-codes.ts'
import { type ColumnPrecision, compareNumbers, type NumberRelation } from '../../meaning/compare-numbers.ts'
import { compareTexts, plain, shortened } from '../../meaning/compare-texts.ts'
import { compareTimes, noZones, type SideZones, type TimeRelation } from '../../meaning/compare-times.ts'
import { compareUnits, type StatedUnit } from '../../meaning/compare-units.ts'
import type { Conversion } from '../../meaning/convert-substance.ts'
import { type EqualRule, ruleName } from '../../meaning/rules.ts'
import type { Substance } from '../../meaning/substances.ts'
import { asMeant, type Tuning } from '../../meaning/tuning.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonValue } from '../../model/record.ts'
import { codings, member, textMember } from '../plan/elements.ts'
import { isCut, isDamaged } from './damage.ts'
import { nullReason } from './null-reason.ts'

/** What kind of difference it is; the code follows from kind and domain. */
export type Difference =
  | 'changed'
  | 'lost'
  | 'appeared'
  | 'amount'
  | 'unit-lost'
  | 'unit-changed'
  | 'comparator-lost'
  | 'date-swapped'
  | 'date-shifted'
  | 'system-lost'
  | 'system-changed'
  | 'cut'
  | 'damaged'
  | 'unmapped'
  | 'zeros-lost'
  | 'null-reason'
  | 'serial-date'
  | 'time-shifted'
  | 'less-precise'

export type Outcome =
  | { readonly cls: 'absent'; readonly words: null }
  /** `by`: the rule that made them equal; null where they are written alike or the rule of the field map is all there is to say. */
  | { readonly cls: 'same' | 'same-after-rule'; readonly words: string | null; readonly by: EqualRule | null }
  | {
      readonly cls: 'changed' | 'lost' | 'appeared'
      readonly kind: Difference
      readonly words: string
      readonly facts: readonly Fact[]
    }

/** How the values of one field are compared. */
export interface Comparing {
  readonly rule: string
  readonly tuning: Tuning
  readonly zones: SideZones
  /** Numbers that are doses: no rounding. */
  readonly doses: boolean
  /** The field holds a unit as text. */
  readonly isUnit: boolean
  /** The field holds the name or address of a code system. */
  readonly isSystem: boolean
  /** The units of a number, where other fields hold them. */
  readonly beside: { readonly legacy: StatedUnit; readonly target: StatedUnit } | null
  /** What is measured, where the record's code says it. */
  readonly substance: Substance | null
  /** What its codes name, where the element says it. */
  readonly codes: CodeKind | null
  /** Another field holds the sign before the number. */
  readonly isSignElsewhere: boolean
  /** What the other numbers of the column tell; null where it is not known, or not asked for yet. */
  readonly column: ColumnPrecision | null
}

/** By meaning, without anything that is assumed. */
export function plainly(rule: string): Comparing {
  return {
    rule,
    tuning: asMeant,
    zones: noZones,
    doses: false,
    isUnit: false,
    isSystem: false,
    beside: null,
    substance: null,
    codes: null,
    isSignElsewhere: false,
    column: null,
  }
}

const absent: Outcome = { cls: 'absent', words: null }
const same: Outcome = { cls: 'same', words: null, by: null }
const carriedOut: Outcome = { cls: 'same-after-rule', words: null, by: null }
const equal = (by: EqualRule, words = ruleName(by)): Outcome => ({ cls: 'same-after-rule', words, by })
const changed = (kind: Difference, words: string, facts: readonly Fact[] = []): Outcome => ({
  cls: 'changed',
  kind,
  words,
  facts,
})

/** `raw` is the legacy text, `carried` what the rule makes of it, `values` everything at the target path. */
export function compareField(raw: string, carried: Carried | null, values: readonly JsonValue[], how: Comparing): Outcome {
  const filled = values.includes('') ? values.filter((value) => value !== '') : values
  if (carried === null) {
    if (filled.length === 0) return absent
    if (how.isUnit && isSameUnit('', filled, null)) return equal('no-unit')
    return { cls: 'appeared', kind: 'appeared', words: 'Filled in the target, not recorded in legacy.', facts: [] }
  }
  if (filled.length === 0) {
    const unit = carried.kind === 'text' ? carried.text : carried.kind === 'code' ? carried.code : null
    if (how.isUnit && unit !== null)
      return isSameUnit(unit, [], null) ? equal('no-unit') : changed('unit-lost', 'The number arrived without its unit.')
    return nullReason(raw) === null
      ? { cls: 'lost', kind: 'lost', words: 'Recorded in legacy, empty in the target.', facts: [] }
      : changed('null-reason', 'Legacy says why nothing is recorded; the target only that nothing is.')
  }
  switch (carried.kind) {
    case 'text':
      return compareText(raw, carried.text, filled, how)
    case 'number':
      return compareNumber(raw, carried.text, filled, how)
    case 'date':
      return compareDate(raw, carried.text, carried.swapped, filled.map(scalarText), how)
    case 'code':
      return compareCode(raw, carried, filled, how)
    case 'quantity':
      return compareQuantity(carried, filled[0] ?? null, how)
    case 'unmapped':
      return filled.some((value) => shownText(value) === carried.text)
        ? { cls: 'same-after-rule', words: 'kept as text', by: null }
        : changed('unmapped', `No rule covers the legacy value: ${carried.why}.`)
    case 'reference':
      return absent
  }
}

function compareText(raw: string, expected: string, values: readonly JsonValue[], how: Comparing): Outcome {
  const found = how.rule === 'base64' ? values.map(attachmentText) : values.map(scalarText)
  // The same figures in another unit are another amount.
  if (conversionOf(how) !== null && [expected, ...found].every((text) => plainNumber.test(text)))
    return compareNumber(raw, expected, values, how)
  if (found.includes(expected)) return expected === raw ? same : carriedOut
  const { tuning } = how
  for (const text of found) {
    const by = compareTexts(expected, text, tuning.exact, tuning.anyCase)
    if (by === undefined || by === null) continue
    return by === 'text-lines' ? (compareTexts(expected, raw, true, false) === undefined ? carriedOut : same) : equal(by)
  }
  if (how.isSystem && !tuning.exact && found.some((text) => systemOf(text) === systemOf(expected))) return equal('code-alias')
  if (how.isUnit && !tuning.exact && isSameUnit(expected, found, how.substance)) return equal('unit-spelling')
  if (how.isUnit) return isUnclearUnit(expected, found, how.substance) ? whichGiga : otherUnit
  const [value = null] = values
  const [first = ''] = found
  const meant =
    typeof value === 'object' || how.rule === 'base64'
      ? null
      : (asTime(raw, expected, found, how) ?? asNumber(raw, expected, value, how))
  if (meant !== null) return meant
  if (isDamaged(plain(expected), first)) return changed('damaged', 'Its accented letters were read in another encoding.')
  if (isCut(shortened(expected), shortened(first)))
    return changed('cut', `It ends after ${first.length} of ${expected.length} characters.`, [
      { name: 'characters in legacy', value: expected.length, unit: 'characters' },
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

const plainNumber = /^[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?$/

/** One comma before three figures: a decimal mark or a thousand, and the target does not say which. */
const ambiguousComma = /^[+-]?[1-9]\d{0,2},\d{3}$/

const otherUnit = changed('unit-changed', 'The unit is another.')
const whichGiga = changed('unit-changed', '“G/L” is gram or giga per litre: say which by a value map of units.')

/** Copied dates are compared as dates: both have to look like one, with a month at least. */
function asTime(raw: string, expected: string, found: readonly string[], how: Comparing): Outcome | null {
  const looks = (text: string): boolean => /^\d{4}-\d\d(?:$|-\d\d)/.test(text)
  return looks(expected) && found.some(looks) ? compareDate(raw, expected, null, found, how) : null
}

/** Copied numbers are compared as numbers where the target says that it is one, or both have decimals; anything else may be a number of a thing. */
function asNumber(raw: string, expected: string, value: JsonValue, how: Comparing): Outcome | null {
  const isPlain = (text: string): boolean => /^[+-]?(?:0|[1-9]\d*)?[.,]\d+(?:[eE][+-]?\d+)?$/.test(text)
  const isWritten = (text: string): boolean => /^[+-]?(?:0|[1-9]\d*)?(?:[.,]\d+)?$/.test(text)
  if (typeof value === 'number') {
    const text = /^[+-]?\d+,\d+$/.test(expected) ? expected.replace(',', '.') : expected
    if (!plainNumber.test(text)) return null
    return ambiguousComma.test(expected) ? whichComma : compareNumber(raw, text, [value], how)
  }
  const found = typeof value === 'string' ? value : ''
  if (!isPlain(expected) && !isPlain(found)) return null
  if (!isWritten(expected) || !isWritten(found)) return null
  if (ambiguousComma.test(expected) !== ambiguousComma.test(found)) return whichComma
  return compareNumber(raw, expected.replace(',', '.'), [found.replace(',', '.')], how)
}

const whichComma = changed('amount', 'A decimal comma or a thousand: say which by the rule number-format with decimal=….')

function compareNumber(raw: string, expected: string, values: readonly JsonValue[], how: Comparing): Outcome {
  const found = values.map(scalarText)
  const conversion = conversionOf(how)
  if (conversion === null && found.includes(expected)) return raw === expected ? same : carriedOut
  const relations = found.map((text) => compareNumbers(expected, text, how.tuning, how.doses, conversion, how.column))
  const best = relations.find((one) => one?.kind === 'equal') ?? relations.find((one) => one?.kind === 'coarser') ?? relations[0]
  if (best === null || best === undefined) return changed('amount', 'Another number.')
  const outcome = outcomeOf(best, 'Another number.')
  if (outcome.cls !== 'changed' || conversion === null || how.beside === null) return outcome
  const { legacy, target } = how.beside
  const words = outcome.words.replace(/\.$/, '')
  return { ...outcome, words: `${words}: its unit ${legacy.unit || legacy.code} became ${target.unit || target.code}.` }
}

/** The conversion that the units beside a number ask for; null where they ask for none. */
export function conversionOf({ beside, tuning, substance }: Comparing): Conversion | null {
  if (beside === null || tuning.exact) return null
  const relation = compareUnits(beside.legacy, beside.target, substance)
  return relation.kind === 'convertible' ? relation.conversion : null
}

function outcomeOf(relation: NumberRelation, words: string): Outcome {
  if (relation.kind === 'equal') return relation.by === null ? same : equal(relation.by)
  if (relation.kind === 'coarser')
    return changed(
      'less-precise',
      relation.decimals < 0
        ? `Rounded to ${relation.decimals === -1 ? 'tens' : `a multiple of 1${'0'.repeat(-relation.decimals)}`}.`
        : relation.decimals === 0
          ? 'Rounded to a whole number.'
          : `Rounded to ${relation.decimals} decimals.`,
    )
  const { tens } = relation
  if (tens === null || tens === 0) return changed('amount', words)
  const factor = tens > 0 ? `1${'0'.repeat(tens)}` : `0.${'0'.repeat(-tens - 1)}1`
  return changed('amount', tens > 0 ? `${factor} times the amount of legacy.` : `${factor} of the amount of legacy.`, [
    { name: 'factor', value: Number(factor) },
  ])
}

const serialWords = 'A spreadsheet turned the date into its serial number.'

/** A day count of a spreadsheet (1900 or 1904 system) where a date should stand. */
function isSerialDate(expected: string, found: string): boolean {
  if (!/^[2-5]\d{4}(\.\d+)?$/.test(found) || !/^\d{4}-\d\d-\d\d/.test(expected)) return false
  const days = Math.round(Date.parse(`${expected.slice(0, 10)}T00:00:00Z`) / 86_400_000)
  const serial = Math.floor(Number(found))
  return serial === days + 25_569 || serial === days + 24_107
}

function compareDate(raw: string, expected: string, swapped: string | null, found: readonly string[], how: Comparing): Outcome {
  if (found.includes(expected)) return raw === expected ? same : carriedOut
  if (how.tuning.exact) return changed('changed', 'It is not written as the rule writes it.')
  if (found.some((text) => isSerialDate(expected, text))) return changed('serial-date', serialWords)
  const { legacyZone, targetZone } = how.tuning
  const zones =
    legacyZone === null && targetZone === null
      ? how.zones
      : { legacy: legacyZone ?? how.zones.legacy, target: targetZone ?? how.zones.target }
  // A rule that keeps the day of a time drops what the target may well state; the legacy text still has it.
  const relations = (raw === expected ? [expected] : [expected, raw]).flatMap((text) =>
    found.map((one) => compareTimes(text, one, zones)),
  )
  const best = relations.find((one) => one?.kind === 'equal') ?? relations.find((one) => one?.kind === 'coarser') ?? relations[0]
  if (best?.kind === 'equal') return equal(best.by)
  if (best?.kind === 'coarser') return changed('less-precise', `The target lost ${best.lost}.`)
  if (swapped !== null && found.some((text) => compareTimes(swapped, text, zones)?.kind === 'equal'))
    return changed('date-swapped', 'Day and month changed places.')
  return shiftOf(best ?? null)
}

const day = 86_400

function shiftOf(relation: TimeRelation | null): Outcome {
  if (relation?.kind !== 'apart') return changed('changed', 'Another date.')
  const { seconds } = relation
  const hours = seconds / 3600
  const to = seconds > 0 ? 'later' : 'earlier'
  if (Number.isInteger(hours * 2) && Math.abs(hours) <= 14)
    return changed('time-shifted', `${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'} ${to} than legacy.`, [
      { name: 'hours', value: hours },
    ])
  // A night on which the clock changes is an hour shorter or longer.
  const days = Math.round(seconds / day)
  if (days === 0 || Math.abs(seconds - days * day) > 3600) return changed('changed', `Another time, ${to} than legacy.`)
  return changed('date-shifted', `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${to} than legacy.`, [
    { name: 'days', value: days },
  ])
}

function compareCode(
  raw: string,
  expected: { readonly system: string; readonly code: string; readonly display: string },
  found: readonly JsonValue[],
  { rule, tuning, isUnit, substance, codes }: Comparing,
): Outcome {
  const [only] = found
  const all = found.length === 1 ? codings(only) : found.flatMap(codings)
  // A plain element has no place for a code system: the element says it.
  const isPlain = found.some((value) => typeof value !== 'object' && String(value) === expected.code)
  const relation = isPlain ? ({ kind: 'equal', by: null } as const) : compareCodes(expected, all, tuning.exact, codes)
  if (relation.kind === 'equal') {
    if (relation.by !== null) return equal(relation.by)
    return expected.system === '' && raw === expected.code ? same : equal(rule === 'value-map' ? 'code-map' : 'code-system')
  }
  // A unit is its own code system: the code of another unit is no text.
  if (isUnit && all.every(({ system }) => system === ''))
    return !tuning.exact && isSameUnit(expected.code, found, substance) ? equal('unit-spelling') : otherUnit
  if (relation.kind === 'without-system') return changed('system-lost', 'The code is there, its code system is not.')
  if (relation.kind === 'other-system') return changed('system-changed', 'The code is there, under another code system.')
  if (all.length === 0 && found.some((value) => textMember(value, 'text') !== ''))
    return changed('system-lost', 'The code became free text.')
  if (expected.system !== '' || expected.code !== raw)
    if (found.some((value) => typeof value === 'string' && value !== '' && (value === raw || value === expected.display)))
      return changed('system-lost', 'The code became free text.')
  return changed('changed', 'Another code.')
}

function compareQuantity(expected: Extract<Carried, { kind: 'quantity' }>, found: JsonValue, how: Comparing): Outcome {
  const scalar = typeof found !== 'object'
  const value = scalar ? String(found) : textMember(found, 'value')
  const comparator = scalar && how.isSignElsewhere ? expected.comparator : textMember(found, 'comparator')
  const target = { unit: textMember(found, 'unit'), code: textMember(found, 'code') }
  const numbers = compareNumbers(expected.value, value, how.tuning, how.doses, null, how.column)
  if (numbers === null) return { cls: 'lost', kind: 'lost', words: 'The number did not arrive.', facts: [] }
  const legacy = expected.unit === '' && expected.code === '' && how.beside ? how.beside.legacy : expected
  const units = scalar ? ({ kind: 'same', by: null } as const) : compareUnits(legacy, target, how.substance)
  if (units.kind === 'lost') return changed('unit-lost', 'The number arrived without its unit.')
  if (comparator !== expected.comparator)
    return expected.comparator !== '' && comparator === ''
      ? changed('comparator-lost', `The “${expected.comparator}” before the number is gone.`)
      : changed('amount', `The sign before the number is “${comparator}”, in legacy “${expected.comparator}”.`)
  if (units.kind === 'appeared')
    return changed('changed', `It has the unit “${target.unit || target.code}”; legacy and its rule state none.`)
  if (units.kind === 'unclear') return whichGiga
  if (units.kind === 'other' || (units.kind === 'convertible' && how.tuning.exact))
    return changed('unit-changed', 'Another unit, and no known factor between the two.')
  const relation =
    units.kind === 'convertible'
      ? (compareNumbers(expected.value, value, how.tuning, how.doses, units.conversion) ?? numbers)
      : numbers
  if (relation.kind === 'equal') {
    if (units.kind === 'convertible')
      return equal(
        units.conversion.by,
        `${ruleName(units.conversion.by)}, ${legacy.unit || legacy.code} to ${target.unit || target.code}`,
      )
    return relation.by !== null ? equal(relation.by) : units.kind === 'same' && units.by !== null ? equal(units.by) : carriedOut
  }
  return outcomeOf(relation, 'Another amount.')
}

function isSameUnit(legacy: string, found: readonly JsonValue[], substance: Substance | null): boolean {
  return unitRelations(legacy, found, substance).includes('same')
}

function isUnclearUnit(legacy: string, found: readonly JsonValue[], substance: Substance | null): boolean {
  return unitRelations(legacy, found, substance).includes('unclear')
}

function unitRelations(legacy: string, found: readonly JsonValue[], substance: Substance | null) {
  const texts = found.length === 0 ? [''] : found.map((one) => scalarText(one))
  return texts.map((text) => compareUnits({ unit: legacy, code: '' }, { unit: text, code: '' }, substance).kind)
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
