/** Check digits against the numbers of their authors, and against slow versions written from the definitions. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dihedral, luhn, mod97, nhs, verhoeff } from '../../../../src/core/data/checks/bytes/check-digits.ts'

const runs = Number(process.env.LONG ?? 1) > 1 ? 20_000 : 1000
const encoder = new TextEncoder()
const passes = (test: typeof luhn, digits: string): boolean => test(encoder.encode(digits), 0, digits.length)
const digitsOf = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((digits) => digits.join(''))

test('numbers that their definitions give as examples', () => {
  expect(passes(luhn, '79927398713')).toBe(true)
  expect(passes(nhs, '9434765919')).toBe(true)
  expect(passes(nhs, '4010232137')).toBe(true)
  expect(passes(mod97, '79444')).toBe(true)
  expect(passes(verhoeff, '2363')).toBe(true)
  expect(passes(verhoeff, '1234567891')).toBe(false)
})

test('exactly one last digit passes, or none where the NHS issues none', () => {
  fc.assert(
    fc.property(digitsOf(9, 9), (body) => {
      const fitting = (test: typeof luhn): number => [...'0123456789'].filter((digit) => passes(test, body + digit)).length
      expect([fitting(luhn), fitting(verhoeff)]).toEqual([1, 1])
      const weighted = [...body].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0)
      expect(fitting(nhs)).toBe(weighted % 11 === 1 ? 0 : 1)
    }),
    { numRuns: runs },
  )
})

test('mod 97-10 is the remainder of the whole number, however long', () => {
  fc.assert(
    fc.property(digitsOf(3, 40), (digits) => {
      expect(passes(mod97, digits)).toBe(BigInt(digits) % 97n === 1n)
    }),
    { numRuns: runs },
  )
})

test('Luhn is the sum of doubled digits; one wrong digit never passes Luhn, NHS or Verhoeff', () => {
  const slow = (digits: string): boolean =>
    [...digits]
      .reverse()
      .reduce((sum, digit, i) => sum + [...String(Number(digit) * (i % 2 === 1 ? 2 : 1))].reduce((a, b) => a + Number(b), 0), 0) %
      10 ===
    0
  fc.assert(
    fc.property(digitsOf(10, 10), fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      expect(passes(luhn, digits)).toBe(slow(digits))
      const wrong = digits.slice(0, at) + String((Number(digits[at]) + by) % 10) + digits.slice(at + 1)
      for (const test of [luhn, nhs, verhoeff]) if (passes(test, digits)) expect(passes(test, wrong)).toBe(false)
    }),
    { numRuns: runs },
  )
})

test('Verhoeff finds every pair of neighbours that changed places, which Luhn does not', () => {
  fc.assert(
    fc.property(digitsOf(8, 12), fc.nat(7), (body, at) => {
      const last = [...'0123456789'].find((digit) => passes(verhoeff, body + digit)) ?? ''
      const whole = body + last
      const [a, b] = [whole[at] ?? '', whole[at + 1] ?? '']
      if (a !== b) expect(passes(verhoeff, whole.slice(0, at) + b + a + whole.slice(at + 2))).toBe(false)
    }),
    { numRuns: runs },
  )
  const digits = Array.from({ length: 10 }, (_, i) => i)
  for (const a of digits)
    for (const b of digits) for (const c of digits) expect(dihedral(dihedral(a, b), c)).toBe(dihedral(a, dihedral(b, c)))
})
