/** Exact fractions: decimals and factors of units as two whole numbers, so that no binary rounding comes in between. */
import type { Decimal } from '../../values/decimal.ts'

export interface Fraction {
  readonly over: bigint
  /** Always positive. */
  readonly under: bigint
}

export const one: Fraction = { over: 1n, under: 1n }

export function fraction(over: bigint | number, under: bigint | number = 1n): Fraction {
  return { over: BigInt(over), under: BigInt(under) }
}

/** Null where the exponent is beyond any measure. */
export function fractionOf({ negative, digits, exponent }: Decimal): Fraction | null {
  const power = exponent - digits.length
  if (Math.abs(power) > 400 || digits.length > 400) return null
  const whole = BigInt(digits === '' ? '0' : digits) * (negative ? -1n : 1n)
  return power >= 0 ? { over: whole * 10n ** BigInt(power), under: 1n } : { over: whole, under: 10n ** BigInt(-power) }
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under }
}

export function dividedBy(a: Fraction, b: Fraction): Fraction {
  const under = a.under * b.over
  return under < 0n ? { over: -a.over * b.under, under: -under } : { over: a.over * b.under, under }
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under - b.over * a.under, under: a.under * b.under }
}

export function size({ over, under }: Fraction): Fraction {
  return { over: over < 0n ? -over : over, under }
}

/** Below 0 where a is less than b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const [left, right] = [a.over * b.under, b.over * a.under]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The power of ten that the fraction is; null where it is none. */
export function tensOf(value: Fraction): number | null {
  if (value.over <= 0n) return null
  let [over, under] = [value.over, value.under]
  for (let power = 0; power < 60; power++) {
    if (over === under) return power
    if (over > under) under *= 10n
    else break
  }
  ;[over, under] = [value.over, value.under]
  for (let power = 0; power > -60; power--) {
    if (over === under) return power
    over *= 10n
  }
  return null
}
