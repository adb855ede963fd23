/** Durations as people type them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDuration, readTimes, writeTimes } from '../../../../src/app/routes/workflow/fields/durations.ts'

test('a number alone is minutes; s, min, h and d are understood', () => {
  expect(readDuration('4')).toBe(240)
  expect(readDuration('1,5')).toBe(90)
  expect(readDuration('90 s')).toBe(90)
  expect(readDuration('19h')).toBe(68_400)
  expect(readDuration('2 d')).toBe(172_800)
})

test('what is no duration is refused, not read as zero', () => {
  for (const text of ['soon', '4 x', '-3', '1h75', '__proto__']) expect(readTimes(text, null)).toBe(undefined)
  expect(readTimes('8/4/2', null)).toBe(undefined)
  expect(readTimes('', null)).toBe(null)
})

test('times as people say them', () => {
  for (const [text, seconds] of [
    ['1h30', 5400],
    ['2 h 15 min', 8100],
    ['0:45', 2700],
    ['half an hour', 1800],
    ['a day', 86_400],
    ['about 2 h', 7200],
  ] as const)
    expect(readTimes(text, null)).toEqual({ dist: 'constant', value: seconds })
  expect(readTimes('3-5', null)).toEqual({ dist: 'uniform', min: 180, max: 300 })
})

test('a new mean keeps the spread that was measured', () => {
  expect(readTimes('5', { dist: 'lognormal', mean: 60, cv: 0.8 })).toEqual({ dist: 'lognormal', mean: 300, cv: 0.8 })
  expect(readTimes('2 / 4 / 8', null)).toEqual({ dist: 'triangular', min: 120, mode: 240, max: 480 })
})

test('what is shown reads back as the same time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000 }), (seconds) => {
      expect(readTimes(writeTimes({ dist: 'constant', value: seconds }), null)).toEqual({ dist: 'constant', value: seconds })
    }),
  )
})
