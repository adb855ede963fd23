import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareText } from '../../src/core/share-text.ts'

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
