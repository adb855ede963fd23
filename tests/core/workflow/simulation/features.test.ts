/** Roles together, retries, timeouts, conditions, joins, shared roles, horizons: each by numbers that can be worked out by hand. */
import { expect, test } from 'vitest'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { type Arrival, blankScenario, type Scenario, type StepRun } from '../../../../src/core/workflow/map/scenario.ts'
import type { Edge, Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { intervalOf } from '../../../../src/core/workflow/numerics/student.ts'
import type { Collector } from '../../../../src/core/workflow/simulation/engine/collector.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { compile, compileTogether, type Model } from '../../../../src/core/workflow/simulation/model/model.ts'
import { seedOf } from '../../../../src/core/workflow/simulation/simulate.ts'

const every = (seconds: number, node = 'start'): Arrival => ({ node, interarrival: { dist: 'constant', value: seconds } })

function graphOf(map: string, edges: Readonly<Record<string, Partial<Edge>>> = {}): Graph {
  const { graph, problems } = readSketch(map)
  expect(problems).toEqual([])
  const changed = [...graph.edges].map(([id, edge]) => [id, { ...edge, ...edges[`${edge.from}>${edge.to}`] }] as const)
  return { ...graph, edges: new Map(changed) }
}

function modelOf(graph: Graph, scenario: Partial<Scenario>): Model {
  return compile(graph, { ...blankScenario, ...scenario }, new Map())
}

const facts = (id: string, given: Partial<StepRun>): Partial<Scenario> => ({
  steps: new Map([[id, { needs: null, patience: null, room: null, retry: null, ...given }]]),
})

const once = (model: Model, cases: number, seed = 1): Collector => run(model, { seed, cases, skip: 0 })
const leads = (collector: Collector): number[] => [...collector.leads]
const seen = (model: Model, collector: Collector, id: string): number => collector.visits[model.view.indexOf.get(id) ?? -1] ?? 0

test('a step that needs a nurse and a doctor begins when both are there', () => {
  const graph = graphOf('lane Nurse staff=2\nlane MD staff=1\nNurse: Prepare {10m} -> MD: Operate {20m}')
  const model = modelOf(graph, {
    arrivals: [every(3600)],
    ...facts('operate', {
      needs: new Map([
        ['nurse', 2],
        ['md', 1],
      ]),
    }),
  })
  const alone = once(model, 1)
  expect(leads(alone)).toEqual([1800])
  // Two nurses for 20 minutes, one for 10, one doctor for 20.
  expect([...alone.laneBusy].sort((a, b) => a - b)).toEqual([1200, 3000])
  // Ten minutes of preparing and twenty of both nurses, one case a minute: the second is done when the first has let them go.
  const soon = once(modelOf(graph, { arrivals: [every(60)], ...facts('operate', { needs: new Map([['nurse', 2]]) }) }), 2)
  expect(leads(soon)).toEqual([1860, 3000])
})

test('who asks for more people than there are is told, and gets all there are', () => {
  const graph = graphOf('lane Nurse staff=1\nNurse: Lift {10m}')
  const model = modelOf(graph, { arrivals: [every(3600)], ...facts('lift', { needs: new Map([['nurse', 2]]) }) })
  expect(model.notes.join()).toContain('needs 2 people as Nurse, and 1 work there')
  expect(leads(once(model, 1))).toEqual([600])
})

test('work that fails is done again after a while, and after the last attempt goes by the exception way', () => {
  const graph = graphOf('start -> Send {1m auto} -> end\nSend -> Call {5m auto} -> end', { 'send>call': { exception: true } })
  const retry = (share: number, times: number): Model =>
    modelOf(graph, { arrivals: [every(3600)], ...facts('send', { retry: { share, times, after: 120 } }) })
  const never = once(retry(1, 2), 5)
  // Three minutes of sending, two pauses of two minutes, five minutes of calling.
  expect(leads(never)).toEqual([720, 720, 720, 720, 720])
  const half = once(retry(0.5, 3), 4000)
  expect(seen(retry(0.5, 3), half, 'send') / 4000).toBeCloseTo(1.875, 1)
  expect(seen(retry(0.5, 3), half, 'call') / 4000).toBeCloseTo(0.0625, 1)
})

test('who waits longer than the timeout leaves by it, from the queue as from a delay', () => {
  const graph = graphOf('lane Desk staff=1\nstart -> Desk: Serve {10m} -> end\nDesk: Serve -> Ring {1m auto} -> end', {
    'serve>ring': { timeout: 300 },
  })
  // Three come at 1, 2 and 3 minutes: the first is served; the others give up after five minutes of queue, and ring.
  const served = once(modelOf(graph, { arrivals: [every(60)] }), 3)
  expect(leads(served)).toEqual([600, 360, 360])
})

test('a case that finds no room, or gives up, takes the exception way where there is one', () => {
  const graph = graphOf('lane Desk staff=1\nstart -> Desk: Serve {10m} -> end\nDesk: Serve -> Later {2m auto} -> end', {
    'serve>later': { exception: true },
  })
  const full = once(modelOf(graph, { arrivals: [every(60)], ...facts('serve', { room: 1 }) }), 3)
  expect(leads(full)).toEqual([600, 1140, 120])
  expect(full.lost).toBe(0)
  const impatient = modelOf(graph, { arrivals: [every(60)], ...facts('serve', { patience: { dist: 'constant', value: 60 } }) })
  expect(leads(once(impatient, 3))).toEqual([600, 180, 180])
})

test('without an exception way such a case is lost, counted, and no part of the lead time', () => {
  const graph = graphOf('lane Desk staff=1\nDesk: Serve {10m}')
  const collector = once(modelOf(graph, { arrivals: [every(60)], ...facts('serve', { room: 0 }) }), 3)
  expect(leads(collector)).toEqual([600, Number.NaN, Number.NaN])
  expect(collector.lost).toBe(2)
})

test('the shortest job is first, by hand', () => {
  const map = 'lane Desk staff=1\nstart -> Desk: Long {30m} -> end\nstart -> Desk: Short {5m} -> end'
  const arrivals = [every(60, 'long'), every(70, 'short')]
  const of = (discipline: 'fifo' | 'sjf'): number[] =>
    leads(run(modelOf(graphOf(map), { arrivals, discipline: new Map([['desk', discipline]]) }), { seed: 1, cases: 4, skip: 0 }))
  // Long at 60 s and 120 s, short at 70 s and 140 s.
  expect(of('fifo')).toEqual([1800, 2090, 3840, 4120])
  expect(of('sjf')).toEqual([1800, 2090, 4140, 2320])
})

test('conditions route by what the case is, the rest by shares', () => {
  const graph = graphOf(
    'start -> Kind?\nKind? -0.5-> Desk {1m auto} -> end\nKind? -0.5-> Nurse {1m auto} -> end\nKind? -> MD {1m auto} -> end',
    {
      'kind>md': { condition: 'urgency = stat' },
    },
  )
  const model = modelOf(graph, {
    arrivals: [{ node: 'start', perHour: 60 }],
    attributes: new Map([
      [
        'urgency',
        {
          kind: 'words',
          weights: new Map([
            ['routine', 3],
            ['stat', 1],
          ]),
        },
      ],
    ]),
  })
  const collector = once(model, 8000)
  for (const [id, share] of [
    ['md', 0.25],
    ['desk', 0.375],
    ['nurse', 0.375],
  ] as const)
    expect(seen(model, collector, id) / 8000).toBeCloseTo(share, 1)
  const young = modelOf(
    graphOf('start -> Age?\nAge? -> Adult {1m auto} -> end\nAge? -> Child {1m auto} -> end', {
      'age>child': { condition: 'age < 18' },
    }),
    {
      arrivals: [{ node: 'start', perHour: 60 }],
      attributes: new Map([['age', { kind: 'number', distribution: { dist: 'uniform', min: 0, max: 90 } }]]),
    },
  )
  expect(seen(young, once(young, 8000), 'child') / 8000).toBeCloseTo(0.2, 1)
})

test('an OR-join waits for the branches that were begun, nested or not', () => {
  const map = `start -> Which {inclusive}
Which -1-> A {10m auto} -> All {inclusive}
Which -0.5-> Inner {inclusive}
Inner -1-> B {20m auto} -> Some {inclusive}
Inner -0.5-> C {30m auto} -> Some
Some -> All
All -> end`
  const collector = once(modelOf(graphOf(map), { arrivals: [every(7200)] }), 2000)
  const counts = new Map<number, number>()
  for (const lead of collector.leads) counts.set(lead, (counts.get(lead) ?? 0) + 1)
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([600, 1200, 1800])
  expect((counts.get(600) ?? 0) / 2000).toBeCloseTo(0.5, 1)
  expect((counts.get(1800) ?? 0) / 2000).toBeCloseTo(0.25, 1)
})

test('an AND-join in a loop takes one of each input a round', () => {
  const map = `start -> Round?
Round? -> Fork {parallel}
Fork -> A {1m auto} -> Join {parallel}
Fork -> B {3m auto} -> Join
Join -> Again?
Again? -0.5-> Round?
Again? -0.5-> end`
  const model = modelOf(graphOf(map), { arrivals: [every(36_000)] })
  const collector = once(model, 3000)
  for (const lead of collector.leads) expect(lead % 180).toBe(0)
  expect(collector.unended).toBe(0)
  expect(seen(model, collector, 'a')).toBe(seen(model, collector, 'b'))
})

test('two workflows that share a nurse wait for each other as one queue', () => {
  const part = (map: string, rate: number) => ({
    graph: { ...graphOf(map), id: `flow-${rate}` },
    scenario: { ...blankScenario, arrivals: [{ node: 'start', perHour: rate }] },
    keys: new Map<string, string>(),
  })
  const model = compileTogether([
    part('lane Nurse staff=1\nNurse: Weigh {exp(1h)}', 0.3),
    part('lane Nurse staff=1\nNurse: Phone {exp(1h)}', 0.5),
  ])
  expect(model.lanes.length).toBe(1)
  const waits = Array.from({ length: 20 }, (_, replication) => {
    const collector = run(model, { seed: seedOf(3, replication), cases: 1500, skip: 300 })
    return (
      (collector.queue[model.view.indexOf.get('weigh') ?? -1] ?? 0) /
      (collector.visits[model.view.indexOf.get('weigh') ?? -1] ?? 1) /
      3600
    )
  })
  // M/M/1 at 0.8, of which this workflow asks 0.3.
  const { low, high } = intervalOf(waits, 0.99)
  expect(low).toBeLessThan(4)
  expect(high).toBeGreaterThan(4)
})

test('a horizon in days ends the arrivals, not the work', () => {
  const model = modelOf(graphOf('lane Desk staff=1\nDesk: Serve {30m}'), { arrivals: [every(3600)] })
  const collector = run(model, { seed: 1, cases: 10, horizon: 2 * 86_400, skip: 0 })
  expect(collector.came).toBe(47)
  expect(collector.unended).toBe(0)
  expect(collector.leads.filter((lead) => lead === 1800).length).toBe(47)
})

test('bookings put off in the first week come back later, with the luck they had', () => {
  const model = modelOf(graphOf('lane Desk staff=3\nDesk: Serve {exp(30m)}'), { arrivals: [{ node: 'start', perHour: 2 }] })
  const options = { seed: 5, cases: 10, horizon: 6 * 604_800, skip: 0 }
  const goLive = { cut: 0.5, from: 604_800, to: 2 * 604_800, rebookWeeks: 2, slow: new Float64Array(0) }
  const usual = run(model, { ...options, goLive: { ...goLive, cut: 0 } })
  const cut = run(model, { ...options, goLive })
  expect(cut.came).toBe(usual.came)
  expect(cut.lost).toBe(0)
  const [before, after] = [usual.days, cut.days]
  const week = (of: Float64Array | undefined, n: number): number =>
    (of ?? new Float64Array(0)).slice(7 * n, 7 * n + 7).reduce((a, b) => a + b, 0)
  expect(week(after?.came, 0)).toBe(week(before?.came, 0))
  expect(week(after?.came, 1) / week(before?.came, 1)).toBeCloseTo(0.5, 1)
  expect(week(after?.came, 2) + week(after?.came, 3)).toBeGreaterThan(week(before?.came, 2) + week(before?.came, 3))
  expect(week(after?.came, 4)).toBe(week(before?.came, 4))
  // The work asked for is the same to the second: a booking keeps its draws when it is moved.
  expect(cut.laneBusy[0]).toBeCloseTo(usual.laneBusy[0] ?? 0, 3)
})

test('work after go-live is slower by the day', () => {
  const model = modelOf(graphOf('lane Desk staff=1\nDesk: Serve {10m}'), { arrivals: [every(86_400)] })
  const goLive = { cut: 0, from: 0, to: 0, rebookWeeks: 0, slow: Float64Array.of(1, 2, 1.5) }
  expect(leads(run(model, { seed: 1, cases: 3, skip: 0, goLive }))).toEqual([1200, 900, 600])
})

test("Little's law holds on both sides of the books, whatever happens on the way", () => {
  const map =
    'lane Desk staff=1\nlane MD staff=2\nDesk: Serve {exp(20m)} -> MD: See {exp(40m)} -0.2-> Desk: Serve\nMD: See -0.8-> end'
  const model = modelOf(graphOf(map), {
    arrivals: [{ node: 'start', perHour: 2 }],
    ...facts('see', { patience: { dist: 'exponential', mean: 3600 } }),
  })
  const collector = once(model, 3000)
  expect(collector.lost).toBeGreaterThan(0)
  expect(collector.littleGap).toBeLessThan(1e-9)
})

test('common random numbers at least halve the variance of a difference', () => {
  const scenario: Scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 6 }] }
  const before = graphOf(
    'lane Desk staff=1\nlane MD staff=2\nDesk: Take {exp(6m)} -> MD: Sign {exp(12m)} -> Desk: Send {exp(2m)}',
  )
  const after = graphOf(
    'lane Desk staff=1\nlane MD staff=2\nDesk: Take {exp(6m)} -> MD: Approve {exp(9m)} -> Desk: Send {exp(2m)}',
  )
  const lead = (graph: Graph, keys: ReadonlyMap<string, string>, seed: number): number => {
    const collector = run(compile(graph, scenario, keys), { seed, cases: 600, skip: 100 })
    return collector.leads.subarray(100).reduce((sum, value) => sum + value, 0) / 500
  }
  const traced = new Map([
    ['approve', 'sign'],
    ['send', 'send'],
  ])
  const variance = (offset: number): number => {
    const differences = Array.from(
      { length: 40 },
      (_, n) => lead(after, traced, seedOf(9, n + offset)) - lead(before, new Map(), seedOf(9, n)),
    )
    const mean = differences.reduce((sum, value) => sum + value, 0) / 40
    return differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39
  }
  expect(variance(0) / variance(1000)).toBeLessThanOrEqual(0.5)
})
