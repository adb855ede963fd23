/** Two numbers beside each other: equal where the finer one rounds to the coarser one, or where they lie within the stated tolerance. */
import { type Decimal, decimalOf, powerOfTen, sameDecimal } from '../../values/decimal.ts'
import type { Side } from '../model/source.ts'
import { converted } from './compare-units.ts'
import type { Conversion } from './convert-substance.ts'
import { compareFractions, dividedBy, type Fraction, fraction, fractionOf, minus, size, tensOf, times } from './fraction.ts'
import type { EqualRule } from './rules.ts'
import type { Tuning } from './tuning.ts'

export type NumberRelation =
  /** `by` null: the same digits. */
  | { readonly kind: 'equal'; readonly by: EqualRule | null }
  /** The target keeps fewer decimals, and what is left agrees; below 0 the zeros at the end of a whole number. */
  | { readonly kind: 'coarser'; readonly decimals: number }
  /** `tens`: the power of ten between the two; null where they differ in more. */
  | { readonly kind: 'apart'; readonly tens: number | null }

/** What the other numbers of the column tell of one of them. */
export interface ColumnPrecision {
  /** Decimals that a number has at least, also where its zeros were left out. */
  readonly legacy: number
  readonly target: number
  /** Whether the side writes all of them with so few decimals: the target by losing little of a usual one, legacy beside a target that is finer as a rule. */
  readonly isCoarse: (side: Side, decimals: number) => boolean
}

/** @returns null where one of the two is no number */
export function compareNumbers(
  legacy: string,
  target: string,
  tuning: Tuning,
  exact: boolean,
  conversion: Conversion | null = null,
  column: ColumnPrecision | null = null,
): NumberRelation | null {
  const [was, is] = [decimalOf(legacy), decimalOf(target)]
  if (was === null || is === null) return null
  if (conversion === null && sameDecimal(was, is)) return { kind: 'equal', by: legacy === target ? null : 'same-number' }
  const decimals = {
    was: Math.max(decimalsOf(legacy), column?.legacy ?? 0),
    is: Math.max(decimalsOf(target), column?.target ?? 0),
  }
  const isCoarse = (side: Side): boolean => column?.isCoarse(side, side === 'legacy' ? decimals.was : decimals.is) === true
  return relationOf(was, is, decimals.was, decimals.is, isCoarse, tuning, exact, conversion)
}

function relationOf(
  was: Decimal,
  is: Decimal,
  decimalsWas: number,
  decimalsIs: number,
  isColumnCoarse: (side: Side) => boolean,
  tuning: Tuning,
  exact: boolean,
  conversion: Conversion | null,
): NumberRelation {
  const [plain, to] = [fractionOf(was), fractionOf(is)]
  if (plain === null || to === null) return { kind: 'apart', tens: null }
  const from = conversion === null ? plain : converted(plain, conversion)
  const apart = size(minus(from, to))
  const by = conversion?.by ?? 'unit-converted'
  if (apart.over === 0n) return { kind: 'equal', by }
  if (tuning.tolerance !== null && compareFractions(apart, allowed(tuning.tolerance, from)) <= 0)
    return { kind: 'equal', by: 'tolerance' }
  const before = half(tuning.decimals ?? decimalsWas, conversion)
  const after = half(tuning.decimals ?? decimalsIs, null)
  const off: NumberRelation = { kind: 'apart', tens: conversion === null ? powerOfTen(was, is) : tensBetween(from, to) }
  if (off.tens !== null && off.tens !== 0) return off
  if (!tuning.exact && isNoise(from, to, was, is)) return { kind: 'equal', by: conversion === null ? 'floating' : by }
  // A factor that is no power of ten makes digits that no target keeps; a dose is still the dose it was.
  const inexact = conversion !== null && tensOf(conversion.factor) === null
  if (tuning.exact || (exact && !inexact && tuning.decimals === null)) return off
  const legacyIsCoarser = compareFractions(before, after) >= 0
  if (compareFractions(apart, legacyIsCoarser ? before : after) > 0) {
    const zeros = exact || conversion !== null || tuning.decimals !== null ? 0 : roundedZeros(from, to, apart)
    if (zeros > 0) return { kind: 'coarser', decimals: -zeros }
    return { kind: 'apart', tens: nearTens(from, to, before, after) }
  }
  if (conversion !== null) {
    if (exact && compareFractions(apart, half(decimalsIs, null)) > 0) return off
    // A scale with its zero elsewhere knows no shares.
    if (conversion.offset.over === 0n && isLarge(apart, from)) return off
    const keepsLittle = compareFractions(after, times(before, fraction(5))) > 0
    return keepsLittle && !exact ? { kind: 'coarser', decimals: decimalsIs } : { kind: 'equal', by }
  }
  if (tuning.decimals !== null) return { kind: 'equal', by: roundedTo(tuning.decimals) }
  if (isLarge(apart, from) && !isColumnCoarse(legacyIsCoarser ? 'legacy' : 'target')) return off
  return legacyIsCoarser ? { kind: 'equal', by: roundedTo(decimalsWas) } : { kind: 'coarser', decimals: decimalsIs }
}

