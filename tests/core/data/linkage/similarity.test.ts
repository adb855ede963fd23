/** Similarities against published values and a slow plain version. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthLevel, comparisons } from '../../../../src/core/data/linkage/comparisons.ts'
import { birthOf, phoneOf, sexOf } from '../../../../src/core/data/linkage/normalise.ts'
import { isOneEdit, jaroWinkler, letterBits, mayReach, soundex } from '../../../../src/core/data/linkage/similarity.ts'

test.each([
  ['MARTHA', 'MARHTA', 0.961],
  ['DWAYNE', 'DUANE', 0.84],
  ['DIXON', 'DICKSONX', 0.813],
])('Jaro-Winkler of %s and %s is %f', (a, b, value) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(value, 3)
})

test.each([
  ['ROBERT', 'R163'],
  ['RUPERT', 'R163'],
  ['ASHCRAFT', 'A261'],
  ['TYMCZAK', 'T522'],
  ['PFISTER', 'P236'],
  ['HONEYMAN', 'H555'],
])('Soundex of %s is %s', (name, code) => {
  expect(soundex(name)).toBe(code)
})

const name = fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'É'), { maxLength: 8 }).map((list) => list.join(''))

/** Distance with swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1)
      const row = rows[i]
      if (row) row[j] = best
    }
  return at(a.length, b.length)
}

test('one edit is distance one, and similarity is symmetric and within its bound', () => {
  fc.assert(
    fc.property(name, name, fc.constantFrom(0.85, 0.92), (a, b, least) => {
      expect(isOneEdit(a, b)).toBe(distance(a, b) === 1)
      expect(jaroWinkler(a, b)).toBeCloseTo(jaroWinkler(b, a), 12)
      if (a !== b && jaroWinkler(a, b) >= least) expect(mayReach(least, a, letterBits(a), b, letterBits(b))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  [19610402, 19610204, 'swapped'],
  [19610402, 19610412, 'one-digit'],
  [19610402, 19160402, 'one-digit'],
  [19610402, 19610101, 'imputed'],
  [19610402, 19600418, 'near'],
  [19610402, 19880911, 'else'],
])('%d and %d are %s', (a, b, level) => {
  const levels = comparisons.find((one) => one.name === 'birth')?.levels ?? []
  expect(levels[birthLevel(a, b)]?.level).toBe(level)
  expect(birthLevel(b, a)).toBe(birthLevel(a, b))
})

test('dates, sexes and telephones are read as clinics write them', () => {
  expect(birthOf('1961-04-02', 'day-first')).toBe(19610402)
  expect(birthOf('02.04.1961', 'day-first')).toBe(19610402)
  expect(birthOf('04/02/1961', 'month-first')).toBe(19610402)
  expect(birthOf('04/22/1961', 'day-first')).toBe(19610422)
  expect(birthOf('19610402', 'day-first')).toBe(19610402)
  expect(birthOf('1961-02-30', 'day-first')).toBeNull()
  expect(birthOf('1900-01-01', 'day-first')).toBeNull()
  expect(['female', 'W', 'M', 'Unknown', ''].map(sexOf)).toEqual(['F', 'F', 'M', null, null])
  expect([phoneOf('+1 (617) 555-0101'), phoneOf('617 555 0101'), phoneOf('000000000')]).toEqual([
    '6175550101',
    '6175550101',
    null,
  ])
})
