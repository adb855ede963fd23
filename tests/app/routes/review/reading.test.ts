import { describe, expect, test } from 'vitest'
import {
  bundleOrder,
  closingAct,
  differenceAct,
  nextToRead,
  ownReadings,
  readingOrder,
} from '../../../../src/app/routes/review/acts/reading.ts'
import type { RecordEvent, ReviewEvent, Verdict } from '../../../../src/core/review/model/review-event.ts'
import type { DoubleReading } from '../../../../src/core/review/result/double-reading.ts'

const order = readingOrder([
  { id: 'late', stratum: 'all', ticket: 'ff' },
  { id: 'early', stratum: 'all', ticket: '01' },
  { id: 'chosen', stratum: 'must-see', ticket: 'aa' },
])

let count = 0
function at(): { id: string; at: { wall: string; counter: number } } {
  count++
  return { id: `d-${count}`, at: { wall: '2026-03-01T08:00:00+01:00', counter: count } }
}

function said(by: string, record: string, item: string, verdict: Verdict): ReviewEvent {
  const reason = verdict === 'harmful' ? 'missing' : verdict === 'wrong' ? 'other' : null
  return { kind: 'difference', ...at(), by, record, item, domain: 'allergies', class: 'lost', verdict, reason }
}

function closed(by: string, record: string): RecordEvent {
  return {
    kind: 'record',
    ...at(),
    by,
    record,
    verdict: 'acceptable',
    differences: 0,
    reading: 'first',
    seconds: 9,
    comment: null,
  }
}

const closing = {
  record: 'early',
  differences: ['a', 'b'],
  seconds: 30,
  lookSeconds: 3,
  comment: null,
  reading: 'first',
  sections: [],
} as const

describe('the order of reading', () => {
  test('records chosen on purpose come first, then the tickets', () => {
    expect(order.map((record) => record.id)).toEqual(['chosen', 'early', 'late'])
  })

  test('a record somebody else read is not offered again', () => {
    const readings = ownReadings([closed('b-ito', 'chosen')], 'a-keller')
    expect(readings.get('chosen')?.state).toBe('elsewhere')
    expect(nextToRead(order, readings, 0)).toBe(1)
  })

  test('a record that a second reader must read is offered to somebody else like any other, and never again to its reader', () => {
    const events = [closed('b-ito', 'chosen'), closed('b-ito', 'early'), closed('b-ito', 'late')]
    const double = { drawn: new Set(['early']) }
    const second = ownReadings(events, 'a-keller', double)
    expect(order.map(({ id }) => second.get(id)?.state)).toEqual(['elsewhere', 'open', 'elsewhere'])
    expect(nextToRead(order, second, 0)).toBe(1)
    expect(nextToRead(order, ownReadings(events, 'b-ito', double), 0)).toBeNull()
  })

  test('where two readers who differ may decide themselves, the record is before both again until one has', () => {
    const double = { drawn: new Set(['c']), readersDecide: true }
    const apart = [closed('haas', 'c'), { ...closed('ito', 'c'), reading: 'second' as const, verdict: 'wrong' as const }]
    const states = (events: readonly ReviewEvent[], by: string, rule: DoubleReading) => {
      const reading = ownReadings(events, by, rule).get('c')
      return [reading?.state, reading?.due]
    }
    for (const by of ['haas', 'ito']) expect(states(apart, by, double)).toEqual(['started', 'adjudication'])
    expect(states(apart, 'ito', { drawn: double.drawn })).toEqual(['read', null])
    const decided = [...apart, { ...closed('ito', 'c'), reading: 'adjudication' as const }]
    for (const by of ['haas', 'ito']) expect(states(decided, by, double)).toEqual(['read', null])
  })

  test('a skipped record comes back after all others, and nothing is next when all are read', () => {
    const skipped: ReviewEvent = { kind: 'skip', ...at(), by: 'a-keller', record: 'chosen' }
    const some = [skipped, closed('a-keller', 'early')]
    expect(nextToRead(order, ownReadings(some, 'a-keller'), 0)).toBe(2)
    const most = [...some, closed('a-keller', 'late')]
    expect(nextToRead(order, ownReadings(most, 'a-keller'), 0)).toBe(0)
    expect(nextToRead(order, ownReadings([...most, closed('a-keller', 'chosen')], 'a-keller'), 0)).toBeNull()
  })
})

describe('what a reader sees of a record', () => {
  test('never the verdicts of another reader', () => {
    const events = [
      said('b-ito', 'early', 'a', 'harmful'),
      closed('b-ito', 'early'),
      said('a-keller', 'early', 'b', 'acceptable'),
    ]
    const own = ownReadings(events, 'a-keller').get('early')
    expect([...(own?.differences.keys() ?? [])]).toEqual(['b'])
    expect(own?.state).toBe('started')
  })

  test('a verdict that was taken back is open again', () => {
    const first = said('a-keller', 'early', 'a', 'harmful')
    const undo: ReviewEvent = { kind: 'undo', ...at(), by: 'a-keller', record: 'early', undoes: first.id }
    expect(ownReadings([first, undo], 'a-keller').get('early')?.differences.size ?? 0).toBe(0)
  })
})

