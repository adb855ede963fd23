/** Numbers on bytes against slow plain versions: whole-number arithmetic of any size. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainInteger, isPlainNumber, rangeBytes } from '../../../../src/core/data/checks/bytes/number-bytes.ts'
import { compareDecimals, decimalOf, isMultipleOf } from '../../../../src/core/values/decimal.ts'

const runs = process.env.LONG ? 200_000 : 3000
const encoder = new TextEncoder()
const onBytes = (test: (bytes: Uint8Array, start: number, end: number, flags: number) => boolean, text: string): boolean => {
  const bytes = encoder.encode(`,${text},`)
  return test(bytes, 1, bytes.length - 1, 0)
}
const point = '.'.charCodeAt(0)

/** Sign, digits, point, digits, now and then damaged. */
const numeral = fc
  .tuple(
    fc.constantFrom('', '', '-', '+'),
    fc.bigInt({ min: 0n, max: 10n ** 17n }).map(String),
    fc.option(fc.nat({ max: 999_999 }).map(String)),
    fc.constantFrom('', '', '', '', 'e2', ' ', 'x', '.'),
  )
  .map(
    ([sign, whole, fraction, rest]) =>
      `${sign}${whole.slice(0, 1 + (whole.length % 17))}${fraction === null ? '' : `.${fraction}`}${rest}`,
  )

test('integers and decimals are what their grammar says', () => {
  fc.assert(
    fc.property(
      fc.oneof(numeral, fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', '+', ' ', 'e'), maxLength: 6 })),
      (text) => {
        expect(onBytes(isPlainInteger, text), text).toBe(/^[-+]?\d+$/.test(text))
        expect(onBytes(isPlainNumber(point), text), text).toBe(/^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(text))
      },
    ),
    { numRuns: runs },
  )
})

test('a cell that passes a range keeps it, and one that breaks it never passes', () => {
  let passed = 0
  const limit = fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(0, 1, 3))
    .map(([n, scale]) => `${n}e-${scale}`)
  fc.assert(
    fc.property(
      numeral,
      limit,
      fc.boolean(),
      fc.boolean(),
      fc.option(fc.constantFrom('5', '0.25', '3e-3')),
      (text, bound, isMinimum, exclusive, step) => {
        const value = decimalOf(bound)
        const multiple = step === null ? null : decimalOf(step)
        if (value === null) throw new Error(bound)
        const lowered = rangeBytes([{ value, isMinimum, exclusive }], multiple, point)
        if (lowered === null || !onBytes(lowered, text)) return
        passed++
        const own = decimalOf(text)
        if (own === null) throw new Error(`${text} passed and is no number`)
        const order = isMinimum ? compareDecimals(own, value) : compareDecimals(value, own)
        expect(order > 0 || (order === 0 && !exclusive), `${text} ${isMinimum ? 'from' : 'to'} ${bound}`).toBe(true)
        if (multiple) expect(isMultipleOf(own, multiple), `${text} by ${step}`).toBe(true)
      },
    ),
    { numRuns: runs },
  )
  expect(passed).toBeGreaterThan(runs * 0.05)
})

test('decimals compare as fractions of whole numbers do', () => {
  const part = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 25 }))
  fc.assert(
    fc.property(part, part, ([a, x], [b, y]) => {
      const exact = a * 10n ** BigInt(y) - b * 10n ** BigInt(x)
      const [one, other] = [decimalOf(`${a}e-${x}`), decimalOf(`${b}e-${y}`)]
      if (one === null || other === null) throw new Error('not read')
      expect(Math.sign(compareDecimals(one, other))).toBe(exact < 0n ? -1 : exact > 0n ? 1 : 0)
    }),
    { numRuns: runs },
  )
})

test('tenths add up: 0.3 is at most 0.3', () => {
  const value = decimalOf('0.3')
  if (value === null) throw new Error('not read')
  const test = rangeBytes([{ value, isMinimum: false, exclusive: false }], null, point)
  expect(test && onBytes(test, '0.30')).toBe(true)
  expect(test && onBytes(test, '0.300000000000001')).toBe(false)
})
