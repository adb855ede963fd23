import { expect, test } from 'vitest'
import { paceNotice } from '../../../src/core/review/decision/reading-pace.ts'
import type { RecordEvent, Verdict } from '../../../src/core/review/model/review-event.ts'

const read = (n: number, seconds: number, verdict: Verdict, differences: number, minute: number, by = 'a'): RecordEvent => ({
  kind: 'record',
  id: `d-${n}`,
  at: { wall: new Date(Date.UTC(2026, 2, 2, 9, 0) + minute * 60_000).toISOString(), counter: 0 },
  by,
  record: `r${n}`,
  verdict,
  differences,
  reading: 'first',
  seconds,
  comment: null,
})
const many = (count: number, seconds: number, verdict: (n: number) => Verdict, differences: number, every = 0.5): RecordEvent[] =>
  Array.from({ length: count }, (_, n) => read(n, seconds, verdict(n), differences, n * every))

test('a reader is told of haste, of sameness and of half an hour without a pause, and otherwise left alone', () => {
  const mixed = (n: number): Verdict => (n % 3 === 0 ? 'wrong' : 'acceptable')
  expect(paceNotice(many(20, 2, mixed, 1), 'a')).toBe('fast')
  expect(paceNotice(many(19, 2, mixed, 1), 'a')).toBeNull()
  expect(
    paceNotice(
      many(20, 20, () => 'acceptable', 2),
      'a',
    ),
  ).toBe('same')
  // Clean records are all acceptable: that is what they are.
  expect(
    paceNotice(
      many(20, 20, () => 'acceptable', 0),
      'a',
    ),
  ).toBeNull()
  expect(paceNotice(many(40, 20, mixed, 1, 1), 'a')).toBe('pause')
  const rested = many(40, 20, mixed, 1, 1).map((event, n) => (n < 20 ? event : read(n, 20, mixed(n), 1, n + 10)))
  expect(paceNotice(rested, 'a')).toBeNull()
  expect(paceNotice(many(20, 2, mixed, 1), 'b')).toBeNull()
  expect(paceNotice([], 'a')).toBeNull()
})
