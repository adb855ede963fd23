/** Drift: seeded shifts are found within two periods, and quiet years stay quiet. */
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../src/core/random.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { failureChain, lagOf } from '../../../src/core/readiness/criteria/go-live/failure-chain.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { limitFor, poissonCusum } from '../../../src/core/readiness/statistics/control-chart.ts'
import { ageSeen, countAlarms, countSeen, type DriftPeriod, driftMeasures } from '../../../src/core/readiness/statistics/drift.ts'
import { shareNotAbove } from '../../../src/core/readiness/statistics/median-shift.ts'
import { differenceOfShares, shareAlarms, shareSeen } from '../../../src/core/readiness/statistics/share-shift.ts'

const years = process.env.LONG ? 1000 : 250
const range = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index)

const poisson = (random: Random, mean: number): number => {
  let count = 0
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count++
  return count
}
const share = (random: Random, of: number, p: number) => ({ met: range(of).filter(() => random.next() < p).length, of })
/** Log-normal days by Box and Muller, median as given. */
const age = (random: Random, median: number): number =>
  median * Math.exp(0.8 * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()))

/** What one measure of a period is, quiet or moved. */
interface Kind {
  readonly name: string
  readonly measure: string
  readonly moved: (random: Random) => Partial<DriftPeriod>
}

const quiet = (random: Random): DriftPeriod => ({
  asDrawn: share(random, 400, 0.9),
  exports: poisson(random, 10),
  ages: range(60).map(() => age(random, 3)),
  outOfScope: share(random, 60, 0.1),
  afterHours: share(random, 400, 0.1),
  doubleEntry: share(random, 200, 0.05),
})

const kinds: readonly Kind[] = [
  {
    name: 'conformance falls by ten points of 400 cases a period',
    measure: 'cases as drawn',
    moved: (random) => ({ asDrawn: share(random, 400, 0.8) }),
  },
  {
    name: 'the age of 60 tickets a period doubles',
    measure: 'age of tickets',
    moved: (random) => ({ ages: range(60).map(() => age(random, 6)) }),
  },
  {
    name: 'exports of ten a period triple',
    measure: 'exports and prints',
    moved: (random) => ({ exports: poisson(random, 30) }),
  },
]

for (const { name, measure, moved } of kinds)
  test(`${name}: found within two periods`, () => {
    const random = seededRandom(`moved ${name}`)
    const found = range(200).filter(() => {
      const before = range(4).map(() => quiet(random))
      const now = range(2).map(() => ({ ...quiet(random), ...moved(random) }))
      return driftMeasures(before, now)
        .find((each) => each.name === measure)
        ?.alarms?.includes(true)
    }).length
    process.stdout.write(`${name}: found within two periods in ${found} of 200\n`)
    expect(found).toBeGreaterThanOrEqual(190)
  })

test('a quiet year of monthly looks at all six measures gives no alarm but in one of twenty', () => {
  const alarmed = range(years).filter((year) => {
    const random = seededRandom(`quiet ${year}`)
    const months = range(17).map(() => quiet(random))
    return range(12).some((look) =>
      driftMeasures(months.slice(look, look + 4), months.slice(look + 4, look + 6)).some(({ alarms }) => alarms?.includes(true)),
    )
  }).length
  process.stdout.write(`${alarmed} of ${years} quiet years have an alarm in any of six measures\n`)
  // A quarter of the years says less: three standard errors of 5 % are added to it.
  expect(alarmed / years).toBeLessThanOrEqual(process.env.LONG ? 0.05 : 0.05 + 3 * Math.sqrt((0.05 * 0.95) / years))
})

/** Of 2,000 cases by the normal limit: drawing them one by one would be the longest test of the house. */
const wandering = (random: Random, drop = 0) => {
  const p = 0.9 - drop + 0.02 * (2 * random.next() - 1)
  const noise = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return { met: Math.round(2000 * p + noise * Math.sqrt(2000 * p * (1 - p))), of: 2000 }
}

test('a share that wanders by two points of 2,000 cases is quiet, and ten points fewer are found all the same', () => {
  const random = seededRandom('wander')
  let [alarmed, found] = [0, 0]
  for (let year = 0; year < years; year++) {
    const months = range(17).map(() => wandering(random))
    const looks = range(12).some((look) =>
      shareAlarms(months.slice(look, look + 4), months.slice(look + 4, look + 6), 'lower').includes(true),
    )
    if (looks) alarmed++
    if (shareAlarms(months.slice(0, 4), [wandering(random, 0.1), wandering(random, 0.1)], 'lower').includes(true)) found++
  }
  process.stdout.write(
    `${alarmed} of ${years} quiet years have an alarm where 2,000 cases wander by two points; ten points fewer found within two periods in ${found} of ${years}\n`,
  )
  expect(alarmed / years).toBeLessThanOrEqual(0.03)
  expect(found / years).toBeGreaterThanOrEqual(0.95)
})

