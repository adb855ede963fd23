/** Audits simulated from the lot to the decision: how often is a migration accepted that must not be? A tenth of the runs without LONG. */
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../src/core/random.ts'
import { auditAgainst } from '../../../src/core/review/audit.ts'
import { smallestIntolerable } from '../../../src/core/review/claim.ts'
import { allocate } from '../../../src/core/review/sampling-plan.ts'
import { correctedIntolerable, leastSensitivity, splitRisk } from '../../../src/core/review/sensitivity.ts'

const alpha = 50_000
const runs = process.env.LONG ? 20_000 : 2_000

interface Design {
  readonly name: string
  readonly strata: readonly number[]
  readonly tolerablePpm: number
  /** Verdicts after which nobody reads on; the size of the stratum for a full review. */
  readonly until: number
  /** How wrong records lie in the strata: evenly, or all of the excess in the last. */
  readonly placed: 'even' | 'last'
  /** Sensitivity of a reader, how many read each record, and how many defects were seeded to measure it; null where it is not corrected. */
  readonly readers: { readonly se: number; readonly both: boolean; readonly traps: number } | null
}

const designs: readonly Design[] = [
  { name: 'full review of 100', strata: [100], tolerablePpm: 50_000, until: 100, placed: 'even', readers: null },
  { name: 'full review of 500', strata: [500], tolerablePpm: 20_000, until: 500, placed: 'even', readers: null },
  {
    name: '5,000 with three strata',
    strata: [3_000, 1_500, 500],
    tolerablePpm: 20_000,
    until: 600,
    placed: 'last',
    readers: null,
  },
  {
    name: '2,000 with six strata, the excess in one',
    strata: [700, 500, 300, 250, 150, 100],
    tolerablePpm: 30_000,
    until: 700,
    placed: 'last',
    readers: null,
  },
  {
    name: '1,000 read to the end by readers who see 80 %, measured with 30 traps',
    strata: [1_000],
    tolerablePpm: 20_000,
    until: 1_000,
    placed: 'even',
    readers: { se: 0.8, both: false, traps: 30 },
  },
  {
    name: '200,000 with two readers who see 90 % each, measured with 50 traps',
    strata: [200_000],
    tolerablePpm: 10_000,
    until: 1_500,
    placed: 'even',
    readers: { se: 0.9, both: true, traps: 50 },
  },
]

/** Wrong records by stratum: just too many in all. */
function wrongOf({ strata, placed }: Design, intolerable: number, tolerated: readonly number[]): readonly number[] {
  const total = strata.reduce((sum, size) => sum + size, 0)
  if (placed === 'last') return tolerated.map((most, i) => (i === tolerated.length - 1 ? most + 1 : most))
  return strata.map((size) => Math.ceil((intolerable * size) / total))
}

/** Verdicts on units drawn one after the other without replacement. */
function* verdicts(size: number, wrong: number, until: number, seen: number, random: Random): Generator<boolean> {
  let left = wrong
  for (let read = 0; read < Math.min(until, size); read++) {
    const isWrong = random.next() * (size - read) < left
    if (isWrong) left--
    yield !(isWrong && random.next() < seen)
  }
}

function acceptedIn(design: Design, random: Random): number {
  const size = design.strata.reduce((sum, each) => sum + each, 0)
  const intolerable = smallestIntolerable(size, design.tolerablePpm)
  const shares = allocate(
    intolerable - 1,
    design.strata.map((each, i) => ({ id: `s${i}`, size: each, minimum: 0 })),
  )
  const tolerated = design.strata.map((_, i) => shares.get(`s${i}`) ?? 0)
  const wrong = wrongOf(design, intolerable, tolerated)
  const corrected = new Map<string, number>()
  const risk = splitRisk(alpha)
  let accepted = 0
  for (let run = 0; run < runs; run++) {
    let caught = 0
    const { readers } = design
    for (let trap = 0; trap < (readers?.traps ?? 0); trap++) if (random.next() < (readers?.se ?? 1)) caught++
    const seen = readers ? (readers.both ? 1 - (1 - readers.se) ** 2 : readers.se) : 1
    const all = design.strata.every((stratum, i) => {
      const least = (tolerated[i] ?? 0) + 1
      const key = `${i} ${caught}`
      const against = readers
        ? (corrected.get(key) ?? correctedIntolerable(least, leastSensitivity(caught, readers.traps, risk.readers), risk.unseen))
        : least
      corrected.set(key, against)
      if (against === 0) return false
      const lot = { size: stratum, intolerable: against, riskPpm: readers ? risk.test : alpha }
      return auditAgainst(lot, verdicts(stratum, wrong[i] ?? 0, design.until, seen, random)).decision === 'accept'
    })
    if (all) accepted++
  }
  return accepted / runs
}

test.each(designs)('at tolerance, $name: accepted no more often than the risk limit', (design) => {
  const share = acceptedIn(design, seededRandom(`simulated ${design.name}`))
  if (process.env.LONG) process.stdout.write(`simulated audits, ${design.name}: ${share} of ${runs} accepted\n`)
  expect(share).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
})

test('a good lot is accepted soon: a tenth of the tolerance in 5,000 records', () => {
  const random = seededRandom('power')
  const tries = process.env.LONG ? 20_000 : 300
  let within = 0
  for (let run = 0; run < tries; run++) {
    // Three times the fixed plan without errors, 284.
    const rights = [...verdicts(5_000, 5, 3 * 284, 1, random)]
    if (auditAgainst({ size: 5_000, intolerable: 51, riskPpm: alpha }, rights).decision === 'accept') within++
  }
  expect(within / tries).toBeGreaterThan(0.95)
})
