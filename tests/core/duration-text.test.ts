/** Lengths of time: nothing reads longer or shorter than it is by more than its last unit, and changes carry their sign. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeText, durationText } from '../../src/core/duration-text.ts'

test('seconds, minutes and hours as people say them', () => {
  expect([0, 59, 60, 3599, 3600, 65_520, 3_603_660].map(durationText)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '1 h',
    '1 h',
    '18 h 12 min',
    '1,001 h 1 min',
  ])
})

test('a change says which way, unless it rounds to nothing', () => {
  expect([-3900, 40, 0.2, -0.4].map(changeText)).toEqual(['−1 h 5 min', '+40 s', '0 s', '0 s'])
})

test('what is read back is within half of the last unit shown', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (seconds) => {
      const text = durationText(seconds)
      const part = (unit: string): number => Number(new RegExp(`([\\d,]+) ${unit}\\b`).exec(text)?.[1]?.replaceAll(',', '') ?? 0)
      const read = part('h') * 3600 + part('min') * 60 + part('s')
      expect(Math.abs(read - seconds)).toBeLessThanOrEqual(seconds < 60 ? 0.5 : 30)
    }),
    { numRuns: 300 },
  )
})
