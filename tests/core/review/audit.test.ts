import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../src/core/random.ts'
import { type Claim, smallestIntolerable } from '../../../src/core/review/model/claim.ts'
import { planSizes } from '../../../src/core/review/plan/sampling-plan.ts'
import { auditOf } from '../../../src/core/review/statistics/audit.ts'
import { stratifiedSampleHolds, stratifiedUpperBound } from '../../../src/core/review/statistics/bound.ts'
import { smallestSample, upperBound } from '../../../src/core/review/statistics/hypergeometric.ts'
import { hasReference, referenceJson } from '../reference-table.ts'

const alpha = 50_000

/** A lot with so many wrong units, in random order. */
function shuffled(size: number, wrong: number, random: Random): boolean[] {
  const rights = Array.from({ length: size }, (_, n) => n >= wrong)
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const [a = true, b = true] = [rights[i], rights[j]]
    rights[i] = b
    rights[j] = a
  }
  return rights
}

/** What the audit says of all these verdicts. */
function accepted(size: number, tolerablePpm: number, rights: readonly boolean[]): boolean {
  const state = auditOf(size, { tolerablePpm, riskPpm: alpha }, rights)
  return state.decision === 'accept'
}

/** Whether the lot is accepted at any moment: evidence only grows until the wrong unit that fails the claim, so that is where to look. */
function everAccepted(size: number, tolerablePpm: number, rights: readonly boolean[]): boolean {
  let wrong = 0
  const failed = rights.findIndex((right) => {
    if (!right) wrong++
    return wrong === smallestIntolerable(size, tolerablePpm)
  })
  return accepted(size, tolerablePpm, failed < 0 ? rights : rights.slice(0, failed))
}

const limit = (runs: number): number => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs)

test('2,000 audits of a lot exactly at tolerance accept it no more often than the risk limit, even run to the end', () => {
  for (const [size, tolerablePpm] of [
    [100, 50_000],
    [500, 20_000],
  ] as const) {
    const random = seededRandom(`audit-${size}`)
    const wrong = smallestIntolerable(size, tolerablePpm)
    const runs = 2_000
    let wrongly = 0
    for (let run = 0; run < runs; run++) if (everAccepted(size, tolerablePpm, shuffled(size, wrong, random))) wrongly++
    expect(wrongly / runs).toBeLessThanOrEqual(limit(runs))
    // The martingale is not idle either: it uses up most of its risk.
    expect(wrongly / runs).toBeGreaterThan(0.02)
  }
})

test('evidence of the first verdicts does not outlive what was read afterwards', () => {
  const claim = { tolerablePpm: 20_000, riskPpm: alpha }
  const rights = Array.from({ length: 500 }, (_, n) => n < 200)
  expect(auditOf(500, claim, rights.slice(0, 200)).decision).toBe('accept')
  expect(auditOf(500, claim, rights)).toEqual({ p: 1, decision: 'full-review', reviewed: 500, wrong: 300 })
  expect(auditOf(500, claim, rights.slice(0, 210)).decision).toBe('accept')
  expect(auditOf(500, claim, rights.slice(0, 211)).decision).toBe('full-review')
})

test('an audit of every unit is plain counting', () => {
  for (let wrong = 0; wrong <= 12; wrong++)
    expect(accepted(100, 50_000, shuffled(100, wrong, seededRandom(`count-${wrong}`)))).toBe(wrong <= 5)
})

test('a clean lot is accepted after the published number of records', () => {
  const stop = (size: number, tolerablePpm: number, anticipated: number): number => {
    for (let n = 1; ; n++) {
      const rights = Array.from({ length: n }, () => true)
      if (auditOf(size, { tolerablePpm, riskPpm: alpha }, rights, anticipated).decision === 'accept') return n
    }
  }
  expect([stop(500, 20_000, 0.1), stop(500, 20_000, 0.3)]).toEqual([127, 148])
  expect([stop(1_000, 10_000, 0.1), stop(1_000, 10_000, 0.3)]).toEqual([255, 297])
  expect([stop(5_000, 10_000, 0.1), stop(5_000, 10_000, 0.3)]).toEqual([313, 391])
})

interface Edge {
  readonly x: readonly number[]
  readonly N: number
  readonly t: number
  readonly last_p: number
}

