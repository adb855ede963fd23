import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decisionsOf, lastEventOf } from '../../../src/core/review/decision/decision.ts'
import { type Claim, defaultClaims, percentText, smallestIntolerable } from '../../../src/core/review/model/claim.ts'
import type { DifferenceEvent, RecordEvent, ReviewEvent, Verdict } from '../../../src/core/review/model/review-event.ts'
import { allocate, planSizes, type SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import { claimResults, progressSentence, resultSentence, reviewProgress } from '../../../src/core/review/result/result.ts'
import { acceptancePlan } from '../../../src/core/review/statistics/acceptance-plan.ts'
import { hasReference, numberAt, referenceRows } from '../reference-table.ts'

test.skipIf(!hasReference('acceptance_plan_search.csv'))('every published acceptance plan is found with its numbers', () => {
  for (const row of referenceRows('acceptance_plan_search.csv')) {
    const plan = acceptancePlan({
      size: row.get('dist') === 'binomial' ? null : numberAt(row, 'N'),
      goodRate: numberAt(row, 'PRP_quality'),
      acceptGoodAtLeast: numberAt(row, 'PRP_min_Pa'),
      badRate: numberAt(row, 'CRP_quality'),
      acceptBadAtMost: numberAt(row, 'CRP_max_Pa'),
    })
    expect([plan?.n, plan?.c], [...row].join(' ')).toEqual([numberAt(row, 'n'), numberAt(row, 'c')])
    expect(Math.abs((plan?.acceptGood ?? 0) / numberAt(row, 'Pa_at_PRP') - 1)).toBeLessThan(1e-8)
    expect(Math.abs((plan?.acceptBad ?? 0) / numberAt(row, 'Pa_at_CRP') - 1)).toBeLessThan(1e-8)
  }
})

test('D0 is counted in integers, so a tolerance that falls on a whole record is still tolerated', () => {
  expect(smallestIntolerable(100, 10_000)).toBe(2)
  expect(smallestIntolerable(1_000_000, 333_333)).toBe(333_334)
  expect(percentText(5_000)).toBe('0.5 %')
})

test('shares of a sample add up, keep minimums, and follow sizes to within one record', () => {
  const strata = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[a-z]{1,4}$/), size: fc.integer({ min: 1, max: 400 }), minimum: fc.nat(20) }),
    {
      selector: (stratum) => stratum.id,
      minLength: 1,
      maxLength: 6,
    },
  )
  fc.assert(
    fc.property(strata, fc.nat(600), (list, total) => {
      const counts = allocate(total, list)
      const sum = [...counts.values()].reduce((a, b) => a + b, 0)
      const size = list.reduce((a, stratum) => a + stratum.size, 0)
      const least = list.reduce((a, stratum) => a + Math.min(stratum.minimum, stratum.size), 0)
      expect(sum).toBe(Math.max(least, Math.min(total, size)))
      for (const stratum of list) {
        const n = counts.get(stratum.id) ?? 0
        expect(n).toBeGreaterThanOrEqual(Math.min(stratum.minimum, stratum.size))
        expect(n).toBeLessThanOrEqual(stratum.size)
        if (list.every((each) => each.minimum === 0) && total <= size)
          expect(Math.abs(n - (total * stratum.size) / size)).toBeLessThan(1)
      }
    }),
  )
  expect([
    ...allocate(3, [
      { id: 'b', size: 10, minimum: 0 },
      { id: 'a', size: 10, minimum: 0 },
    ]),
  ]).toEqual([
    ['b', 1],
    ['a', 2],
  ])
})

let serial = 0
const stamp = (): { id: string; at: { wall: string; counter: number } } => {
  serial++
  return { id: `d-${serial}`, at: { wall: '2026-03-02T09:00:00+01:00', counter: serial } }
}
const difference = (record: string, item: string, verdict: Verdict, by = 'a', domain = 'allergies'): DifferenceEvent => ({
  ...stamp(),
  kind: 'difference',
  by,
  record,
  item,
  domain,
  class: 'changed',
  verdict,
  reason: verdict === 'harmful' || verdict === 'wrong' ? 'missing' : null,
})
const closed = (record: string, verdict: Verdict, by = 'a', reading: RecordEvent['reading'] = 'first'): RecordEvent => ({
  ...stamp(),
  kind: 'record',
  by,
  record,
  verdict,
  differences: 0,
  reading,
  seconds: 12,
  comment: null,
})

test('a record is as bad as its worst difference', () => {
  const events = [difference('r', 'x', 'acceptable'), difference('r', 'y', 'harmful'), closed('r', 'acceptable')]
  const decision = decisionsOf(events).get('r')
  expect(decision).toMatchObject({ state: 'judged', verdict: 'harmful' })
  expect(decision?.domains.get('allergies')).toBe('harmful')
})

test('until somebody adjudicates the worse reading counts, then the adjudicated one', () => {
  const events = [closed('r', 'acceptable', 'a'), closed('r', 'wrong', 'b', 'second')]
  expect(decisionsOf(events).get('r')?.verdict).toBe('wrong')
  expect(decisionsOf([...events, closed('r', 'acceptable', 'c', 'adjudication')]).get('r')?.verdict).toBe('acceptable')
})

