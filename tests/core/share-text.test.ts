import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundText, shareText } from '../../src/core/share-text.ts'

test('one decimal where there is one', () => {
  expect([0, 0.5, 0.125, 0.9166, 1].map(shareText)).toEqual(['0 %', '50 %', '12.5 %', '91.7 %', '100 %'])
})

test('what is not none and not all never reads so', () => {
  expect([1 / 10_000, 9_996 / 10_000].map(shareText)).toEqual(['< 0.1 %', '> 99.9 %'])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (part, more) => {
      expect(['0 %', '100 %']).not.toContain(shareText(part / (part + more)))
    }),
  )
})

test('a bound is never rounded down, and one of some never reads as none', () => {
  expect(boundText(14, 300_000)).toBe('< 0.01 %')
  expect([0, 30, 31, 4_567].map((most) => boundText(most, 300_000))).toEqual(['0.00 %', '0.01 %', '0.02 %', '1.53 %'])
  expect([boundText(76, 5_000), boundText(20, 2_003), boundText(1, 1), boundText(0, 0)]).toEqual([
    '1.52 %',
    '1.00 %',
    '100.00 %',
    '0.00 %',
  ])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }), (most, more) => {
      const told = Number.parseFloat(boundText(most, most + more).replace('< ', ''))
      expect(Math.round(told * 100) * (most + more)).toBeGreaterThanOrEqual(most * 10_000)
    }),
  )
})
