/** What the engine does exactly: loops, batches, shifts, timers, refusals, seeds. */
import { expect, test } from 'vitest'
import { finish } from '../../../../src/core/operation.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import type { Distribution } from '../../../../src/core/workflow/map/distribution.ts'
import { blankScenario, type Scenario } from '../../../../src/core/workflow/map/scenario.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { intervalOf } from '../../../../src/core/workflow/numerics/student.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { compile } from '../../../../src/core/workflow/simulation/model/model.ts'
import { obstacles } from '../../../../src/core/workflow/simulation/obstacles.ts'
import { seedOf, simulate } from '../../../../src/core/workflow/simulation/simulate.ts'

interface Queue {
  readonly map: string
  readonly perHour?: number
  readonly interarrival?: Distribution
  readonly cases?: number
  readonly replications?: number
  readonly skip?: number
}

function graphOf({ map }: Queue): Graph {
  const { graph, problems } = readSketch(map)
  expect(problems).toEqual([])
  return graph
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

function expectInside(series: readonly number[], theory: number): void {
  const { low, high } = intervalOf(series, 0.99)
  expect(low).toBeLessThanOrEqual(theory)
  expect(high).toBeGreaterThanOrEqual(theory)
}

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
  ['each round begins another one', 'start -> Ring {1m auto} -> Fork {parallel}\nFork -> Ring\nFork -> end', '“Fork”'],
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
