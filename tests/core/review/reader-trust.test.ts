import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordDecision } from '../../../src/core/review/model/review-event.ts'
import { readerTrust } from '../../../src/core/review/result/reader-trust.ts'

/** Records read by the readers named, one list per record. */
function readBy(lists: readonly (readonly string[])[]) {
  const drawn = lists.map((_, n) => ({ id: `r${n}`, stratum: 'all', ticket: `${n}` }))
  const decisions = new Map(
    lists.map((readers, n): [string, RecordDecision] => {
      const readings = readers.map((by, i) => ({
        kind: 'record' as const,
        id: `${by}-${n}`,
        at: { wall: '2026-03-02T09:00:00+01:00', counter: n },
        by,
        record: `r${n}`,
        verdict: 'acceptable' as const,
        differences: 0,
        reading: i === 0 ? ('first' as const) : ('second' as const),
        seconds: 9,
        comment: null,
      }))
      const rest = { domains: new Map(), differences: new Map(), counted: [] }
      return [`r${n}`, { record: `r${n}`, state: 'judged', verdict: 'acceptable', readings, ...rest }]
    }),
  )
  return { drawn, decisions }
}

const result = (readers: Readonly<Record<string, readonly [caught: number, seeded: number]>>) => ({
  seeded: Object.values(readers).reduce((sum, [, seeded]) => sum + seeded, 0),
  caught: Object.values(readers).reduce((sum, [caught]) => sum + caught, 0),
  readers: Object.entries(readers).map(([reader, [caught, seeded]]) => ({ reader, seeded, caught })),
})

test('readers who read no record lend nothing to the one who read them all', () => {
  const { drawn, decisions } = readBy(Array.from({ length: 40 }, () => ['hasty']))
  const careful = { careful: [30, 30], other: [30, 30] } as const
  const blind = readerTrust({ traps: 10 }, drawn, decisions, result({ ...careful, hasty: [0, 10] }))
  expect(blind?.count).toEqual({ seeded: 10, caught: 0 })
  expect(blind?.why).toContain('40 records were read only by readers who saw too few')
  const three = readerTrust({ traps: 10 }, drawn, decisions, result({ ...careful, hasty: [3, 3] }))
  expect(three).toMatchObject({ waiting: true, why: expect.stringContaining('1 has not read all 10') })
})

test('each reader weighs as much as was read, and never more than was proven', () => {
  const { drawn, decisions } = readBy([...Array.from({ length: 30 }, () => ['a']), ...Array.from({ length: 10 }, () => ['b'])])
  // Three quarters and one quarter of 40.
  expect(readerTrust({ traps: 10 }, drawn, decisions, result({ a: [30, 30], b: [10, 10] }))?.count).toEqual({
    seeded: 40,
    caught: 40,
  })
  expect(readerTrust({ traps: 10 }, drawn, decisions, result({ a: [30, 30], b: [30, 30] }))?.count).toEqual({
    seeded: 40,
    caught: 40,
  })
  expect(readerTrust({ traps: 10 }, drawn, decisions, result({ a: [27, 30], b: [10, 10] }))?.count).toEqual({
    seeded: 40,
    caught: 37,
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 60 }),
      fc.integer({ min: 10, max: 60 }),
      fc.nat(10),
      fc.nat(10),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      (m, n, missedA, missedB, readA, readB) => {
        const read = readBy([...Array.from({ length: readA }, () => ['a']), ...Array.from({ length: readB }, () => ['b'])])
        const seen = result({ a: [m - missedA, m], b: [n - missedB, n] })
        const { count } = readerTrust({ traps: 0 }, read.drawn, read.decisions, seen) ?? { count: { seeded: 0, caught: 0 } }
        expect(count.seeded).toBeLessThanOrEqual(m + n)
        const mean = (readA * (1 - missedA / m) + readB * (1 - missedB / n)) / (readA + readB)
        expect(count.caught).toBeLessThanOrEqual(mean * count.seeded + 1e-4)
      },
    ),
  )
})

test('a reader who sees too little counts again where somebody who sees enough read the same records', () => {
  const traps = result({ a: [8, 10], b: [10, 10] })
  const alone = readBy([['a'], ['a', 'b'], ['b']])
  expect(readerTrust({ traps: 10 }, alone.drawn, alone.decisions, traps)?.why).toContain('1 record was read only by readers')
  const again = readBy([['a', 'b'], ['a', 'b'], ['b']])
  expect(readerTrust({ traps: 10 }, again.drawn, again.decisions, traps)).toMatchObject({
    why: null,
    count: { seeded: 10, caught: 10 },
  })
  // 13 of 14 is enough, 13 of 15 is not (one-sided lower limit 0.70).
  const one = readBy([['a']])
  expect(readerTrust({ traps: 10 }, one.drawn, one.decisions, result({ a: [13, 14] }))?.why).toBeNull()
  expect(readerTrust({ traps: 10 }, one.drawn, one.decisions, result({ a: [13, 15] }))?.why).not.toBeNull()
})

test('without seeded defects in the plan nothing is asked', () => {
  const { drawn, decisions } = readBy([['a']])
  expect(readerTrust({}, drawn, decisions, null)).toBeNull()
  expect(readerTrust({ traps: 10 }, drawn, decisions, null)?.why).not.toBeNull()
})
