import { expect, test } from 'vitest'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { type Draw, ticketOf } from '../../../src/core/review/draw/draw.ts'
import type { RecordEvent, ReviewEvent, Verdict } from '../../../src/core/review/model/review-event.ts'
import type { SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import {
  agreementSentence,
  doubleProgress,
  doubleReadingOf,
  readingDue,
  readingDueBy,
  reviewAgreement,
  secondDrawn,
} from '../../../src/core/review/result/double-reading.ts'

const seed = '01234567890123456789'

function drawOf(n: number): Draw {
  const records = Array.from({ length: n }, (_, i) => ({ id: `r${i}`, stratum: 'all', ticket: ticketOf(seed, 'all', `r${i}`) }))
  return { seed, rolledBy: ['a', 'b'], frame: '', times: 1, reason: null, records, tickets: '' }
}

const plan = (secondReaderPpm: number): SamplingPlan => ({
  format: 'carryover-plan/1',
  unit: 'patient record',
  claims: [],
  strata: [],
  errorsAllowed: 0,
  secondReaderPpm,
  lookSeconds: 3,
  criteria: '',
})

let serial = 0
const read = (record: string, by: string, verdict: Verdict, reading: RecordEvent['reading'] = 'first'): ReviewEvent => {
  serial++
  const at = { wall: '2026-03-02T09:00:00+01:00', counter: serial }
  return { kind: 'record', id: `d-${serial}`, at, by, record, verdict, differences: 0, reading, seconds: 9, comment: null }
}

test('a fifth is read twice, never fewer than 30 records or a tenth, the same ones for everybody', () => {
  expect(secondDrawn(drawOf(400), plan(200_000)).size).toBe(80)
  expect(secondDrawn(drawOf(100), plan(200_000)).size).toBe(30)
  expect(secondDrawn(drawOf(20), plan(200_000)).size).toBe(20)
  expect(secondDrawn(drawOf(1_000), plan(1)).size).toBe(100)
  expect(secondDrawn(drawOf(400), plan(0)).size).toBe(0)
  const draw = drawOf(400)
  const shuffled = { ...draw, records: draw.records.toReversed() }
  expect([...secondDrawn(shuffled, plan(200_000))].sort()).toEqual([...secondDrawn(draw, plan(200_000))].sort())
  // Not the first in reading order: the first reader can not tell which they are.
  const order = draw.records.toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1)).slice(0, 80)
  expect(order.every(({ id }) => secondDrawn(draw, plan(200_000)).has(id))).toBe(false)
})

test('a record goes from first to second reader, and to a third only where they differ', () => {
  const draw = drawOf(400)
  const double = doubleReadingOf(draw, plan(200_000))
  const drawn = [...(double?.drawn ?? [])][0] ?? ''
  const other = draw.records.find(({ id }) => !double?.drawn.has(id))?.id ?? ''
  const due = (record: string, events: readonly ReviewEvent[], by?: string) => {
    const decision = decisionsOf(events).get(record)
    return by === undefined ? readingDue(record, decision, double) : readingDueBy(by, record, decision, double)
  }
  expect(due(drawn, [])).toBe('first')
  const first = read(drawn, 'a', 'acceptable')
  expect(due(drawn, [first])).toBe('second')
  expect([due(drawn, [first], 'a'), due(drawn, [first], 'b')]).toEqual([null, 'second'])
  expect(due(drawn, [first, read(drawn, 'b', 'acceptable', 'second')])).toBeNull()
  const apart = [first, read(drawn, 'b', 'harmful', 'second')]
  expect([due(drawn, apart, 'a'), due(drawn, apart, 'b'), due(drawn, apart, 'c')]).toEqual([null, null, 'adjudication'])
  expect(due(drawn, [...apart, read(drawn, 'c', 'wrong', 'adjudication')])).toBeNull()
  // Without the draw of the second reader: only where the first one saw something.
  expect(due(other, [read(other, 'a', 'acceptable')])).toBeNull()
  for (const verdict of ['harmful', 'wrong', 'cannot-tell'] as const)
    expect(due(other, [read(other, 'a', verdict)])).toBe('second')
  expect(readingDue(drawn, decisionsOf([first]).get(drawn), null)).toBeNull()
})

