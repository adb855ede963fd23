/** Decimal numbers read, compared and added by their digits, never as floats: 0.1 + 0.2 and twenty-digit identifiers stay what they are. */

export interface Decimal {
  readonly negative: boolean
  /** Digits without leading zeros; empty for zero. */
  readonly digits: string
  /** Value is 0.digits × 10^exponent. */
  readonly exponent: number
}

const form = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,6}))?$/

/** A number as JSON or an old system writes it; null where the text is none. */
export function decimalOf(text: string): Decimal | null {
  const parts = form.exec(text)
  if (!parts) return null
  const whole = parts[2] ?? ''
  const fraction = parts[3] ?? ''
  if (whole === '' && fraction === '') return null
  const all = whole + fraction
  const digits = all.replace(/^0+/, '')
  const exponent = whole.length - (all.length - digits.length) + Number(parts[4] ?? 0)
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? { negative: false, digits: '', exponent: 0 } : { negative: parts[1] === '-', digits: kept, exponent }
}

/** True for `1.10` and `1.1`. */
export function sameDecimal(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.exponent === b.exponent && a.negative === b.negative
}

/** The power of ten between two numbers of the same digits, e.g. 1 from 500 to 5000; null where they differ in more than that. */
export function powerOfTen(from: Decimal, to: Decimal): number | null {
  return from.digits === to.digits && from.negative === to.negative ? to.exponent - from.exponent : null
}

/** The number times a power of ten. */
export function shifted(value: Decimal, power: number): Decimal {
  return value.digits === '' ? value : { ...value, exponent: value.exponent + power }
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const size = compareSizes(a, b)
  return a.negative ? -size : size
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits === b.digits ? 0 : a.digits === '' ? -1 : 1
  if (a.exponent !== b.exponent) return a.exponent - b.exponent
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0
}

/** True where `value` is a whole multiple of `step`, by decimal scaling. */
export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  if (step.digits === '') return false
  const scale = Math.max(0, value.digits.length - value.exponent, step.digits.length - step.exponent)
  if (scale > 400 || value.exponent > 400 || step.exponent > 400) return false
  return scaled(value, scale) % scaled(step, scale) === 0n
}

function scaled(value: Decimal, scale: number): bigint {
  return BigInt(
    (value.digits === '' ? '0' : value.digits) + '0'.repeat(Math.max(0, value.exponent - value.digits.length + scale)),
  )
}
