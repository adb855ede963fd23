/** The engine against theory: every exact value lies inside the 99 % interval of the simulation. */
import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import type { Distribution } from '../../../src/core/workflow/distribution.ts'
import { erlangB, erlangC, queueWait } from '../../../src/core/workflow/estimates.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { blankScenario, type Scenario } from '../../../src/core/workflow/scenario.ts'
import { run } from '../../../src/core/workflow/simulation/engine.ts'
import { compile } from '../../../src/core/workflow/simulation/model.ts'
import { obstacles, seedOf, simulate } from '../../../src/core/workflow/simulation/simulate.ts'
import { intervalOf } from '../../../src/core/workflow/simulation/student.ts'
import type { Graph } from '../../../src/core/workflow/workflow.ts'

interface Queue {
  readonly map: string
  readonly perHour?: number
  readonly interarrival?: Distribution
  readonly service?: Distribution
  readonly cases?: number
  readonly replications?: number
  readonly skip?: number
}

function graphOf({ map, service }: Queue): Graph {
  const { graph, problems } = readSketch(map)
  expect(problems).toEqual([])
  if (!service) return graph
  return {
    ...graph,
    nodes: new Map([...graph.nodes].map(([id, node]) => [id, node.type === 'step' ? { ...node, service } : node])),
  }
}

/** Per replication, from the collector: what `of` reads. */
function replicate(queue: Queue, of: (collector: ReturnType<typeof run>, index: (id: string) => number) => number): number[] {
  const graph = graphOf(queue)
  const arrivals: Scenario['arrivals'] = queue.interarrival
    ? [{ node: 'start', interarrival: queue.interarrival }]
    : [{ node: 'start', perHour: queue.perHour ?? 1 }]
  const model = compile(graph, { ...blankScenario, arrivals }, new Map())
  const cases = queue.cases ?? 20_000
  return Array.from({ length: queue.replications ?? 20 }, (_, replication) =>
    of(
      run(model, { seed: seedOf(7, replication), cases, skip: queue.skip ?? cases / 10 }),
      (id) => model.view.indexOf.get(id) ?? -1,
    ),
  )
}

/** Mean wait in the queue of the only lane, in units of one hour of service. */
function waits(queue: Queue): number[] {
  return replicate(queue, (collector) => (collector.laneQueue[0] ?? 0) / (collector.laneVisits[0] ?? 1) / 3600)
}

function expectInside(series: readonly number[], theory: number): void {
  const { low, high } = intervalOf(series, 0.99)
  expect(low).toBeLessThanOrEqual(theory)
  expect(high).toBeGreaterThanOrEqual(theory)
}

const single = (c: number): string => `lane Desk staff=${c}\nDesk: Serve {exp(1h)}`

for (const [name, c, perHour, theory] of [
  ['M/M/1 at half load', 1, 0.5, 1],
  ['M/M/1 at 0.8', 1, 0.8, 4],
  ['M/M/2 at 0.85', 2, 1.7, 2.6036],
  ['M/M/3 at 0.85', 3, 2.55, 1.623059],
  ['M/M/5 at 0.8', 5, 4, 0.5541],
] as const)
  test(`${name} waits ${theory} services`, () => expectInside(waits({ map: single(c), perHour }), theory))

test('M/M/1 at 0.95 waits 19 services, over longer runs', () => {
  expectInside(waits({ map: single(1), perHour: 0.95, cases: 120_000, replications: 10, skip: 10_000 }), 19)
})

for (const [name, service, theory] of [
  ['M/D/1', { dist: 'constant', value: 3600 }, 2],
  ['M/E4/1', { dist: 'erlang', mean: 3600, k: 4 }, 2.5],
  ['M/E2/1', { dist: 'gamma', mean: 3600, cv: Math.SQRT1_2 }, 3],
  ['M/U(0,2)/1', { dist: 'uniform', min: 0, max: 7200 }, 2.666667],
  ['M/LN(1.5)/1', { dist: 'lognormal', mean: 3600, cv: 1.5 }, 6.5],
] as const)
  test(`${name} at 0.8 waits ${theory} services`, () =>
    expectInside(waits({ map: single(1), service, perHour: 0.8, cases: 20_000 }), theory))

test('D/M/1 and E2/M/1 at 0.8', () => {
  expectInside(waits({ map: single(1), interarrival: { dist: 'constant', value: 4500 } }), 1.692731)
  expectInside(waits({ map: single(1), interarrival: { dist: 'erlang', mean: 4500, k: 2 } }), 2.84398)
})

