/** Exact decimal comparison on digits: `1.10` equals `1.1`, and 5000 is 500 times ten, without binary fractions. */

interface Decimal {
  /** The digits without the point; the number is digits × 10^exponent, and the last digit is not 0 unless the number is. */
  readonly digits: string
  readonly exponent: number
  readonly negative: boolean
}

/** A number as JSON or an old system writes it; null where the text is none. */
export function decimalOf(text: string): Decimal | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!found || ((found[2] ?? '') === '' && (found[3] ?? '') === '')) return null
  const whole = (found[2] ?? '') + (found[3] ?? '')
  const digits = whole.replace(/^0+/, '')
  const trimmed = digits.replace(/0+$/, '')
  if (trimmed === '') return { digits: '0', exponent: 0, negative: false }
  const exponent = Number(found[4] ?? 0) - (found[3] ?? '').length + digits.length - trimmed.length
  return { digits: trimmed, exponent, negative: found[1] === '-' }
}

export function sameDecimal(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.exponent === b.exponent && a.negative === b.negative
}

/** The power of ten between two numbers of the same digits, e.g. 1 from 500 to 5000; null where they differ in more than that. */
export function powerOfTen(from: Decimal, to: Decimal): number | null {
  return from.digits === to.digits && from.negative === to.negative ? to.exponent - from.exponent : null
}

/** The number times a power of ten. */
export function shifted(value: Decimal, power: number): Decimal {
  return value.digits === '0' ? value : { ...value, exponent: value.exponent + power }
}

/** Powers of ten between UCUM units of one dimension that clinical systems swap: grams, litres, moles, metres with their prefixes. */
export function unitPower(from: string, to: string): number | null {
  const a = split(from)
  const b = split(to)
  return a === null || b === null || a.base !== b.base ? null : a.power - b.power
}

const prefixes: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['d', -1],
  ['c', -2],
  ['m', -3],
  ['u', -6],
  ['n', -9],
  ['p', -12],
])

function split(unit: string): { base: string; power: number } | null {
  const found = /^([kdcmunp]?)(g|L|l|mol|m)(\/.+)?$/.exec(unit)
  if (!found) return null
  const base = (found[2] === 'l' ? 'L' : (found[2] ?? '')) + (found[3] ?? '')
  return { base, power: prefixes.get(found[1] ?? '') ?? 0 }
}
