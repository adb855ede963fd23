/**
 * Audits simulated from the lot to the decision, judged by the product's own functions: how often is a migration accepted that must not be?
 * Only chance is made here: which records are wrong, in which order tickets put them, what readers see. A tenth of the runs without LONG.
 */

import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../src/core/random.ts'
import type { DrawnRecord } from '../../../src/core/review/draw/draw.ts'
import { type Claim, smallestIntolerable } from '../../../src/core/review/model/claim.ts'
import type { RecordDecision, RecordEvent } from '../../../src/core/review/model/review-event.ts'
import type { TrapResult } from '../../../src/core/review/pair/traps.ts'
import { allocate, type SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import { type ClaimResult, claimResults } from '../../../src/core/review/result/result.ts'
import { timesOf } from '../../threat-counts.ts'

const runs = timesOf('T9')

interface Design {
  readonly name: string
  readonly strata: readonly number[]
  readonly tolerablePpm: number
  /** Records on the list; all of them for a full review. */
  readonly until: number
  /** How wrong records lie in the strata: evenly, or as many as fit in the last. */
  readonly placed: 'even' | 'last'
  /** Sensitivity of each reader, who all read every record and every seeded defect; null where it is not measured. */
  readonly readers: { readonly se: number; readonly names: readonly string[]; readonly traps: number } | null
}

const designs: readonly Design[] = [
  { name: 'full review of 100', strata: [100], tolerablePpm: 50_000, until: 100, placed: 'even', readers: null },
  { name: 'full review of 500', strata: [500], tolerablePpm: 20_000, until: 500, placed: 'even', readers: null },
  {
    name: '5,000 with three strata',
    strata: [3_000, 1_500, 500],
    tolerablePpm: 20_000,
    until: 600,
    placed: 'even',
    readers: null,
  },
  {
    name: '2,000 with six strata, all that is wrong in one',
    strata: [700, 500, 300, 250, 150, 100],
    tolerablePpm: 30_000,
    until: 700,
    placed: 'last',
    readers: null,
  },
  {
    name: '1,000 read to the end by a reader who sees 90 %, measured with 30 seeded defects',
    strata: [1_000],
    tolerablePpm: 20_000,
    until: 1_000,
    placed: 'even',
    readers: { se: 0.9, names: ['a'], traps: 30 },
  },
  {
    name: '200,000 with two readers who see 90 % each, measured with 50 seeded defects',
    strata: [200_000],
    tolerablePpm: 10_000,
    until: 900,
    placed: 'even',
    readers: { se: 0.9, names: ['a', 'b'], traps: 50 },
  },
]

function planOf({ strata, tolerablePpm, readers }: Design, list: readonly number[]): SamplingPlan {
  const claim: Claim = { id: 'record-wrong', class: 'wrong-or-worse', domain: null, tolerablePpm, riskPpm: 50_000 }
  return {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [claim],
    strata: strata.map((size, i) => ({ id: `s${i}`, rule: '', size, minimum: 0, n: list[i] ?? 0, takeAll: false })),
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 0,
    criteria: '',
    stopping: 'early',
    ...(readers ? { traps: readers.traps } : {}),
  }
}

/** Just too many in all. */
function wrongOf({ strata, placed, tolerablePpm }: Design): readonly number[] {
  const total = strata.reduce((sum, size) => sum + size, 0)
  const intolerable = smallestIntolerable(total, tolerablePpm)
  if (placed === 'even') return shared(intolerable, strata)
  let left = intolerable
  return strata
    .toReversed()
    .map((size) => {
      const here = Math.min(left, size)
      left -= here
      return here
    })
    .toReversed()
}

function shared(count: number, strata: readonly number[]): readonly number[] {
  const parts = allocate(
    count,
    strata.map((size, i) => ({ id: `s${i}`, size, minimum: 0 })),
  )
  return strata.map((_, i) => parts.get(`s${i}`) ?? 0)
}

interface Read {
  readonly drawn: readonly DrawnRecord[]
  /** What readers said, in ticket order. */
  readonly flagged: readonly boolean[]
}

/** Tickets put all records of all strata in one random order; of each stratum the first of its list are read. */
function readIn({ strata, readers }: Design, list: readonly number[], wrong: readonly number[], random: Random): Read {
  const left = [...strata]
  const bad = [...wrong]
  const open = [...list]
  let [records, unread] = [left.reduce((sum, n) => sum + n, 0), open.reduce((sum, n) => sum + n, 0)]
  const seen = readers ? 1 - (1 - readers.se) ** readers.names.length : 1
  const drawn: DrawnRecord[] = []
  const flagged: boolean[] = []
  for (let ticket = 0; unread > 0; ticket++) {
    let at = random.next() * records--
    let stratum = 0
    while (at >= (left[stratum] ?? 0) && stratum < left.length - 1) at -= left[stratum++] ?? 0
    const isWrong = random.next() * (left[stratum] ?? 0) < (bad[stratum] ?? 0)
    left[stratum] = (left[stratum] ?? 0) - 1
    if (isWrong) bad[stratum] = (bad[stratum] ?? 0) - 1
    if ((open[stratum] ?? 0) === 0) continue
    open[stratum] = (open[stratum] ?? 0) - 1
    unread--
    const name = String(ticket).padStart(6, '0')
    drawn.push({ id: name, stratum: `s${stratum}`, ticket: name })
    flagged.push(isWrong && random.next() < seen)
  }
  return { drawn, flagged }
}

function decisionsFor({ readers }: Design): readonly [right: RecordDecision, wrong: RecordDecision] {
  const readings = (readers?.names ?? []).map((by): RecordEvent => {
    const at = { wall: '2026-03-02T09:00:00+01:00', counter: 0 }
    const said = { verdict: 'acceptable', differences: 0, reading: 'first', seconds: 20, comment: null } as const
    return { kind: 'record', id: by, at, by, record: '', ...said }
  })
  const base = { record: '', state: 'judged' as const, domains: new Map(), differences: new Map(), readings, counted: [] }
  return [
    { ...base, verdict: 'acceptable' },
    { ...base, verdict: 'wrong' },
  ]
}

function trapsRead({ readers }: Design, random: Random): TrapResult | null {
  if (!readers) return null
  const { names, traps: seeded, se } = readers
  const each = names.map((reader) => {
    let caught = 0
    for (let trap = 0; trap < seeded; trap++) if (random.next() < se) caught++
    return { reader, seeded, caught }
  })
  const caught = each.reduce((sum, own) => sum + own.caught, 0)
  return { seeded: seeded * names.length, caught, readers: each }
}

/** By what readers caught of the seeded defects: so many records called wrong, and the claim has failed. Found once, by the product. */
type FailsAt = Map<string, number>

/** Whether somebody who looks after every verdict is ever told that reading may stop and the claim holds. */
function everAccepted(
  plan: SamplingPlan,
  { drawn, flagged }: Read,
  words: ReturnType<typeof decisionsFor>,
  traps: TrapResult | null,
  failsAt: FailsAt,
): boolean {
  const after = (count: number): ClaimResult | undefined => {
    const decisions = new Map<string, RecordDecision>()
    for (let i = 0; i < count; i++) decisions.set(drawn[i]?.id ?? '', words[flagged[i] ? 1 : 0])
    return claimResults(plan, drawn, decisions, traps)[0]
  }
  // What was accepted stays accepted until the claim has failed: it is enough to look right before that.
  const key = JSON.stringify(traps?.readers.map(({ caught }) => caught) ?? null)
  const known = failsAt.get(key)
  if (known !== undefined) return after(beforeWrong(flagged, known))?.holds === true
  const end = after(drawn.length)
  if (end?.holds || end?.stopping?.decision !== 'full-review' || end.stopping.p !== 1) return end?.holds === true
  let [low, high] = [0, drawn.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (after(middle)?.stopping?.decision === 'full-review') high = middle - 1
    else low = middle
  }
  // The list just ended: nothing is known of when the claim fails.
  if (low < drawn.length - 1) failsAt.set(key, flagged.slice(0, low + 1).filter(Boolean).length)
  return after(low)?.holds === true
}

/** Records before the n-th that was called wrong; all of them where there are fewer. */
function beforeWrong(flagged: readonly boolean[], n: number): number {
  let count = 0
  const at = flagged.findIndex((wrong) => wrong && ++count === n)
  return at < 0 ? flagged.length : at
}

function acceptedIn(design: Design, random: Random): number {
  const list = shared(design.until, design.strata)
  const plan = planOf(design, list)
  const wrong = wrongOf(design)
  const words = decisionsFor(design)
  const failsAt: FailsAt = new Map()
  let accepted = 0
  for (let run = 0; run < runs; run++)
    if (everAccepted(plan, readIn(design, list, wrong, random), words, trapsRead(design, random), failsAt)) accepted++
  return accepted / runs
}

test.each(designs)('at tolerance, $name: accepted no more often than the risk limit', (design) => {
  const share = acceptedIn(design, seededRandom(`simulated ${design.name}`))
  if (process.env.LONG) process.stdout.write(`simulated audits, ${design.name}: ${share} of ${runs} accepted\n`)
  expect(share).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
})

test.each(designs)('without an error, $name: accepted, where readers caught what was seeded', (design) => {
  const random = seededRandom('clean')
  const list = shared(design.until, design.strata)
  const clean = readIn(
    design,
    list,
    design.strata.map(() => 0),
    random,
  )
  const caught = design.readers && trapsRead({ ...design, readers: { ...design.readers, se: 1 } }, random)
  const judge = (traps: TrapResult | null): boolean =>
    everAccepted(planOf(design, list), clean, decisionsFor(design), traps, new Map())
  expect(judge(caught)).toBe(true)
  // Readers of whom nothing is known prove nothing.
  if (design.readers) expect(judge(null)).toBe(false)
})

test('a good lot is accepted soon: a tenth of the tolerance in 5,000 records', () => {
  const random = seededRandom('power')
  const tries = process.env.LONG ? 20_000 : 300
  // Three times the fixed plan without errors, 284.
  const design: Design = { name: '', strata: [5_000], tolerablePpm: 10_000, until: 3 * 284, placed: 'even', readers: null }
  const list = [design.until]
  const plan = planOf(design, list)
  let within = 0
  for (let run = 0; run < tries; run++)
    if (everAccepted(plan, readIn(design, list, [5], random), decisionsFor(design), null, new Map())) within++
  expect(within / tries).toBeGreaterThan(0.95)
})
