/** What readers said, folded: against plain rules over random lists, and case by case what counts, what was taken back and what stays to be mended. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asksReason,
  decisionsBy,
  decisionsOf,
  lastActOf,
  lastEventOf,
  liveEvents,
  worstVerdict,
} from '../../../src/core/review/decision/decision.ts'
import { outsideMapping } from '../../../src/core/review/model/chart.ts'
import type { PairItem, RecordPair } from '../../../src/core/review/model/pair-types.ts'
import {
  compareEvents,
  type DifferenceEvent,
  type RecordEvent,
  type ReviewEvent,
  reasons,
  verdicts,
} from '../../../src/core/review/model/review-event.ts'
import { mainClaim, planSentence } from '../../../src/core/review/plan/plan-sentence.ts'
import {
  differingPaths,
  isStillThere,
  itemJudged,
  type WorklistFinding,
  worklistFindings,
  worstFirst,
} from '../../../src/core/review/result/worklist.ts'
import { acceptancePlan } from '../../../src/core/review/statistics/acceptance-plan.ts'
import { binomialAtMost } from '../../../src/core/review/statistics/binomial.ts'
import { codeLetterOf, lotPlan } from '../../../src/core/review/statistics/lot-inspection.ts'

const at = (minute: number, counter = 0) => ({ wall: `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`, counter })
let number = 0
const base = (by: string, record: string) => {
  number++
  return { id: `e${String(number).padStart(4, '0')}`, by, record, at: at(Math.floor(number / 10) % 60, number) }
}
type Change<One> = Partial<Omit<One, 'kind'>>
const closes = (by: string, record = 'r', change: Change<RecordEvent> = {}): RecordEvent => ({
  ...base(by, record),
  kind: 'record',
  verdict: 'acceptable',
  differences: 0,
  reading: 'first',
  seconds: 20,
  comment: null,
  ...change,
})
const differs = (by: string, item: string, record = 'r', change: Change<DifferenceEvent> = {}): DifferenceEvent => ({
  ...base(by, record),
  kind: 'difference',
  item,
  domain: 'medicines',
  class: 'changed',
  verdict: 'wrong',
  reason: 'dose',
  ...change,
})
const undoes = (by: string, undone: ReviewEvent): ReviewEvent => ({ ...base(by, undone.record), kind: 'undo', undoes: undone.id })
const skips = (by: string, record = 'r'): ReviewEvent => ({ ...base(by, record), kind: 'skip' })
const section = (by: string, kind: 'section-opened' | 'section-confirmed', entries = 1): ReviewEvent => ({
  ...base(by, 'r'),
  kind,
  section: 'medicines',
  seconds: 3,
  entries,
  words: 5,
})
const decided = (...events: readonly ReviewEvent[]) => decisionsOf(events).get('r')

test('a list that grew gives the decisions of the same list read anew, whatever was appended', () => {
  const copy = (events: readonly ReviewEvent[]): readonly ReviewEvent[] => JSON.parse(JSON.stringify(events))
  const step = fc.record({
    kind: fc.constantFrom('record', 'difference', 'skip', 'undo', 'undo'),
    by: fc.constantFrom('a', 'b'),
    record: fc.constantFrom('r', 's'),
    which: fc.nat(20),
    minute: fc.nat(5),
    id: fc.nat(30),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.boolean(), (steps, isOrdered) => {
      const events: ReviewEvent[] = []
      for (const [i, { kind, by, record, which, minute, id }] of steps.entries()) {
        // In order most of the time; else times go back and ids come twice.
        const own = isOrdered ? { id: `x${String(i).padStart(3, '0')}`, at: at(i) } : { id: `x${id}`, at: at(minute) }
        const target = events[which % Math.max(1, events.length)]
        if (kind === 'undo' && target) events.push({ ...own, by, record: target.record, kind: 'undo', undoes: target.id })
        else if (kind === 'difference') events.push({ ...differs(by, `i${which % 2}`, record), ...own })
        else if (kind === 'skip') events.push({ ...skips(by, record), ...own })
        else events.push({ ...closes(by, record), ...own })
        // Lists grow by one event or by several at once.
        if (!isOrdered && which % 3 > 0 && i < steps.length - 1) continue
        // The same objects in a longer list go on from the list before; copies are folded anew.
        const grown = decisionsOf([...events])
        expect(JSON.stringify([...grown].sort())).toBe(JSON.stringify([...decisionsOf(copy(events))].sort()))
      }
    }),
    { numRuns: 120 },
  )
})

test('the pair of two readers is what stood when the second of them first closed the record', () => {
  const blind = (...events: readonly ReviewEvent[]) => decided(...events)?.blind?.map(({ by, verdict }) => `${by} ${verdict}`)
  const [a, b] = [closes('a'), closes('b', 'r', { verdict: 'harmful' })]
  expect(blind(a, b)).toEqual(['a acceptable', 'b harmful'])
  expect(blind(a)).toBeUndefined()
  const again = closes('a', 'r', { verdict: 'wrong' })
  expect(blind(a, closes('c', 's'), again)).toBeUndefined()
  const late = closes('b', 'r', { verdict: 'wrong' })
  expect(blind(a, again, late)).toEqual(['a wrong', 'b wrong'])
  // What was taken back before the other read is gone, afterwards it stays; nobody takes back what another said.
  expect(blind(a, undoes('a', a), closes('b'))).toBeUndefined()
  expect(blind(again, undoes('b', again), closes('b'))).toEqual(['a wrong', 'b acceptable'])
  // Of two closings the one that was not taken back stays.
  const [one, two] = [closes('a', 'r', { verdict: 'wrong' }), closes('a', 'r', { verdict: 'harmful' })]
  expect(blind(one, two, undoes('a', one), closes('b'))).toEqual(['a harmful', 'b acceptable'])
  expect(blind(one, two, undoes('a', two), closes('b'))).toEqual(['a wrong', 'b acceptable'])
  expect(blind(a, b, undoes('a', a))).toEqual(['a acceptable', 'b harmful'])
  const adjudicated = closes('c', 'r', { reading: 'adjudication' })
  expect(blind(a, adjudicated)).toBeUndefined()
})

test('a verdict counts until its own reader takes it back, and a decision between two counts alone', () => {
  const a = closes('a', 'r', { verdict: 'wrong' })
  expect(decided(a)).toMatchObject({ state: 'judged', verdict: 'wrong' })
  expect(decided(a, undoes('b', a))).toMatchObject({ verdict: 'wrong' })
  expect(decided(a, undoes('a', a))).toBeUndefined()
  const b = closes('b', 'r', { verdict: 'harmful' })
  expect(decided(a, b)?.verdict).toBe('harmful')
  const c = closes('c', 'r', { reading: 'adjudication', verdict: 'acceptable' })
  expect(decided(a, b, c)?.verdict).toBe('acceptable')
  const item = differs('a', 'i', 'r', { verdict: 'harmful' })
  expect(decided(item)).toMatchObject({ state: 'started', verdict: null })
  expect(decided(item, closes('a'))).toMatchObject({ state: 'judged', verdict: 'harmful' })
  expect(decided(item, closes('b'))?.verdict).toBe('acceptable')
  const domains = decided(
    differs('a', 'i', 'r', { verdict: 'acceptable' }),
    differs('a', 'j'),
    differs('a', 'k', 'r', { domain: 'allergies', verdict: 'cannot-tell' }),
    closes('a'),
  )?.domains
  expect([...(domains ?? [])].sort()).toEqual([
    ['allergies', 'cannot-tell'],
    ['medicines', 'wrong'],
  ])
  expect(decided(differs('a', 'i'), differs('a', 'i', 'r', { verdict: 'acceptable' }), closes('a'))?.verdict).toBe('acceptable')
})

test('a record is open, started, skipped or judged', () => {
  const state = (...events: readonly ReviewEvent[]) => decided(...events)?.state
  expect(state(skips('a'))).toBe('skipped')
  expect(state(skips('a'), differs('a', 'i'))).toBe('skipped')
  expect(state(differs('a', 'i'))).toBe('started')
  expect(state(section('a', 'section-confirmed'))).toBe('started')
  expect(state(section('a', 'section-opened'))).toBe('open')
  expect(state(skips('a'), closes('a'))).toBe('judged')
  const closed = closes('a')
  expect(state(skips('a'), closed, undoes('a', closed))).toBe('skipped')
  const own = decisionsBy([closes('a', 'r', { verdict: 'wrong' }), closes('b')], 'b', ['r', 's'])
  expect([own.size, own.get('r')?.verdict]).toEqual([1, 'acceptable'])
})

test('what is taken back next: the last press of that reader, and with a cause all rows of that press', () => {
  const first = differs('a', 'i')
  const opened = section('a', 'section-opened')
  const empty = section('a', 'section-confirmed', 0)
  const confirmed = section('a', 'section-confirmed', 1)
  expect(lastEventOf([first, opened, empty, closes('b')], 'a')).toBe(first)
  expect(lastEventOf([first, confirmed], 'a')).toBe(confirmed)
  expect(lastEventOf([first, undoes('a', first)], 'a')).toBeNull()
  const moment = at(59, 9000)
  const rows = ['i', 'j', 'k'].map((item, i) => differs('a', item, 'r', { cause: 'c:i', at: { ...moment, counter: 9000 + i } }))
  expect(lastActOf([first, ...rows], 'a').map((event) => (event.kind === 'difference' ? event.item : ''))).toEqual([
    'k',
    'j',
    'i',
  ])
  const other = differs('a', 'l', 'r', { cause: 'd:l', at: { ...moment, counter: 8999 } })
  expect(lastActOf([other, ...rows], 'a')).toHaveLength(3)
  const earlier = differs('a', 'l', 'r', { cause: 'c:i', at: at(58, 1) })
  expect(lastActOf([earlier, ...rows], 'a')).toHaveLength(3)
  const elsewhere = differs('a', 'l', 's', { cause: 'c:i', at: { ...moment, counter: 8998 } })
  expect(lastActOf([elsewhere, ...rows], 'a')).toHaveLength(3)
  expect(lastActOf([first], 'a')).toEqual([first])
  expect(lastActOf([], 'a')).toEqual([])
  expect(liveEvents([first, undoes('b', first)])).toEqual([first])
})

test('events stand by time, counter and id, in whatever order they came', () => {
  const events = [
    closes('a', 'r', { id: 'b', at: at(1) }),
    closes('a', 'r', { id: 'a', at: at(1) }),
    closes('a', 'r', { id: 'c', at: at(0, 5) }),
    closes('a', 'r', { id: 'd', at: at(1, 1) }),
  ]
  const sorted = events.toSorted(compareEvents).map(({ id }) => id)
  expect(sorted).toEqual(['c', 'a', 'b', 'd'])
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 4 }), (list) => {
      expect(list.toSorted(compareEvents).map(({ id }) => id)).toEqual(sorted)
    }),
  )
  for (const one of events) expect(compareEvents(one, one)).toBe(0)
  expect(liveEvents(events).map(({ id }) => id)).toEqual(sorted)
})

test('the worst verdict, and which ones need a reason', () => {
  expect(worstVerdict([])).toBeNull()
  expect(worstVerdict(['acceptable', 'cannot-tell'])).toBe('cannot-tell')
  expect(worstVerdict(['wrong', 'harmful', 'acceptable'])).toBe('harmful')
  expect(verdicts.filter(asksReason)).toEqual(['harmful', 'wrong'])
})

const finding: WorklistFinding = {
  id: 'f',
  code: 'review/dose',
  record: 'r',
  domain: 'medicines',
  item: 'medicines:1',
  fields: [],
  class: 'changed',
  verdict: 'wrong',
  reason: 'dose',
  draw: 'd',
  run: 1,
  verdicts: ['v'],
}

test('findings stand by verdict, reason, record and id, and never in two orders', () => {
  const list = [
    { ...finding, id: 'a', verdict: 'harmful' as const, reason: 'other' as const },
    { ...finding, id: 'b', reason: 'dose' as const, record: 'q' },
    { ...finding, id: 'c', reason: 'dose' as const },
    { ...finding, id: 'd', reason: 'dose' as const },
    { ...finding, id: 'a', reason: 'unit' as const },
    { ...finding, id: 'a', reason: 'other' as const },
  ]
  expect(reasons.indexOf('dose')).toBeLessThan(reasons.indexOf('unit'))
  fc.assert(
    fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
      expect(shuffled.toSorted(worstFirst)).toEqual(list)
    }),
  )
  for (const one of list) expect(worstFirst(one, { ...one })).toBe(0)
})

test('what judged records say is wrong, one finding per row or cause, with every field and verdict', () => {
  const records = ['r', 's'].map((id) => ({ id, stratum: 'all', ticket: '' }))
  const events = [
    differs('a', 'i', 'r', { id: 'v2', fields: ['b', 'a'], verdict: 'wrong', reason: 'unit' }),
    differs('b', 'i', 'r', { id: 'v1', fields: ['b', 'c'], verdict: 'harmful', reason: 'dose' }),
    differs('a', 'j', 'r', { id: 'v3', verdict: 'acceptable', reason: null }),
    differs('a', 'k', 'r', { id: 'v4', cause: 'c:lead', verdict: 'wrong', reason: null }),
    closes('a', 'r', { id: 'w1' }),
    closes('b', 'r', { id: 'w2', reading: 'second' }),
    differs('a', 'i', 's', { id: 'v5' }),
  ]
  const found = worklistFindings({ name: 'draw', records }, decisionsOf(events), null, 7)
  expect(
    found.map(({ item, verdict, reason, fields, verdicts: said, run, draw, code }) => [
      item,
      verdict,
      reason,
      fields,
      said,
      run,
      draw,
      code,
    ]),
  ).toEqual([
    ['i', 'harmful', 'dose', ['a', 'b', 'c'], ['v1', 'v2'], 7, 'draw', 'review/dose'],
    ['lead', 'wrong', 'other', [], ['v4'], 7, 'draw', 'review/other'],
  ])
  for (const { id } of found) expect(id).toMatch(/^[0-9a-f]{16}$/)
  // Of two that are as bad the reason of the first by id is told, in whatever order they came.
  const twice = [
    differs('a', 'i', 'r', { id: 'y2', reason: 'unit', class: 'changed' }),
    differs('b', 'i', 'r', { id: 'y1', reason: 'date', class: 'lost' }),
    closes('a'),
    closes('b', 'r', { reading: 'second' }),
  ]
  const [told] = worklistFindings({ name: 'draw', records }, decisionsOf(twice), null, 7)
  expect([told?.reason, told?.class, told?.verdicts]).toEqual(['date', 'lost', ['y1', 'y2']])
  expect([itemJudged({ item: 'i' }), itemJudged({ item: 'i', cause: 'x:lead' })]).toEqual(['i', 'lead'])
})

const place = { input: 0, record: 1, line: 1, byte: 0, length: 0, id: null }
const field = (path: string, cls: PairItem['cls']) => ({ path, cls }) as PairItem['fields'][number]
const item = (id: string, cls: PairItem['cls'], change: Partial<PairItem> = {}): PairItem => ({
  id,
  domain: 'medicines',
  title: '',
  cls,
  critical: false,
  codes: [],
  legacy: null,
  target: null,
  fields: [],
  ...change,
})

test('paths that differ are named once, in order', () => {
  expect(
    differingPaths({
      fields: [
        field('b', 'changed'),
        field('a', 'lost'),
        field('b', 'appeared'),
        field('c', 'same'),
        field('d', 'same-after-rule'),
      ],
    }),
  ).toEqual(['a', 'b'])
})

test('a difference is still there where the entry differs, and where the comparison can not tell', () => {
  const rows = (id: string, cls: string, unmapped: readonly string[] = []) => ({ id, note: { cls }, legacy: { unmapped } })
  const pair = (
    items: readonly PairItem[],
    sections: readonly object[] = [],
    missing: RecordPair['missing'] = null,
  ): RecordPair => ({
    key: 'k',
    heading: { name: null, birth: null, sex: null },
    allergyState: { legacy: 'known', target: 'known' },
    differences: 0,
    missing,
    domains: [{ domain: 'medicines', items }],
    chart: { sections: sections as RecordPair['chart']['sections'] } as RecordPair['chart'],
  })
  const there = (change: Partial<WorklistFinding>, ...of: Parameters<typeof pair>): boolean =>
    isStillThere({ ...finding, ...change }, pair(...of))
  expect(there({}, [], [], 'target')).toBe(true)
  expect(there({}, [item('medicines:1', 'changed')])).toBe(true)
  expect(there({}, [item('medicines:1', 'same')])).toBe(false)
  expect(there({}, [item('medicines:1', 'same-after-rule')])).toBe(false)
  for (const cls of ['same', 'same-after-rule']) expect(there({ class: cls }, [item('medicines:1', 'same')])).toBe(true)
  expect(there({ item: 'record' }, [item('medicines:1', 'changed')])).toBe(false)
  // An entry of the new system alone moves with its file: any such of the domain counts.
  expect(there({}, [item('MedicationRequest:0:9', 'appeared')])).toBe(true)
  expect(there({}, [item('MedicationRequest:0:9', 'same')])).toBe(false)
  expect(there({}, [item('medicines:2', 'changed', { legacy: place })])).toBe(false)
  expect(there({ domain: 'allergies' }, [item('MedicationRequest:0:9', 'appeared')])).toBe(false)
  const outside = { item: `${outsideMapping}medicines` }
  expect(there(outside, [], [{ id: 'medicines', rows: [rows('x', 'same', ['note'])] }])).toBe(true)
  expect(there(outside, [], [{ id: 'medicines', rows: [rows('x', 'same')] }])).toBe(false)
  expect(there(outside, [], [{ id: 'allergies', rows: [rows('x', 'same', ['note'])] }])).toBe(false)
  const left = { class: 'not-compared' }
  expect(there(left, [], [{ id: 's', rows: [rows('medicines:1', 'not-compared')] }])).toBe(true)
  expect(there(left, [], [{ id: 's', rows: [rows('medicines:1', 'same')] }])).toBe(false)
  expect(there(left, [], [{ id: 's', rows: [rows('medicines:2', 'not-compared')] }])).toBe(false)
})

test('the claim that a plan tells first is of harm, then of the whole record', () => {
  const claim = (kind: 'harmful' | 'wrong-or-worse', domain: string | null) => ({
    id: `${kind} ${domain}`,
    class: kind,
    domain,
    tolerablePpm: 10_000,
    riskPpm: 50_000,
  })
  const [harm, ofDomain, wrong, wrongOfDomain] = [
    claim('harmful', null),
    claim('harmful', 'allergies'),
    claim('wrong-or-worse', null),
    claim('wrong-or-worse', 'allergies'),
  ]
  const all = [harm, ofDomain, wrong, wrongOfDomain]
  for (let from = 0; from < all.length; from++) expect(mainClaim(all.slice(from).toReversed())).toBe(all[from])
  expect(mainClaim([])).toBeNull()
  const numbers = { patients: 1, random: 1, chosen: 0, twice: 0, seeded: 0, early: false }
  expect(planSentence(numbers, [])).toBe('Read 1 of 1 patient, about 5 min in all.')
  const million = { ...numbers, patients: 1_234_567, random: 1000, early: true }
  expect(planSentence(million, [wrongOfDomain])).toBe(
    'Read up to 1,000 of 1,234,567 patients, at most 33 h 20 min in all: if the verdicts suffice, you can be 95 % sure that at most 12,345 of 1,234,567 patients have an error in the allergies.',
  )
})

test('rows of ISO 2859-1 table 2-A at their ends, where arrows lead to another letter', () => {
  const plan = (letter: string, level: string, inspection: 'normal' | 'tightened' = 'normal') => {
    const found = lotPlan(letter, level, inspection)
    return found && `${found.letter} ${found.n} ${found.acceptAt}/${found.rejectAt}`
  }
  const table: readonly (readonly [string, string, string])[] = [
    ['A', '6.5', 'A 2 0/1'],
    ['A', '15', 'B 3 1/2'],
    ['A', '25', 'A 2 1/2'],
    ['A', '1000', 'A 2 30/31'],
    ['B', '1000', 'B 3 44/45'],
    ['C', '650', 'C 5 44/45'],
    ['C', '1000', 'B 3 44/45'],
    ['D', '400', 'D 8 44/45'],
    ['E', '250', 'E 13 44/45'],
    ['F', '65', 'F 20 21/22'],
    ['F', '100', 'E 13 21/22'],
    ['G', '40', 'G 32 21/22'],
    ['H', '25', 'H 50 21/22'],
    ['H', '40', 'G 32 21/22'],
    ['F', '1.0', 'E 13 0/1'],
    ['F', '1.5', 'G 32 1/2'],
    ['J', '1.0', 'J 80 2/3'],
    ['R', '1.0', 'Q 1250 21/22'],
    ['R', '0.65', 'R 2000 21/22'],
  ]
  for (const [letter, level, expected] of table) expect(plan(letter, level), `${letter} ${level}`).toBe(expected)
  expect([
    plan('J', '1.0', 'tightened'),
    plan('J', '4.0', 'tightened'),
    plan('J', '6.5', 'tightened'),
    plan('B', '6.5', 'tightened'),
  ]).toEqual(['J 80 1/2', 'J 80 5/6', 'J 80 8/9', 'B 3 0/1'])
  expect([2, 8, 9, 150, 151, 500, 501, 1200, 1201].map((lot) => codeLetterOf(lot, 'II')).join('')).toBe('AABFGHJJK')
})

test('the smallest plan that keeps both risks, found again by trying every size', () => {
  const plan = acceptancePlan({ size: null, goodRate: 0.01, badRate: 0.1, acceptGoodAtLeast: 0.95, acceptBadAtMost: 0.1 })
  // The textbook plan for 1 % and 10 % at risks of 5 % and 10 % (Schilling & Neubauer): 52 items, two of them wrong at most.
  const keeps = (n: number, c: number): boolean => binomialAtMost(c, n, 0.1) <= 0.1 && binomialAtMost(c, n, 0.01) >= 0.95
  const slow = [0, 1, 2, 3].flatMap((c) =>
    Array.from({ length: 200 }, (_, n) => ({ n, c })).filter(({ n }) => n > c && keeps(n, c)),
  )[0]
  expect([plan?.n, plan?.c]).toEqual([slow?.n, slow?.c])
  expect(acceptancePlan({ size: 10, goodRate: 0.2, badRate: 0.1, acceptGoodAtLeast: 0.95, acceptBadAtMost: 0.1 })).toBeNull()
})