test('the clinic network is a Jackson network: visits, waits and lead time', () => {
  const map = `lane Desk staff=1
lane MA staff=2
lane Exam staff=4
lane Lab staff=1
lane Out staff=2
lane Referral staff=1
Desk: Register {exp(3m)} -> MA: Vitals {exp(7m)} -> Exam: Examine {exp(12m)}
Exam: Examine -0.5-> Lab: Draw {exp(6m)}
Exam: Examine -0.35-> Out: Check out {exp(4m)}
Exam: Examine -0.15-> MA: Vitals
Lab: Draw -0.2-> Exam: Examine
Lab: Draw -0.8-> Out: Check out
Out: Check out -0.25-> Referral: Refer {exp(5m)} -> end
Out: Check out -0.75-> end
start -> Desk: Register`
  const leads = replicate({ map, perHour: 12, cases: 20_000 }, (collector) => {
    const counted = collector.leads.subarray(collector.skip)
    return counted.reduce((sum, lead) => sum + lead, 0) / counted.length / 60
  })
  expectInside(leads, 90.38983)
  expectInside(
    replicate({ map, perHour: 12 }, (collector, index) => (collector.visits[index('vitals')] ?? 0) / collector.counted),
    1.2,
  )
  expectInside(
    replicate(
      { map, perHour: 12 },
      (collector, index) => (collector.queue[index('draw')] ?? 0) / (collector.visits[index('draw')] ?? 1) / 60,
    ),
    24,
  )
})

test('an AND-join of exponentials waits for the slowest: 1.5, 1.833 and 2.083 means', () => {
  for (const [n, theory] of [
    [2, 1.5],
    [3, 1.833333],
    [4, 2.083333],
  ] as const) {
    const branches = Array.from({ length: n }, (_, i) => `Fork -> T${i} {exp(1h) auto} -> Join {parallel}`)
    const map = `start -> Fork {parallel}\n${branches.join('\n')}\nJoin -> end`
    const leads = replicate(
      { map, cases: 5000, skip: 0 },
      (collector) => collector.leads.reduce((sum, lead) => sum + lead, 0) / 5000 / 3600,
    )
    expectInside(leads, theory)
  }
})

test('rework of 10, 15 and 20 % gives 1.111, 1.176 and 1.25 visits', () => {
  for (const [p, theory] of [
    [0.1, 1.111111],
    [0.15, 1.176471],
    [0.2, 1.25],
  ] as const) {
    const map = `start -> Do {1m auto} -> Ok?\nOk? -${p}-> Do\nOk? -${1 - p}-> end`
    expectInside(
      replicate({ map, cases: 5000, skip: 0 }, (collector, index) => (collector.visits[index('do')] ?? 0) / 5000),
      theory,
    )
  }
})

test('a loop that 95 % of the cases go round again ends, after 20 visits on average', async () => {
  const map = 'start -> Ring {1m auto} -> Reached?\nReached? -0.95-> Wait {1h auto} -> Ring\nReached? -0.05-> end'
  const visits = replicate({ map, cases: 2000, skip: 0 }, (collector, index) => (collector.visits[index('ring')] ?? 0) / 2000)
  expectInside(visits, 20)
  const { graph } = readSketch(map)
  const scenario: Scenario = { ...blankScenario, cases: 500, replications: 20, arrivals: [{ node: 'start', perHour: 1 }] }
  const result = await finish(simulate({ graph, scenario }, new AbortController().signal))
  expect(result.notes).toEqual([])
  expect((result.leadTime?.mean ?? 0) / 60).toBeGreaterThan(1000)
})

test('each round through gateways alone is drawn anew', () => {
  const map = `start -> First?
First? -0.6-> Second?
First? -0.4-> end
Second? -0.5-> First?
Second? -0.5-> Count {1m auto} -> end`
  const share = replicate({ map, cases: 5000, skip: 0 }, (collector, index) => (collector.visits[index('count')] ?? 0) / 5000)
  expectInside(share, 0.3 / 0.7)
})

test('thousands of rounds of one case through gateways alone fit on the stack, and the 64th round is not the first again', () => {
  const map = 'start -> Out?\nOut? -0.999-> Out?\nOut? -0.001-> Do {1m auto} -> end'
  const done = replicate({ map, cases: 200, replications: 2, skip: 0 }, (collector, index) => {
    return (collector.visits[index('do')] ?? 0) + collector.takenOut.size
  })
  expect(done).toEqual([200, 200])
})