test('until somebody decides the worse verdict counts, then the decision; all verdicts stay', () => {
  const apart = [read('r1', 'a', 'acceptable'), read('r1', 'b', 'harmful', 'second')]
  expect(decisionsOf(apart).get('r1')?.verdict).toBe('harmful')
  const decided = decisionsOf([...apart, read('r1', 'c', 'acceptable', 'adjudication')]).get('r1')
  expect(decided?.verdict).toBe('acceptable')
  expect(decided?.readings.map(({ by, verdict }) => [by, verdict])).toEqual([
    ['a', 'acceptable'],
    ['b', 'harmful'],
    ['c', 'acceptable'],
  ])
})

test('progress and agreement count what two readers said, not what the third decided', () => {
  const draw = drawOf(60)
  const double = doubleReadingOf(draw, plan(1_000_000))
  if (!double) throw new Error('no double reading')
  const both = draw.records.flatMap(({ id }, i) => [
    read(id, 'a', i === 0 || i === 1 ? 'wrong' : 'acceptable'),
    read(id, 'b', i === 0 || i === 2 ? 'wrong' : 'acceptable', 'second'),
  ])
  const decisions = decisionsOf(both)
  expect(doubleProgress(draw, decisions, double)).toEqual({ wanted: 60, read: 60, disagreements: 2, adjudicated: 0 })
  const agreement = reviewAgreement(draw, decisions)
  expect(agreement).toMatchObject({ records: 60, gate: 'met', onErrors: 0.5 })
  expect(agreement && agreementSentence(agreement)).toContain('on errors they agree in 50 %')
  const [one, two] = [1, 2].map((i) => draw.records[i]?.id ?? '')
  const decided = decisionsOf([
    ...both,
    read(one ?? '', 'c', 'acceptable', 'adjudication'),
    read(two ?? '', 'c', 'wrong', 'adjudication'),
  ])
  expect(doubleProgress(draw, decided, double)).toMatchObject({ disagreements: 2, adjudicated: 2 })
  expect(reviewAgreement(draw, decided)).toEqual(agreement)
})

test('few records are not enough to say, and readers who differ do not pass', () => {
  const small = drawOf(10)
  const half = (draw: Draw) => events(draw, 0).filter(({ record }) => record !== draw.records[0]?.id)
  const events = (draw: Draw, worse: number) =>
    draw.records.flatMap(({ id }, i) => [
      read(id, 'a', 'acceptable'),
      read(id, 'b', i < worse ? 'harmful' : 'acceptable', 'second'),
    ])
  // All of a sample under 30 are enough, one less is not.
  expect(reviewAgreement(small, decisionsOf(events(small, 0)))?.gate).toBe('met')
  expect(reviewAgreement(small, decisionsOf(half(small)))?.gate).toBe('too-few')
  const large = drawOf(60)
  expect(reviewAgreement(large, decisionsOf(events(large, 20)))?.gate).toBe('failed')
  expect(reviewAgreement(large, decisionsOf(events(large, 0)))).toMatchObject({ gate: 'met', ac1: 1, onErrors: null })
  expect(reviewAgreement(large, new Map())).toBeNull()
})

test('what a reader changes after both have read is no agreement', () => {
  const draw = drawOf(60)
  const ids = draw.records.map(({ id }) => id)
  const first = ids.map((id) => read(id, 'a', 'acceptable'))
  const second = ids.map((id, i) => read(id, 'b', i < 20 ? 'harmful' : 'acceptable', 'second'))
  const before = reviewAgreement(draw, decisionsOf([...first, ...second]))
  expect(before).toMatchObject({ gate: 'failed' })
  expect(before).not.toHaveProperty('changed')
  const third = ids.slice(0, 20).map((id) => read(id, 'c', 'acceptable', 'adjudication'))
  const again = ids.slice(0, 20).map((id) => read(id, 'b', 'acceptable', 'second'))
  const after = reviewAgreement(draw, decisionsOf([...first, ...second, ...third, ...again]))
  expect(after).toEqual({ ...before, changed: 20 })
  expect(after && agreementSentence(after)).toContain('On 20 a verdict was changed after both had read')
  // Before anybody else has read, the first reader may change the own verdict.
  const own = [...first, read(ids[0] ?? '', 'a', 'harmful')]
  const then = ids.map((id, i) => read(id, 'b', i < 20 ? 'harmful' : 'acceptable', 'second'))
  expect(reviewAgreement(draw, decisionsOf([...own, ...then]))?.onErrors).toBeGreaterThan(0)
})
