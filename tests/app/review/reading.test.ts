import { describe, expect, test } from 'vitest'
import { closingAct, differenceAct, nextToRead, ownReadings, readingOrder } from '../../../src/app/workspace/reading.ts'
import type { ReviewEvent, Verdict } from '../../../src/core/review/decision.ts'

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

function closed(by: string, record: string): ReviewEvent {
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
