/** Units of measurements: the codes clinical tables use, converted into each other. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plausibleRanges } from '../../../../src/core/data/knowledge/plausible-ranges.ts'
import { converted, unitOf } from '../../../../src/core/data/knowledge/unit.ts'

const convert = (value: number, from: string, to: string): number | null => {
  const [a, b] = [unitOf(from), unitOf(to)]
  return a && b ? converted(value, a, b) : null
}

test.each<[number, string, string, number]>([
  [98.6, '[degF]', 'Cel', 37],
  [310.15, 'K', 'Cel', 37],
  [155, '[lb_av]', 'kg', 70.307],
  [5, 'g/dL', 'g/L', 50],
  [250, 'mcg', 'mg', 0.25],
  [120, 'mmHg', 'mm[Hg]', 120],
  [16, 'kPa', 'mm[Hg]', 120.01],
  [72, '{beats}/min', '/min', 72],
  [72, '/min', '{beats}/min', 72],
  [4.5, '10*3/uL', '10*9/L', 4.5],
  [25, 'kg/m2', 'g/cm2', 2.5],
  [6, 'mmol/L', 'umol/dL', 600],
  [2, 'h', 'min', 120],
  [50, '%', '1', 0.5],
])('%d %s is %s', (value, from, to, expected) => expect(convert(value, from, to)).toBeCloseTo(expected, 2))

test.each([
  ['mg', 'mL'],
  ['mg/dL', 'mmol/L'],
  ['Cel', 'kg'],
  ['/min', 'min'],
])('%s is no %s', (from, to) => expect(convert(1, from, to)).toBeNull())

test.each(['', 'bogus', 'kkg', 'mg//dL', '[degF]/min', 'x'.repeat(200)])('%j is no unit', (text) =>
  expect(unitOf(text)).toBeNull(),
)

test('there and back gives the same number, and no text breaks the reading', () => {
  const codes = ['kg', 'g', 'mg', 'ug', '[lb_av]', '[oz_av]']
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      fc.constantFrom(...codes),
      fc.constantFrom(...codes),
      (value, a, b) => {
        const back = convert(convert(value, a, b) ?? 0, b, a) ?? 0
        expect(Math.abs(back - value)).toBeLessThan(value * 1e-9)
      },
    ),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      const unit = unitOf(text)
      expect(unit === null || Number.isFinite(unit.factor)).toBe(true)
    }),
  )
})

test('every plausible range has a unit that is known and a low limit below its high one', () => {
  for (const { unit, low, high } of plausibleRanges) expect([unit, unitOf(unit) !== null, low < high]).toEqual([unit, true, true])
})
