/** How shares read on screen. */
import { expect, test } from 'vitest'
import { formatPercent } from '../../src/app/components/format.ts'

test.each([
  [0, '0 %'],
  [0.00001, '< 0.01 %'],
  [0.0059, '0.59 %'],
  [0.612, '61 %'],
  [0.99995, '> 99.99 %'],
  [1, '100 %'],
  [1.00001, '> 100 %'],
  [1.004, '100.40 %'],
  [1.2, '120 %'],
  [13.4, '1340 %'],
])('a share of %d reads as %s: what is not all never reads as all, and more than all is told', (share, text) => {
  expect(formatPercent(share)).toBe(text)
})