test('periods that differed widely before make wide limits: what they show counts, not only what is usual', () => {
  const baseline = (shares: readonly number[]) => shares.map((met) => ({ met, of: 1000 }))
  const now = [{ met: 830, of: 1000 }]
  expect(shareAlarms(baseline([900, 900, 900, 900]), now, 'lower')).toEqual([true])
  expect(shareAlarms(baseline([860, 940, 850, 950]), now, 'lower')).toEqual([false])
})

for (const [cases, tickets] of [
  [400, 60],
  [100, 24],
] as const)
  test(`the smallest shift that ${cases} cases and ${tickets} tickets a period are said to show is found in nine of ten`, () => {
    const random = seededRandom(`seen ${cases}`)
    const drawn = range(4).map(() => share(random, cases, 0.9))
    const exports = range(4).map(() => poisson(random, 10))
    const typical = range(4 * tickets).map((n) => 3 + 12 * ((n * 7) % 97) ** 2 * 1e-4)
    const points = shareSeen(drawn, [drawn[0] ?? { met: 0, of: 0 }, drawn[1] ?? { met: 0, of: 0 }], 'lower') ?? 0
    const older = ageSeen(typical, [typical.slice(0, tickets), typical.slice(0, tickets)]) ?? 0
    const times = countSeen(exports, 2) ?? 0
    const p = drawn.reduce((sum, each) => sum + each.met, 0) / (4 * cases) - points / 100
    const mean = times * (exports.reduce((sum, each) => sum + each, 0) / 4)
    const rounds = 120
    const foundIn = (alarm: () => boolean): number => range(rounds).filter(alarm).length
    const found = [
      foundIn(() => shareAlarms(drawn, [share(random, cases, p), share(random, cases, p)], 'lower').includes(true)),
      foundIn(() => countAlarms(exports, [poisson(random, mean), poisson(random, mean)]).includes(true)),
      foundIn(() =>
        [0, 1].some(
          () =>
            shareNotAbove(
              range(tickets).map(() => older * (typical[random.below(typical.length)] ?? 0)),
              typical,
            ) <= 0.0002,
        ),
      ),
    ]
    process.stdout.write(
      `${cases} cases, ${tickets} tickets: ${points.toFixed(1)} points fewer, ${times.toFixed(1)} times the exports, ${older.toFixed(1)} times the age are found within two periods in ${found.join(', ')} of ${rounds}\n`,
    )
    for (const each of found) expect(each).toBeGreaterThanOrEqual(0.8 * rounds)
    // Named, not merely safe: one that is half as large is not found so often.
    const half = p + points / 200
    expect(
      foundIn(() => shareAlarms(drawn, [share(random, cases, half), share(random, cases, half)], 'lower').includes(true)),
    ).toBeLessThan(0.5 * rounds)
  })

test('so few that no shift at all would be seen name none', () => {
  expect(shareSeen([{ met: 9, of: 10 }], [{ met: 1, of: 1 }], 'lower')).toBeNull()
  expect(ageSeen([1, 2, 3, 4, 5, 6], [[1, 2, 3, 4, 5]])).toBeNull()
  expect([shareSeen([], [{ met: 1, of: 2 }], 'higher'), countSeen([1, null], 2), countSeen([], 2)]).toEqual([null, null, null])
})

test('few counts are measured by their own mean, and ages of no time say no multiple', () => {
  // Two a period: about ten are seen, which is five times two; three times two are not.
  const times = countSeen([2, 2, 2, 2], 2) ?? 0
  expect(times).toBeGreaterThan(3)
  expect(countSeen([10, 10, 10, 10], 2)).toBeLessThan(3)
  const random = seededRandom('few')
  const found = (factor: number): number =>
    range(300).filter(() => countAlarms([2, 2, 2, 2], [poisson(random, 2 * factor), poisson(random, 2 * factor)]).includes(true))
      .length
  expect(found(times)).toBeGreaterThanOrEqual(0.8 * 300)
  expect(found(3)).toBeLessThan(0.8 * 300)
  // Seven of ten tickets are closed on the day they are opened, without a time.
  const ages = range(200).map((n) => (n % 10 < 7 ? 0 : 2))
  expect(ageSeen(ages, [ages.slice(0, 60), ages.slice(0, 60)])).toBeNull()
})

test('a measure without a baseline says nothing, and an index without any is silent', () => {
  const random = seededRandom('silent')
  const without = range(4).map(() => ({ ...quiet(random), doubleEntry: { met: 0, of: 0 }, ages: [] }))
  const found = driftMeasures(without, [quiet(random), quiet(random)])
  expect(found.filter(({ alarms }) => alarms === null).map(({ name }) => name)).toEqual(['age of tickets', 'double entry'])
})