test('a case that comes to one step 10,000 times is taken out, and the result says so', async () => {
  // By the clock nobody knows beforehand how many go round: the share of a timeout is not drawn.
  const { graph, problems } = readSketch('start -> Ring {1m auto wait=1h} -> end\nRing -> Again {1m auto} -> Ring')
  expect(problems).toEqual([])
  const edges = new Map(
    [...graph.edges].map(([id, edge]) => [id, edge.from === 'ring' && edge.to === 'again' ? { ...edge, timeout: 60 } : edge]),
  )
  const scenario: Scenario = { ...blankScenario, cases: 2, replications: 2, arrivals: [{ node: 'start', perHour: 1 }] }
  const result = await finish(simulate({ graph: { ...graph, edges }, scenario }, new AbortController().signal))
  expect(result.notes.join()).toContain('came 10000 times to the same step and were taken out')
})

for (const [name, map, words] of [
  ['everything comes back', 'Desk: Ring {1m} -> Desk: Ok?\nOk? -1-> Desk: Ring\nOk? -0-> end', 'Nothing ever leaves the loop'],
  [
    'each round begins another one',
    'start -> Ring {1m auto} -> Fork {parallel}\nFork -> Ring\nFork -> end',
    'Cases never leave the loop of “Fork”, “Ring”',
  ],
  [
    'all but one in 10,000 come back',
    'start -> Ring {1m auto} -> Ok?\nOk? -0.9999-> Ring\nOk? -0.0001-> end',
    '10000 times on average',
  ],
] as const)
  test(`a map where ${name} is refused in words`, () => {
    const { graph } = readSketch(map)
    const scenario: Scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 1 }] }
    expect(obstacles(graph, scenario).join('\n')).toContain(words)
  })

test('a simulation reports while it looks for the warm-up, so that it can be cancelled there', async () => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {exp(1m)}')
  const scenario: Scenario = { ...blankScenario, cases: 50, replications: 1, arrivals: [{ node: 'start', perHour: 1 }] }
  const controller = new AbortController()
  const updates = simulate({ graph, scenario }, controller.signal)
  expect((await updates.next()).value).toMatchObject({ kind: 'progress', done: 0 })
  controller.abort()
  await expect(updates.next()).rejects.toThrow('Cancelled')
})

test('four items gathered, one every ten minutes: they wait 30, 20, 10 and 0 minutes', () => {
  const map = 'lane Desk staff=4\nDesk: Sort {5m batch=4}'
  const interarrival: Distribution = { dist: 'constant', value: 600 }
  const lead = (run4: string): number[] =>
    replicate({ map: map.replace('batch=4', run4), interarrival, cases: 4, replications: 1, skip: 0 }, (collector) => {
      return collector.leads.reduce((sum, value, i) => sum + value * 1000 ** i, 0)
    })
  expect(lead('batch=4 parallel-run')).toEqual([2100 + 1500e3 + 900e6 + 300e9])
  const one = replicate(
    { map: map.replace('staff=4', 'staff=1'), interarrival, cases: 4, replications: 1, skip: 0 },
    (collector) => collector.leads.reduce((sum, value, i) => sum + value * 1000 ** i, 0),
  )
  // Worked one after the other they leave 5, 10, 15 and 20 minutes after the batch is full.
  expect(one).toEqual([2100 + 1800e3 + 1500e6 + 1200e9])
})

test('a round every 4 hours makes a case wait 2 hours, a batch of 4 at λ 0.5 makes it wait 3', () => {
  expectInside(
    replicate(
      { map: 'Desk: Sort {0s fax batch=every:4h}', perHour: 2, cases: 5000, skip: 0, replications: 60 },
      (collector, index) => (collector.batch[index('sort')] ?? 0) / 5000 / 3600,
    ),
    2,
  )
  expectInside(
    replicate(
      { map: 'Desk: Sort {0s fax batch=4}', perHour: 0.5, cases: 4000, skip: 0 },
      (collector, index) => (collector.batch[index('sort')] ?? 0) / (collector.visits[index('sort')] ?? 1) / 3600,
    ),
    3,
  )
})

