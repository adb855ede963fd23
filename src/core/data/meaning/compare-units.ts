/** Two units beside each other: the same, convertible through UCUM or by what is measured, or of another kind. */

import { type Conversion, conversionOf, internationalOf } from './convert-substance.ts'
import { dividedBy, type Fraction, fraction, minus, one, times } from './fraction.ts'
import type { EqualRule } from './rules.ts'
import type { Substance } from './substances.ts'
import { type Unit, unitOf } from './ucum.ts'
import { isGramOrGiga, isMisread, ucumCodeOf } from './unit-spellings.ts'

/** A unit as one side states it: as it is printed, and its code where there is one. */
export interface StatedUnit {
  readonly unit: string
  readonly code: string
}

export type UnitRelation =
  /** `by` null: written alike. */
  | { readonly kind: 'same'; readonly by: EqualRule | null }
  | { readonly kind: 'convertible'; readonly conversion: Conversion }
  /** `unclear`: one of them may be gram or giga, and nothing says which. */
  | { readonly kind: 'lost' | 'appeared' | 'other' | 'unclear' }

const nothing = fraction(0)

/** @param substance what is measured, where its code is known; without it no mass becomes an amount of substance */
export function compareUnits(legacy: StatedUnit, target: StatedUnit, substance: Substance | null = null): UnitRelation {
  if (legacy.code === target.code && legacy.code !== '') return { kind: 'same', by: null }
  const [was, is] = [resolved(legacy), resolved(target)]
  const [without, bare] = [isNone(legacy, was), isNone(target, is)]
  if (without || bare) {
    if (without && bare) return { kind: 'same', by: isEmpty(legacy) && isEmpty(target) ? null : 'no-unit' }
    const number = without ? is : was
    // A percentage beside a plain share is a matter of a factor, not of a unit that went missing.
    if (!(isEmpty(legacy) || isEmpty(target)) && number?.dimension === '' && number.annotation === '')
      return convertible(was ?? plainNumber, is ?? plainNumber)
    if (!(isEmpty(legacy) || isEmpty(target)) && number?.annotation === '') return { kind: 'other' }
    return { kind: without ? 'appeared' : 'lost' }
  }
  if (printedAlike(legacy, target)) return { kind: 'same', by: null }
  if ((substance === null || substance.isCounted) && (isEitherWay(legacy) || isEitherWay(target)))
    return gramOrGiga(legacy, was, is, substance !== null)
  if (referredTo(legacy) !== referredTo(target)) return { kind: 'other' }
  if (was === null || is === null) return wordsAlike(legacy, target) ? { kind: 'same', by: 'unit-spelling' } : { kind: 'other' }
  if (was.annotation !== is.annotation && was.annotation !== '' && is.annotation !== '')
    return { kind: was.annotation.toLowerCase() === is.annotation.toLowerCase() ? 'same' : 'other', by: 'unit-spelling' }
  if (was.dimension !== is.dimension) return otherwise(was, is, substance)
  return capitalsAlone(legacy, target) ? { kind: 'same', by: 'unit-capitals' } : convertible(was, is)
}

/** Units of two dimensions: one measure all the same where it is known what is measured, or where a laboratory prints U for IU. */
function otherwise(was: Unit, is: Unit, substance: Substance | null): UnitRelation {
  const conversion = substance === null ? null : conversionOf(was, is, substance)
  if (conversion !== null) return { kind: 'convertible', conversion }
  const [from, to] = [internationalOf(was) ?? was, internationalOf(is) ?? is]
  if (from.dimension !== to.dimension) return { kind: 'other' }
  const relation = convertible(from, to)
  return relation.kind === 'same' ? { kind: 'same', by: 'unit-international' } : relation
}

/** “G/L” is giga beside a count that legacy states, or where cells are counted. Else nobody can tell: a count of the target alone may be the mistake. */
function gramOrGiga(legacy: StatedUnit, was: Unit | null, is: Unit | null, counted: boolean): UnitRelation {
  if (isEitherWay(legacy) && !counted) return { kind: 'unclear' }
  const giga = unitOf('10*9/L')
  const other = isEitherWay(legacy) ? is : was
  if (giga === null || other?.dimension !== giga.dimension) return { kind: 'unclear' }
  return isEitherWay(legacy) ? convertible(giga, other) : convertible(other, giga)
}