test('a compared period that holds nothing is not quiet: its measure says nothing, whichever it is', () => {
  const random = seededRandom('gaps')
  const before = range(4).map(() => quiet(random))
  const now = range(2).map(() => quiet(random))
  const gaps: readonly (readonly [string, Partial<DriftPeriod>])[] = [
    ['cases as drawn', { asDrawn: { met: 0, of: 0 } }],
    ['exports and prints', { exports: null }],
    ['age of tickets', { ages: [1] }],
    ['tickets out of scope', { outOfScope: { met: 0, of: 0 } }],
    ['cases after hours', { afterHours: { met: 0, of: 0 } }],
    ['double entry', { doubleEntry: { met: 0, of: 0 } }],
  ]
  const silent = (periods: readonly DriftPeriod[]) =>
    driftMeasures(before, periods)
      .filter(({ alarms }) => alarms === null)
      .map(({ name }) => name)
  expect(silent(now)).toEqual([])
  for (const [name, gap] of gaps)
    for (const place of [0, 1]) expect(silent(now.map((each, at) => (at === place ? { ...each, ...gap } : each)))).toEqual([name])
})

test('counts that double are found at any size, those that stay are not', () => {
  for (const mean of [20, 300, 401, 700, 745, 1000, 3000, 10_000, 100_000]) {
    const before = [mean, mean, mean, mean]
    expect([mean, countAlarms(before, [2 * mean, 2 * mean]).includes(true)]).toEqual([mean, true])
    expect([mean, ...countAlarms(before, [mean, mean])]).toEqual([mean, false, false])
  }
})

test('the interval of a difference is the published one', () => {
  // Newcombe 1998, table II: 56/70 against 48/80 gives 0.0524 to 0.3339; 10/10 against 0/10 gives 0.6075 to 1.
  const first = differenceOfShares(56, 70, 48, 80)
  expect([first.low, first.high].map((value) => value.toFixed(4))).toEqual(['0.0524', '0.3339'])
  const second = differenceOfShares(10, 10, 0, 10)
  expect([second.low, second.high].map((value) => value.toFixed(4))).toEqual(['0.6075', '1.0000'])
})

test('the share of resamples whose median is no higher is the one worked out by hand, and the one that drawing gives', () => {
  // Resamples of (1, 3) have the lower median 3 only when both draws are 3: once in four. That of (2) is always 2.
  expect(shareNotAbove([1, 3], [2])).toBeCloseTo(3 / 4, 12)
  expect(shareNotAbove([1, 3], [1, 3])).toBeCloseTo(1 - (1 / 4) * (3 / 4), 12)
  expect([shareNotAbove([], [1]), shareNotAbove([9], [1, 2, 3]), shareNotAbove([1], [2, 3])]).toEqual([1, 0, 1])
  const random = seededRandom('resamples')
  for (const [n, m] of [
    [60, 240],
    [15, 40],
    [300, 500],
  ] as const) {
    const [now, before] = [range(n).map(() => age(random, 3.4)), range(m).map(() => age(random, 3))]
    const median = (values: readonly number[]): number =>
      values.map(() => values[random.below(values.length)] ?? 0).sort((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? 0
    const draws = 1500
    const drawn = range(draws).filter(() => median(now) <= median(before)).length / draws
    const share = shareNotAbove(now, before)
    expect(Math.abs(share - drawn), `${n} of ${m}`).toBeLessThan(4 * Math.sqrt(0.25 / draws))
    expect(shareNotAbove(before, now) + share).toBeCloseTo(1, 1)
  }
})

test('a cumulative sum grows by what exceeds its reference and never falls below zero', () => {
  // From 4 to 8: reference 4 / ln 2 = 5.7708.
  const { sums, signal } = poissonCusum([4, 10, 10], 4, 2, 8)
  expect(sums.map((sum) => sum.toFixed(4))).toEqual(['0.0000', '4.2292', '8.4584'])
  expect(signal).toBe(2)
})

test('the limit keeps the chance of an alarm that it was asked for', () => {
  const limit = limitFor(6, 2, 12, 0.05)
  const random = seededRandom('limit')
  const runs = 2000
  const alarms = range(runs).filter(
    () =>
      poissonCusum(
        range(12).map(() => poisson(random, 6)),
        6,
        2,
        limit,
      ).signal !== null,
  ).length
  expect(alarms / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
  expect(limit).toBeLessThan(limitFor(6, 2, 12, 0.001))
})

test('a series that follows another after three weeks gives that lag', () => {
  const random = seededRandom('lag')
  const first = range(40).map(() => random.below(30))
  const second = first.map((_, n) => 2 * (first[n - 3] ?? 15) + random.below(5))
  expect(lagOf(first, second)).toMatchObject({ lag: 3 })
})

test('means of weeks are told to the tenth', () => {
  const hours = [20, 20, 20, 20, 20, 20, 20, 31.3, 33, 34]
  const lines = hours.map((each, n) => `2026-0${n < 5 ? 5 : 6}-${String(1 + 7 * (n % 5)).padStart(2, '0')},${each},10,5,1`)
  const strain = exampleFile('strain', `week,overtime_hours,open_tickets,rework,cancelled\n${lines.join('\n')}\n`)
  const given = givenOf({ strain }, failureChain.code, failureChain.needs)
  const { cells } = failureChain.compute(given, { ...failureChain.thresholds, weeks: 3 }, '2026-07-10')
  expect(JSON.stringify(cells)).toContain('overtime hours: 32.8 a week, 20 before')
})