test.skipIf(!hasReference('risk_limiting_audit.json'))('the exhaustive edge refutes only what counting refutes', () => {
  const reference = referenceJson('risk_limiting_audit.json') as { readonly alpha_mart_exhaustive: readonly Edge[] }
  for (const { x, N, t, last_p } of reference.alpha_mart_exhaustive) {
    // The null mean t allows N·t right units, so N − N·t wrong ones are intolerable.
    const tolerablePpm = Math.ceil(((N - Math.round(N * t) - 1) / N) * 1e6)
    const state = auditOf(
      N,
      { tolerablePpm, riskPpm: alpha },
      x.map((value) => value === 1),
    )
    if (last_p === 0) expect(state).toMatchObject({ p: 0, decision: 'accept' })
    else expect(state.decision).toBe('full-review')
  }
})

test('too many wrong units end in full review, never in acceptance', () => {
  const rights = [...Array.from({ length: 11 }, () => false), ...Array.from({ length: 489 }, () => true)]
  expect(auditOf(500, { tolerablePpm: 20_000, riskPpm: alpha }, rights).decision).toBe('full-review')
  expect(auditOf(500, { tolerablePpm: 20_000, riskPpm: alpha }, rights.slice(0, 11)).decision).toBe('full-review')
})

test('several strata: wherever the wrong records hide, the plan accepts at most at the risk limit', () => {
  const claim: Claim = { id: 'c', class: 'harmful', domain: null, tolerablePpm: 30_000, riskPpm: alpha }
  const wishes = [
    { id: 'east', rule: 'east', size: 300, minimum: 20 },
    { id: 'north', rule: 'north', size: 90, minimum: 5 },
    { id: 'west', rule: 'west', size: 610, minimum: 0 },
  ]
  const { strata } = planSizes([claim], wishes, 0)
  const intolerable = smallestIntolerable(1_000, claim.tolerablePpm)
  const runs = 2_000
  const placements = [
    [31, 0, 0],
    [0, 31, 0],
    [0, 0, 31],
    [10, 3, 18],
  ]
  for (const placement of placements) {
    const random = seededRandom(`strata-${placement.join()}`)
    let wrongly = 0
    for (let run = 0; run < runs; run++) {
      let x = 0
      for (const [index, stratum] of strata.entries())
        x += shuffled(stratum.size, placement[index] ?? 0, random)
          .slice(0, stratum.n)
          .filter((right) => !right).length
      if (x === 0) wrongly++
    }
    expect(wrongly / runs, placement.join()).toBeLessThanOrEqual(limit(runs))
  }
  expect(intolerable).toBe(31)
})

test('strata cost a few records more than one lot, and one stratum costs none', () => {
  const claim: Claim = { id: 'c', class: 'harmful', domain: null, tolerablePpm: 10_000, riskPpm: alpha }
  const one = planSizes([claim], [{ id: 'all', rule: '', size: 5_000, minimum: 0 }], 0)
  expect(one.n).toBe(284)
  const sizes = [3_200, 1_500, 300]
  const three = planSizes(
    [claim],
    sizes.map((size, n) => ({ id: `s${n}`, rule: '', size, minimum: 0 })),
    0,
  )
  expect(three.n).toBeGreaterThanOrEqual(284)
  expect(three.n).toBeLessThan(310)
})

test('the bound over strata agrees with the decision, and with the exact bound where there is one stratum', () => {
  const strata = [
    { size: 700, n: 70 },
    { size: 300, n: 30 },
  ]
  for (const x of [0, 1, 3]) {
    const bound = stratifiedUpperBound(strata, x, alpha)
    expect(stratifiedSampleHolds(strata, bound + 1, x, alpha)).toBe(true)
    expect(stratifiedSampleHolds(strata, bound, x, alpha)).toBe(false)
    expect(bound).toBeGreaterThanOrEqual(upperBound(1_000, 100, x, alpha))
    expect(stratifiedUpperBound([{ size: 1_000, n: 100 }], x, alpha)).toBe(upperBound(1_000, 100, x, alpha))
  }
})

test('sizes that meet the risk exactly are not rounded away', () => {
  // One wrong in 20: drawing 19 leaves exactly 1 chance in 20 of missing it.
  expect(smallestSample(20, 1, 0, alpha)).toBe(19)
  expect(smallestSample(100, 1, 0, alpha)).toBe(95)
})
