import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/core/random.ts'
import { draw, ticketOf } from '../../../src/core/review/draw/draw.ts'
import { buildFrame, type Frame } from '../../../src/core/review/draw/frame.ts'
import { type Claim, smallestIntolerable } from '../../../src/core/review/model/claim.ts'
import type { RecordDecision } from '../../../src/core/review/model/review-event.ts'
import { drawCounts, listSizes, planSizes, type SamplingPlan, strataOf } from '../../../src/core/review/plan/sampling-plan.ts'
import { claimResults, recordsAsked, resultSentence } from '../../../src/core/review/result/result.ts'
import { ticketList } from '../../../src/core/review/result/stopping.ts'

const claim: Claim = { id: 'record-wrong', class: 'wrong-or-worse', domain: null, tolerablePpm: 50_000, riskPpm: 50_000 }

function frameOf(sizes: Readonly<Record<string, number>>): Frame {
  const built = buildFrame(
    Object.entries(sizes).flatMap(([id, size]) => Array.from({ length: size }, (_, n) => [id, `${id}-${n}`] as const)),
  )
  if (!built.ok) throw new Error(built.problems.join(' '))
  return built.frame
}

function planOf(frame: Frame, traps = 0): SamplingPlan {
  return {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [claim],
    strata: listSizes(planSizes([claim], strataOf(frame, new Map()), 0, traps)).strata,
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 0,
    criteria: '',
    stopping: 'early',
    ...(traps === 0 ? {} : { traps }),
  }
}

function drawnOf(frame: Frame, plan: SamplingPlan, seed: string) {
  const drawn = draw(frame, seed, drawCounts(plan))
  if (!drawn.ok) throw new Error(drawn.problem)
  return drawn.records
}

const decided = (id: string, wrong: boolean): RecordDecision => ({
  record: id,
  state: 'judged',
  verdict: wrong ? 'wrong' : 'acceptable',
  domains: new Map(),
  differences: new Map(),
  readings: [],
  counted: [],
})

const seedOf = (n: number): string => String(n).padStart(20, '0')

test('what is read in the order of tickets are the first tickets of all strata together', () => {
  const size = fc.integer({ min: 1, max: 400 })
  fc.assert(
    fc.property(size, size, size, fc.nat(), (a, b, c, n) => {
      const frame = frameOf({ a, b, 'must-see': c })
      const plan = planOf(frame)
      const list = ticketList(plan, drawnOf(frame, plan, seedOf(n)))
      const union = frame.strata
        .filter(({ id }) => id !== 'must-see')
        .flatMap(({ id, records }) => records.map((record) => ticketOf(seedOf(n), id, record)))
        .sort()
      expect(list.map(({ ticket }) => ticket)).toEqual(union.slice(0, list.length))
      expect(list.length).toBeGreaterThan(0)
    }),
    { numRuns: 20 },
  )
})

test('an intolerable lot is accepted no more often than the risk limit, wherever its wrong records sit and whenever reading stops', () => {
  const runs = process.env.LONG ? 20_000 : 400
  const frame = frameOf({ north: 160, south: 40, 'must-see': 10 })
  const plan = planOf(frame)
  const all = frame.strata.flatMap(({ records }) => records)
  const wrongCount = smallestIntolerable(all.length, claim.tolerablePpm)
  const random = seededRandom('stopping')
  let accepted = 0
  for (let run = 0; run < runs; run++) {
    // All in one stratum, or anywhere: both must be safe.
    const from = run % 2 === 0 ? all.filter((id) => id.startsWith('south')) : [...all]
    const wrong = new Set<string>()
    while (wrong.size < wrongCount) wrong.add(from[Math.floor(random.next() * from.length)] ?? '')
    const drawn = drawnOf(frame, plan, seedOf(run))
    const decisions = new Map(drawn.map(({ id }) => [id, decided(id, wrong.has(id))]))
    const [result] = claimResults(plan, drawn, decisions)
    if (!result?.holds) continue
    accepted++
    expect(result.x + result.mustSeeWrong).toBeLessThan(result.intolerable)
  }
  const risk = claim.riskPpm / 1e6
  expect(accepted / runs).toBeLessThanOrEqual(risk + 3 * Math.sqrt((risk * (1 - risk)) / runs))
})

