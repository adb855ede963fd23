import { expect, test } from 'vitest'
import { addDays } from '../../samples/riverside/dates.ts'

test('adding days follows the calendar through leap days, centuries and year ends', () => {
  const wrong: string[] = []
  for (const from of ['2026-07-14', '2000-02-29', '1900-03-01', '2024-12-31'])
    for (let days = -46_000; days <= 46_000; days += 7) {
      const expected = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
      if (addDays(from, days) !== expected) wrong.push(`${from} ${days}`)
    }
  expect(wrong).toEqual([])
})