function isEitherWay({ unit, code }: StatedUnit): boolean {
  return isGramOrGiga(code || unit)
}

function convertible(was: Unit, is: Unit): UnitRelation {
  const factor = dividedBy(was.factor, is.factor)
  const offset = dividedBy(minus(was.offset ?? nothing, is.offset ?? nothing), is.factor)
  if (factor.over === factor.under && offset.over === 0n) return { kind: 'same', by: 'unit-spelling' }
  return { kind: 'convertible', conversion: { factor, offset, by: 'unit-converted' } }
}

/** Mega beside milli where only one of them is ever meant; million units of a drug (MU) are. */
function capitalsAlone(legacy: StatedUnit, target: StatedUnit): boolean {
  const [was, is] = [legacy.code || legacy.unit, target.code || target.unit]
  if (was === is || was.toLowerCase() !== is.toLowerCase()) return false
  return [was, is].some((text) => /^M(l|g|m|mol|eq)\b|^M[^/]+\/(d|m|u)?l$/i.test(text) && text.startsWith('M'))
}

const plainNumber: Unit = { dimension: '', factor: one, offset: null, annotation: '' }

/** By the code, else by what is printed; capital letters alone are no other unit where UCUM knows none such. */
function resolved({ unit, code }: StatedUnit): Unit | null {
  for (const text of code === '' ? [unit] : [code, unit]) {
    if (text === '') continue
    const found =
      (text === code && !isMisread(text) ? unitOf(text) : null) ?? unitOf(ucumCodeOf(text)) ?? unitOf(text.toLowerCase())
    if (found !== null) return found
  }
  return null
}

function isEmpty({ unit, code }: StatedUnit): boolean {
  return unit === '' && code === ''
}

/** A pure number: nothing stated, “1”, or an annotation that a scale or a count has in place of a unit. */
function isNone(stated: StatedUnit, unit: Unit | null): boolean {
  if (isEmpty(stated)) return true
  if (unit === null || unit.dimension !== '') return false
  return unit.factor.over === unit.factor.under && !isForm(unit.annotation)
}

/** What a dose is counted in is no bare number: five tablets are not five puffs. */
function isForm(annotation: string): boolean {
  return /tab|tbl|cap|puff|drop|spray|patch|supp|vial|amp|dose|each|pill|sachet|inhal|actuat|appli/i.test(annotation)
}

/**
 * What an amount refers to, where it is written as an annotation: UCUM reads past it, a reader must not.
 * A clearance per 1.73 m² is not the clearance itself, and a D-dimer in FEU is about twice the one in DDU.
 */
function referredTo({ unit, code }: StatedUnit): string {
  for (const text of [code, ucumCodeOf(unit)]) {
    const found = /\{(1\.73_?m2|feu|ddu)\}/i.exec(text)?.[1]
    if (found !== undefined) return found.replace('_', '').toLowerCase()
  }
  return ''
}

function printedAlike(legacy: StatedUnit, target: StatedUnit): boolean {
  if (legacy.code !== '' && target.code !== '') return false
  const printed = target.code || target.unit
  return printed === legacy.unit || printed === legacy.code || (target.unit !== '' && target.unit === legacy.unit)
}

/** Words that are no UCUM, such as “tab” beside “{tab}”. */
function wordsAlike(legacy: StatedUnit, target: StatedUnit): boolean {
  const words = (text: string): string => text.replace(/[{}\s]/g, '').toLowerCase()
  const found = [target.unit, target.code].filter((text) => text !== '').map(words)
  return [legacy.unit, legacy.code].some((text) => text !== '' && found.includes(words(text)))
}

/** The number in the target's unit. */
export function converted(value: Fraction, { factor, offset }: Conversion): Fraction {
  const scaled = times(value, factor)
  return offset.over === 0n
    ? scaled
    : { over: scaled.over * offset.under + offset.over * scaled.under, under: scaled.under * offset.under }
}