test('reading stops when the evidence suffices, a gap in the order stops the count, and the rest need not be read', () => {
  const frame = frameOf({ all: 2000, 'must-see': 3 })
  const plan = planOf(frame)
  const drawn = drawnOf(frame, plan, seedOf(7))
  const list = ticketList(plan, drawn)
  const chosen = drawn.filter(({ stratum }) => stratum === 'must-see')
  const after = (n: number, wrong: ReadonlySet<number> = new Set()) =>
    new Map([...chosen, ...list.slice(0, n)].map(({ id }, index) => [id, decided(id, wrong.has(index - chosen.length))]))
  const resultAt = (n: number) => claimResults(plan, drawn, after(n))[0]
  const first = Array.from({ length: list.length + 1 }, (_, n) => n).find((n) => resultAt(n)?.holds) ?? Number.NaN
  expect(first).toBeGreaterThan(40)
  expect(first).toBeLessThan(list.length)
  expect(resultAt(first - 1)?.stopping?.decision).toBe('continue')
  expect(recordsAsked(plan, drawn, after(first), null).length).toBe(first + chosen.length)
  expect(recordsAsked(plan, drawn, after(first - 1), null)).toBe(drawn)
  // One wrong record asks for more reading, and does not fail the lot.
  expect(claimResults(plan, drawn, after(first, new Set([0])))[0]?.stopping?.decision).toBe('continue')
  expect(claimResults(plan, drawn, after(list.length, new Set([0])))[0]?.holds).toBe(true)
  const gap = after(first)
  gap.delete(list[5]?.id ?? '')
  expect(claimResults(plan, drawn, gap)[0]).toMatchObject({ holds: false, n: 5, stopping: { reviewed: 5 } })
  // A must-see record without a verdict is wrong.
  const unread = after(first)
  unread.delete(chosen[0]?.id ?? '')
  expect(claimResults(plan, drawn, unread)[0]).toMatchObject({ mustSeeWrong: 1, stopping: { decision: 'continue' } })
  expect(claimResults(plan, drawn, new Map())[0]?.stopping?.decision).toBe('continue')
  const held = resultAt(first)
  expect(held && resultSentence(held)).toContain(`${first} of up to ${list.length} records read in the order of the draw`)
})

test('with seeded defects reading does not stop before all of them were read, and readers who miss some read more', () => {
  const frame = frameOf({ all: 2000 })
  const plan = planOf(frame, 10)
  const drawn = drawnOf(frame, plan, seedOf(3))
  const decisions = new Map(ticketList(plan, drawn).map(({ id }) => [id, decided(id, false)]))
  const decision = (traps: { seeded: number; caught: number } | null) =>
    claimResults(plan, drawn, decisions, traps && { ...traps, readers: [] })[0]?.stopping?.decision
  expect(decision(null)).toBe('continue')
  expect(decision({ seeded: 9, caught: 9 })).toBe('continue')
  expect(decision({ seeded: 10, caught: 10 })).toBe('accept')
  expect(decision({ seeded: 10, caught: 2 })).toBe('full-review')
})

test('whoever reads on after the evidence sufficed and finds the lot intolerable holds nothing', () => {
  const frame = frameOf({ all: 500 })
  const plan = planOf(frame)
  const drawn = drawnOf(frame, { ...plan, strata: plan.strata.map((each) => ({ ...each, n: each.size })) }, seedOf(11))
  const intolerable = smallestIntolerable(500, claim.tolerablePpm)
  const list = ticketList(plan, drawn)
  const wrongFrom = (first: number) => new Map(list.map(({ id }, index) => [id, decided(id, index >= first)]))
  // So many right at first that the evidence sufficed then.
  const early = new Map([...wrongFrom(list.length)].slice(0, list.length - intolerable))
  expect(claimResults(plan, drawn, early)[0]?.holds).toBe(true)
  const [late] = claimResults(plan, drawn, wrongFrom(list.length - intolerable))
  expect(late).toMatchObject({ holds: false, x: intolerable, stopping: { decision: 'full-review', p: 1 } })
  expect(late?.upper).toBeGreaterThanOrEqual(intolerable)
  // The same with a gap before them: they were read, so they are known.
  const ahead = wrongFrom(list.length - intolerable)
  ahead.delete(list[list.length - intolerable]?.id ?? '')
  ahead.set(list[0]?.id ?? '', decided(list[0]?.id ?? '', true))
  expect(claimResults(plan, drawn, ahead)[0]).toMatchObject({ holds: false, stopping: { decision: 'full-review' } })
})
