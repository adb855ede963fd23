/** The sample of a long table grows with its logarithm, and whoever counts in it goes by the record's number alone. */
import { expect, test } from 'vitest'
import { isInSample, nextThinning, sampleMaskAt, wholeRecords } from '../../../../src/core/data/rules/sample.ts'

test('every sixteenth record up to a million, then 32,768 of each doubling', () => {
  const count = (from: number, to: number): number => {
    let found = 0
    for (let record = from; record < to; record++) if (isInSample(record)) found++
    return found
  }
  expect(count(1, wholeRecords + 1)).toBe(wholeRecords)
  expect(count(65_536, 2 ** 20)).toBe((2 ** 20 - 65_536) / 16)
  expect([count(2 ** 20, 2 ** 21), count(2 ** 21, 2 ** 22)]).toEqual([32_768, 32_768])
  expect(sampleMaskAt(2 ** 20 - 1)).toBe(15)
  expect(sampleMaskAt(2 ** 20)).toBe(31)
  // Beyond 32 bits: forty thousand million records.
  expect(sampleMaskAt(2 ** 35 + 5)).toBe(2 ** 20 - 1)
  expect([isInSample(2 ** 35), isInSample(2 ** 35 + 2 ** 19), isInSample(2 ** 35 + 2 ** 20)]).toEqual([true, false, true])
})

test('a mask holds up to the next thinning', () => {
  for (const record of [1, 2 ** 20 - 1, 2 ** 20, 3 * 2 ** 20, 2 ** 33 + 7]) {
    const next = nextThinning(record)
    expect(next).toBeGreaterThan(record)
    expect(sampleMaskAt(next - 1)).toBe(sampleMaskAt(record))
    expect(sampleMaskAt(next)).toBeGreaterThan(sampleMaskAt(record))
  }
})