test('a changed verdict replaces the earlier one and both stay in the file', () => {
  const events = [difference('r', 'x', 'harmful'), difference('r', 'x', 'acceptable'), closed('r', 'acceptable')]
  expect(decisionsOf(events).get('r')?.verdict).toBe('acceptable')
})

test('undo takes back the own last act, never somebody else’s, and the order of lines does not matter', () => {
  const mine = closed('r', 'wrong', 'a')
  const theirs = closed('q', 'harmful', 'b')
  const undo = (undoes: string, record: string): ReviewEvent => ({ ...stamp(), kind: 'undo', by: 'a', record, undoes })
  const events = [mine, theirs, undo(mine.id, 'r'), undo(theirs.id, 'q')]
  expect(lastEventOf([mine, theirs], 'a')).toBe(mine)
  const decisions = decisionsOf(events)
  expect(decisions.has('r')).toBe(false)
  expect(decisions.get('q')?.verdict).toBe('harmful')
  expect(decisionsOf(events.toReversed())).toEqual(decisions)
})

const claims: readonly Claim[] = [
  { id: 'harm', class: 'harmful', domain: null, tolerablePpm: 10_000, riskPpm: 50_000 },
  { id: 'wrong', class: 'wrong-or-worse', domain: null, tolerablePpm: 50_000, riskPpm: 50_000 },
  { id: 'med', class: 'harmful', domain: 'medicines', tolerablePpm: 10_000, riskPpm: 50_000 },
]
const wishes = [
  { id: 'all', rule: 'everybody', size: 2_000, minimum: 0 },
  { id: 'must-see', rule: 'booked next week', size: 3, minimum: 0 },
]
const planned = planSizes(claims, wishes, 0)
const plan: SamplingPlan = {
  format: 'carryover-plan/1',
  unit: 'patient record',
  claims,
  strata: planned.strata,
  errorsAllowed: 0,
  secondReaderPpm: 0,
  lookSeconds: 3,
  criteria: '',
}
const drawn = planned.strata.flatMap(({ id: stratum, n }) =>
  Array.from({ length: n }, (_, i) => ({ id: `${stratum}${i}`, stratum, ticket: String(i) })),
)
const allRight = drawn.map((record) => closed(record.id, 'acceptable'))
const resultsOf = (events: readonly ReviewEvent[]) => claimResults(plan, drawn, decisionsOf(events))

test('with every drawn record right, every claim of the plan holds and its bound is within the tolerance', () => {
  for (const result of resultsOf(allRight)) {
    expect(result.holds).toBe(true)
    expect(result.upper).toBeLessThan(result.intolerable)
  }
  expect(defaultClaims.every((claim) => claim.tolerablePpm > 0)).toBe(true)
})

test('one record short, skipped, undecided or harmful breaks the claim that had no room for it', () => {
  const [first] = drawn
  if (!first) throw new Error('nothing drawn')
  const rest = allRight.slice(1)
  for (const events of [
    rest,
    [...rest, { ...stamp(), kind: 'skip', by: 'a', record: first.id } as const],
    [...rest, closed(first.id, 'cannot-tell')],
    [...rest, closed(first.id, 'harmful')],
  ]) {
    const [harm] = resultsOf(events)
    expect(harm).toMatchObject({ x: 1, holds: false })
  }
})

test('harm in one domain leaves the claim about another domain alone', () => {
  const [first] = drawn
  if (!first) throw new Error('nothing drawn')
  const events = [...allRight.slice(1), difference(first.id, 'x', 'harmful'), closed(first.id, 'harmful')]
  expect(resultsOf(events).map((result) => result.x)).toEqual([1, 1, 0])
})

test('a wrong record on the must-see list is counted, not estimated', () => {
  const events = allRight.map((event) => (event.record === 'must-see0' ? { ...event, verdict: 'harmful' as const } : event))
  const [before, after] = [resultsOf(allRight)[0], resultsOf(events)[0]]
  expect(after).toMatchObject({ x: 0, mustSeeWrong: 1, upper: (before?.upper ?? 0) + 1 })
})

test('progress and result are sentences with their numbers', () => {
  const [first, second] = drawn
  const events = [...allRight.slice(2), closed(first?.id ?? '', 'wrong')]
  const progress = reviewProgress(drawn, decisionsOf(events))
  expect(progressSentence(progress)).toBe(
    `${drawn.length - 1} of ${drawn.length} records reviewed: 0 harmful, 1 wrong, 0 undecided. 1 is still open and counts as wrong until judged.`,
  )
  const [harm] = resultsOf([...allRight.slice(2), closed(first?.id ?? '', 'wrong'), closed(second?.id ?? '', 'acceptable')])
  if (!harm) throw new Error('no result')
  expect(resultSentence(harm)).toMatch(
    /^With 95 % confidence at most 20 of 2,003 records \(1\.00 %\) have a harmful error\. The claim "at most 1 %" holds\.$/,
  )
})
