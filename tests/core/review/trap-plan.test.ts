import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mustSeeStratum } from '../../../src/core/review/draw/frame.ts'
import { type Claim, defaultClaims } from '../../../src/core/review/model/claim.ts'
import type { RecordDecision } from '../../../src/core/review/model/review-event.ts'
import type { SamplingPlan, StratumWish } from '../../../src/core/review/plan/sampling-plan.ts'
import { planWithTraps } from '../../../src/core/review/plan/trap-plan.ts'
import { claimResults } from '../../../src/core/review/result/result.ts'

const stratum = (id: string, size: number): StratumWish => ({ id, rule: id, size, minimum: 0 })

/** Results where every drawn record but so many is right, and readers caught so many of the seeded defects. */
function resultsOf(claims: readonly Claim[], wishes: readonly StratumWish[], errors: number, missed: number) {
  const { sizes, traps } = planWithTraps(claims, wishes, errors)
  const drawn = sizes.strata.flatMap(({ id, n }) =>
    Array.from({ length: n }, (_, k) => ({ id: `${id}-${k}`, stratum: id, ticket: `${k}` })),
  )
  const plan: SamplingPlan = {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims,
    strata: sizes.strata,
    errorsAllowed: errors,
    secondReaderPpm: 0,
    lookSeconds: 0,
    criteria: '',
    traps,
  }
  const random = drawn.filter((each) => each.stratum !== mustSeeStratum)
  const wrong = new Set(random.slice(0, errors).map(({ id }) => id))
  const decisions = new Map(
    drawn.map(({ id }): [string, RecordDecision] => [
      id,
      {
        record: id,
        state: 'judged',
        verdict: wrong.has(id) ? 'harmful' : 'acceptable',
        domains: new Map(),
        differences: new Map(),
        readings: [],
        counted: [],
      },
    ]),
  )
  return { sizes, traps, results: claimResults(plan, drawn, decisions, { seeded: traps, caught: traps - missed, readers: [] }) }
}

test('what a plan promises holds: with every seeded defect caught and no more errors than allowed, each claim that can be proven is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 30, max: 6000 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 2 }),
      (sizes, chosen, errors) => {
        const wishes = sizes.map((size, index) => stratum(`s${index}`, size))
        const all = chosen > 0 ? [...wishes, stratum(mustSeeStratum, chosen)] : wishes
        const { sizes: planned, results } = resultsOf(defaultClaims, all, errors, 0)
        for (const result of results)
          if (!planned.unprovable.includes(result.claim)) expect(result.holds, JSON.stringify(result)).toBe(true)
      },
    ),
    { numRuns: process.env.LONG ? 1000 : 5 },
  )
})

test('a plan asks for no more than it needs: one record less, or one seeded defect missed, and the tightest claim does not hold', () => {
  const claims = defaultClaims.filter(({ id }) => id === 'record-harmful')
  const { sizes, traps, results } = resultsOf(claims, [stratum('all', 5000)], 0, 0)
  expect(results[0]?.holds).toBe(true)
  expect(resultsOf(claims, [stratum('all', 5000)], 0, 1).results[0]?.holds).toBe(false)
  // More than the 284 of readers who miss nothing, and less than every record.
  expect(sizes.n).toBeGreaterThan(284)
  expect(sizes.n).toBeLessThan(600)
  expect(traps).toBeGreaterThanOrEqual(Math.ceil(sizes.n * 0.05))
})

test('a claim that readers with so few seeded defects can not prove even by reading all is named', () => {
  const claims = defaultClaims.filter(({ id }) => id === 'allergies-harmful')
  const { sizes } = resultsOf(claims, [stratum('all', 150)], 0, 0)
  expect(sizes.unprovable).toEqual(['allergies-harmful'])
  expect(sizes.n).toBe(150)
})