describe('closing a record', () => {
  const own = (events: readonly ReviewEvent[]) => ownReadings(events, 'a-keller').get('early')?.differences ?? new Map()

  test('is refused while a difference has no verdict, naming how many', () => {
    const made = closingAct(own([said('a-keller', 'early', 'a', 'acceptable')]), closing)
    expect(made).toEqual({ ok: false, problem: '1 of 2 differences have no verdict yet.' })
  })

  test('is refused before the least look, and when "Other" has no comment', () => {
    const both = own([said('a-keller', 'early', 'a', 'acceptable'), said('a-keller', 'early', 'b', 'wrong')])
    expect(closingAct(both, { ...closing, seconds: 2 })).toMatchObject({ ok: false })
    expect(closingAct(both, closing)).toMatchObject({ ok: false, problem: 'The reason "Other" needs a comment.' })
    expect(closingAct(both, { ...closing, comment: 'ab' })).toMatchObject({ ok: true, act: { verdict: 'wrong', differences: 2 } })
  })

  test('takes the worst verdict, and "acceptable" where nothing differs', () => {
    const both = own([said('a-keller', 'early', 'a', 'cannot-tell'), said('a-keller', 'early', 'b', 'harmful')])
    expect(closingAct(both, closing)).toMatchObject({ ok: true, act: { verdict: 'harmful', seconds: 30 } })
    expect(closingAct(new Map(), { ...closing, differences: [] })).toMatchObject({ ok: true, act: { verdict: 'acceptable' } })
  })
})

test('harmful and wrong wait for their reason, the others take none', () => {
  const about = { record: 'early', item: 'a', domain: 'allergies', class: 'lost' }
  expect(differenceAct(about, 'harmful', null)).toEqual({ ok: false, problem: 'Say why it is harmful.' })
  expect(differenceAct(about, 'harmful', 'missing')).toMatchObject({ ok: true, act: { reason: 'missing' } })
  expect(differenceAct(about, 'acceptable', 'dose')).toMatchObject({ ok: true, act: { reason: null } })
})

describe('traps among the records', () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ id: `r${i}`, stratum: 'all', ticket: String(i).padStart(2, '0') }))
  const traps = [{ id: 'x1' }, { id: 'x2' }, { id: 'x3' }]

  test('are spread evenly after those chosen on purpose, and take no record away', () => {
    const chosen = { id: 'chosen', stratum: 'must-see', ticket: 'ff' }
    const mixed = readingOrder([...many, chosen], traps).map(({ id }) => id)
    expect(mixed[0]).toBe('chosen')
    expect(mixed).toHaveLength(24)
    const every = many.length / traps.length
    for (const [index, { id }] of traps.entries()) {
      const place = mixed.indexOf(id) - 1 - index
      expect(place).toBeGreaterThanOrEqual(Math.floor(every * index))
      expect(place).toBeLessThanOrEqual(every * (index + 1))
    }
    expect(mixed.filter((id) => !id.startsWith('x'))).toEqual(['chosen', ...many.map(({ id }) => id)])
  })

  test('stand at places that follow from their names, so that counting finds none', () => {
    const placesOf = (names: readonly string[]): string =>
      readingOrder(
        many,
        names.map((id) => ({ id })),
      )
        .flatMap(({ id }, index) => (names.includes(id) ? [index] : []))
        .join()
    const seen = new Set(Array.from({ length: 20 }, (_, n) => placesOf([`x${n}`, `y${n}`, `z${n}`])))
    expect(seen.size).toBeGreaterThan(10)
  })

  test('are read by everybody, whoever read them before', () => {
    const names = new Set(traps.map(({ id }) => id))
    const events = [closed('b-ito', 'x1')]
    expect(ownReadings(events, 'a-keller', null, names).get('x1')?.state).toBe('open')
    expect(ownReadings(events, 'b-ito', null, names).get('x1')?.state).toBe('read')
    // Readers who differ on one are not shown it again, not even where one of them may decide between readers.
    const both = [...events, { ...closed('c-ruiz', 'x1'), verdict: 'harmful', reading: 'second' } as const]
    const double = { drawn: new Set<string>(), readersDecide: true }
    expect(ownReadings(both, 'b-ito', double).get('x1')).toMatchObject({ due: 'adjudication' })
    expect(ownReadings(both, 'b-ito', double, names).get('x1')).toMatchObject({ state: 'read', due: null })
    expect(ownReadings(both, 'a-keller', double, names).get('x1')).toMatchObject({ state: 'open', due: 'first' })
  })
})

describe('the records of a bundle', () => {
  const records = Array.from({ length: 12 }, (_, n) => ({ id: `r${n}`, stratum: 'all', ticket: String(n).padStart(2, '0') }))
  const order = (part: { number: number; of: number }, double: ReadonlySet<string> | null = null, reader = 'm-ito') =>
    bundleOrder(records, [], [], { reader, part, double: double && { drawn: double }, stopping: null }).map(({ id }) => id)

  test('are shared out whole and once among parts', () => {
    const parts = [1, 2, 3].flatMap((number) => order({ number, of: 3 }))
    expect(parts.toSorted()).toEqual(records.map(({ id }) => id).toSorted())
  })

  test('hold each record that two must read in two parts of different readers', () => {
    const drawn = new Set(['r0', 'r4', 'r11'])
    const parts = [1, 2, 3].map((number) => order({ number, of: 3 }, drawn))
    for (const { id } of records) expect(parts.filter((part) => part.includes(id))).toHaveLength(drawn.has(id) ? 2 : 1)
    for (const part of parts) expect(new Set(part).size).toBe(part.length)
  })

  test('leave out what this reader has read, and keep the traps for everybody', () => {
    const read = bundleOrder(records, [{ id: 'trap' }], [closed('m-ito', 'r3'), closed('b-ito', 'r5')], {
      reader: 'm-ito',
      part: { number: 1, of: 1 },
      double: null,
      stopping: null,
    }).map(({ id }) => id)
    expect(read).not.toContain('r3')
    expect(read).not.toContain('r5')
    expect(read).toContain('trap')
    expect(read).toHaveLength(11)
  })
})