/** Decimals as written, zeros included: “80.0” says more than “80”. */
export function decimalsOf(text: string): number {
  const found = /^[^.eE]*(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text)
  return Math.max(0, (found?.[1]?.length ?? 0) - Number(found?.[2] ?? 0))
}

/** Half a unit of the last decimal, in the unit of the target. */
function half(decimals: number, conversion: Conversion | null): Fraction {
  const step = fraction(1n, 2n * 10n ** BigInt(Math.min(decimals, 400)))
  return conversion === null ? step : times(step, size(conversion.factor))
}

function allowed({ amount, percent }: NonNullable<Tuning['tolerance']>, from: Fraction): Fraction {
  return percent ? dividedBy(times(size(from), amount), fraction(100)) : amount
}

/** Rounding that takes more than a twentieth of the number away says something else than legacy. */
function isLarge(apart: Fraction, from: Fraction): boolean {
  return compareFractions(times(apart, fraction(20)), size(from)) > 0
}

/** Zeros at the end of a whole number that rounding to so many figures explains: 290612 as 2.9061e5. Four figures have to be left. */
function roundedZeros(from: Fraction, to: Fraction, apart: Fraction): number {
  if (to.over % to.under !== 0n) return 0
  let [zeros, whole] = [0, to.over / to.under]
  for (; whole !== 0n && whole % 10n === 0n; whole /= 10n) zeros++
  const isNear = compareFractions(apart, fraction(10n ** BigInt(zeros), 2n)) <= 0
  return zeros > 0 && isNear && compareFractions(times(apart, fraction(2000)), size(from)) <= 0 ? zeros : 0
}

/** 0.30000000000000004 is what binary floating point makes of 0.3. */
function isNoise(from: Fraction, to: Fraction, was: Decimal, is: Decimal): boolean {
  if (Math.max(was.digits.length, is.digits.length) < 15) return false
  const near = times(size(from), fraction(1n, 10n ** 14n))
  return compareFractions(size(minus(from, to)), near) <= 0
}

/** A power of ten that leads from one to the other as far as their decimals tell; null where there is none, or the number has too few figures to say. */
function nearTens(from: Fraction, to: Fraction, before: Fraction, after: Fraction): number | null {
  if (compareFractions(size(from), times(before, fraction(20))) < 0) return null
  for (const power of [1, -1, 2, -2, 3, -3, 6, -6]) {
    const shift = power > 0 ? fraction(10n ** BigInt(power)) : fraction(1n, 10n ** BigInt(-power))
    const reach = times(before, shift)
    const apart = size(minus(times(from, shift), to))
    if (compareFractions(apart, compareFractions(reach, after) >= 0 ? reach : after) <= 0) return power
  }
  return null
}

function tensBetween(from: Fraction, to: Fraction): number | null {
  if (from.over === 0n || to.over === 0n) return null
  const factor = dividedBy(to, from)
  return tensOf(factor)
}

function roundedTo(decimals: number): EqualRule {
  return decimals === 0
    ? 'rounded-0'
    : decimals === 1
      ? 'rounded-1'
      : decimals === 2
        ? 'rounded-2'
        : decimals === 3
          ? 'rounded-3'
          : 'rounded'
}