test('two hours asked for on Friday at 16:00 end as the lane says', () => {
  const { graph } = readSketch('lane Desk staff=1 calendar=week\nDesk: Work {2h}')
  const friday16 = 4 * 86400 + 16 * 3600
  const ends = (offShift: 'finish' | 'pause' | 'fit'): number => {
    const scenario: Scenario = {
      ...blankScenario,
      arrivals: [{ node: 'start', interarrival: { dist: 'constant', value: friday16 } }],
      staff: new Map([['desk', { count: 1, calendar: 'week', offShift }]]),
      calendars: new Map([['week', [{ days: 'mon-fri', from: '09:00', to: '17:00' }]]]),
    }
    return (friday16 + (run(compile(graph, scenario, new Map()), { seed: 1, cases: 1, skip: 0 }).leads[0] ?? 0)) / 3600
  }
  expect(ends('finish')).toBe(4 * 24 + 18)
  expect(ends('pause')).toBe(7 * 24 + 10)
  expect(ends('fit')).toBe(7 * 24 + 11)
})

test('a timer of 15 minutes and 30 minutes of work take exactly 45 with idle staff; arrivals follow the hours', () => {
  const { graph } = readSketch('lane Desk staff=99\nDesk: Work {30m wait=15m}')
  const rates = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 12 ? 6 : hour >= 12 && hour < 17 ? 2 : 0))
  const scenario: Scenario = {
    ...blankScenario,
    arrivals: [{ node: 'start', hourly: { mon: rates, tue: rates, wed: rates, thu: rates, fri: rates, sat: rates, sun: rates } }],
  }
  const collector = run(compile(graph, scenario, new Map()), { seed: 3, cases: 3400, skip: 0 })
  expect(Math.max(...collector.leads)).toBeCloseTo(2700, 6)
  expect(Math.min(...collector.leads)).toBeCloseTo(2700, 6)
  // 34 a day on average: 3,400 cases take 100 days, give or take the Poisson spread.
  expect(Math.abs(collector.lastArrival / 86400 - 100)).toBeLessThan(5)
})

test('Erlang and Allen–Cunneen give the table of waits and the P–K formula', () => {
  for (const [c, waits] of [
    [1, [2.3333, 4, 5.6667, 9, 19]],
    [2, [0.9608, 1.7778, 2.6036, 4.2632, 9.2564]],
    [3, [0.547, 1.0787, 1.6231, 2.7235, 6.0467]],
    [5, [0.2519, 0.5541, 0.8726, 1.525, 3.5112]],
    [10, [0.0739, 0.2046, 0.3532, 0.6687, 1.6512]],
  ] as const)
    for (const [index, load] of [0.7, 0.8, 0.85, 0.9, 0.95].entries())
      expect(queueWait(1, load, c)).toBeCloseTo(waits[index] ?? 0, 4)
  expect(erlangC(0.85, 3)).toBeCloseTo(0.730377, 6)
  expect(erlangB(2, 3)).toBeCloseTo(0.210526, 6)
  expect(erlangB(4, 5)).toBeCloseTo(0.199067, 6)
  expect(erlangB(8, 10)).toBeCloseTo(0.121661, 6)
  expect(queueWait(1, 0.8, 1, (1 + 2.25) / 2)).toBeCloseTo(6.5, 9)
})

test('the same seed gives the same bits, another seed does not', async () => {
  const { graph } = readSketch('lane Desk staff=2\nDesk: Serve {lognormal(50m,0.7)} -> Desk: File {gamma(5m,0.4)}')
  const scenario: Scenario = { ...blankScenario, cases: 500, replications: 5, arrivals: [{ node: 'start', perHour: 1.8 }] }
  const once = await finish(simulate({ graph, scenario }, new AbortController().signal))
  const again = await finish(simulate({ graph, scenario }, new AbortController().signal))
  const other = await finish(simulate({ graph, scenario: { ...scenario, seed: 2 } }, new AbortController().signal))
  expect(JSON.stringify(again)).toBe(JSON.stringify(once))
  expect(other.leadTime?.mean).not.toBe(once.leadTime?.mean)
})

test('a role asked for more than its hours is named and has no lead time', async () => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {exp(67.2m)}')
  const scenario: Scenario = { ...blankScenario, cases: 200, replications: 2, arrivals: [{ node: 'start', perHour: 1 }] }
  const result = await finish(simulate({ graph, scenario }, new AbortController().signal))
  expect(result.unstable).toEqual(['desk'])
  expect(result.leadTime).toBeNull()
  expect(result.roles[0]?.load).toBeCloseTo(1.12, 9)
})

test('a cancelled simulation stops', async () => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {exp(1m)}')
  const scenario: Scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 1 }] }
  const controller = new AbortController()
  controller.abort()
  await expect(finish(simulate({ graph, scenario }, controller.signal))).rejects.toThrow('Cancelled')
})
