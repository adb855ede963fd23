/** Runs in which no case ends, batches that are not filled, cases that leave, and roles seen for a part of the week. */
import { expect, test } from 'vitest'
import { finish } from '../../../../src/core/operation.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { viewOf } from '../../../../src/core/workflow/map/graph.ts'
import { blankScenario, type Scenario, type StepRun } from '../../../../src/core/workflow/map/scenario.ts'
import { emptyWorkflow, type Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { judge } from '../../../../src/core/workflow/simulation/judge.ts'
import { rankLevers } from '../../../../src/core/workflow/simulation/levers.ts'
import { simulate } from '../../../../src/core/workflow/simulation/simulate.ts'
import type { SimulationResult } from '../../../../src/core/workflow/times/result.ts'
import { timesOf } from '../../../../src/core/workflow/times/times.ts'

const never = new AbortController().signal

function graphOf(map: string): Graph {
  const { graph, problems } = readSketch(map)
  expect(problems).toEqual([])
  return graph
}

function resultOf(graph: Graph, scenario: Partial<Scenario>): Promise<SimulationResult> {
  return finish(simulate({ graph, scenario: { ...blankScenario, replications: 3, ...scenario } }, never))
}

const facts = (id: string, given: Partial<StepRun>): Pick<Scenario, 'steps'> => ({
  steps: new Map([[id, { needs: null, patience: null, room: null, retry: null, ...given }]]),
})

test('without a single case that ended there is no lead time, rather than one of 0', async () => {
  const graph = graphOf('Desk: Sort {5m fax batch=50} -> Desk: File {1m auto}')
  const scenario: Scenario = { ...blankScenario, replications: 3, cases: 20, arrivals: [{ node: 'start', perHour: 6 }] }
  const result = await resultOf(graph, scenario)
  expect(result.unstable).toEqual([])
  expect(result.leadTime).toBeNull()
  expect(result.replications).toBe(3)
  expect(result.notes.join()).toContain('In 3 of 3 replications no case that counts ended')
  // 60 cases wait in the batch, none at a join.
  expect(result.notes.join()).toContain('60 of 60 cases never ended: they wait at “Sort” in a batch that was not filled')
  expect(result.notes.join()).not.toContain('join')
  expect(timesOf(viewOf(graph), scenario, result).leadTime).toBeNull()
  const workflow = { ...emptyWorkflow('w'), current: graph, future: { ...graph, side: 'future' as const }, scenario }
  const { comparison } = await finish(judge(workflow, never))
  expect(comparison.findings.filter(({ outcome }) => outcome !== 'unjudged').map(({ code }) => code)).not.toContain(
    'workflow/moved-queue',
  )
  const study = await finish(rankLevers(workflow, never))
  expect([study.lead, study.without]).toEqual([null, 'none ended'])
  expect(study.levers.slice(0, 2).map(({ label }) => label)).toEqual(['Automate “Sort”', 'Do without “Sort”'])
  for (const cure of study.levers.slice(0, 2)) {
    expect(cure).toMatchObject({ without: null, difference: null })
    expect(cure.lead?.mean).toBeCloseTo(60, 6)
  }
  expect(study.levers.at(-1)).toMatchObject({ lead: null, without: 'none ended' })
})

test('the rest of a batch is told apart from cases at a join', async () => {
  const graph = graphOf('Desk: Sort {5m fax batch=8}')
  const { leadTime, notes, replications } = await resultOf(graph, {
    cases: 20,
    warmup: 'none',
    arrivals: [{ node: 'start', perHour: 6 }],
  })
  expect(leadTime).not.toBeNull()
  expect(notes.filter((note) => note.includes('never ended'))).toEqual([
    `${4 * replications} of ${20 * replications} cases never ended: they wait at “Sort” in a batch that was not filled. Give the batch a longest wait.`,
  ])
})

test('levers say which change ends an endless queue, the shortest lead time first', async () => {
  const future = graphOf('lane Desk staff=1\nlane MD staff=2\nDesk: Serve {exp(11m)} -> MD: Sign {exp(3m)}')
  const scenario: Scenario = { ...blankScenario, cases: 300, arrivals: [{ node: 'start', perHour: 6 }] }
  const study = await finish(rankLevers({ ...emptyWorkflow('w'), future: { ...future, side: 'future' }, scenario }, never))
  expect([study.lead, study.without]).toEqual([null, 'endless'])
  const cures = study.levers.filter(({ lead }) => lead !== null)
  expect(cures.map(({ label }) => label).sort()).toEqual(['Automate “Serve”', 'Do without “Serve”', 'One more Desk'])
  const leads = cures.map(({ lead }) => lead?.mean ?? 0)
  expect(leads).toEqual([...leads].sort((a, b) => a - b))
  expect(study.levers.slice(0, 3)).toEqual(cures)
  for (const cure of cures) expect(cure).toMatchObject({ without: null, difference: null, share: null })
  for (const other of study.levers.slice(3)) expect(other).toMatchObject({ without: 'endless', lead: null })
  expect(cures[0]?.lead?.series.length).toBe(study.replications)
})

test('levers are tried beside the workflows that share the people', async () => {
  const part = (map: string, perHour: number) => ({
    graph: { ...graphOf(map), id: `flow-${perHour}` },
    scenario: { ...blankScenario, cases: 300, arrivals: [{ node: 'start', perHour }] },
  })
  const own = part('lane Nurse staff=2\nNurse: Weigh {exp(10m)}', 4)
  const other = part('lane Nurse staff=2\nNurse: Phone {exp(10m)}', 6.5)
  const workflow = { ...emptyWorkflow('w'), future: { ...own.graph, side: 'future' as const }, scenario: own.scenario }
  const alone = await finish(rankLevers(workflow, never))
  const beside = await finish(rankLevers(workflow, never, [{ ...other, keys: new Map() }]))
  expect(beside.lead ?? 0).toBeGreaterThan(1.5 * (alone.lead ?? 0))
  const fewer = (study: typeof alone) => study.levers.find(({ label }) => label === 'One fewer Nurse')
  expect(fewer(alone)?.without).toBeNull()
  expect(fewer(beside)?.without).toBe('endless')
})

test('a role that is open longer than cases come is judged by its week, however short the run', async () => {
  const rates = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 12 ? 6 : 0))
  const days = { mon: rates, tue: rates, wed: rates, thu: rates, fri: rates }
  const graph = graphOf('lane Desk staff=1 calendar=week\nDesk: Serve {20m}')
  for (const count of [1, 3, 10]) {
    const result = await resultOf(graph, {
      days: count,
      arrivals: [{ node: 'start', hourly: days }],
      calendars: new Map([['week', [{ days: 'mon-fri', from: '08:00', to: '17:00' }]]]),
      // Room for everybody changes nothing but that the load is counted.
      ...facts('serve', { room: 1000 }),
    })
    // 24 a day of 20 minutes each, in 9 hours.
    expect(result.roles[0]?.load).toBeCloseTo(8 / 9, 6)
    expect(result.unstable).toEqual([])
    expect(result.leadTime).not.toBeNull()
  }
  const both = await resultOf(graphOf('lane Desk staff=1 calendar=week\nDesk: Serve {25m}'), {
    days: 1,
    arrivals: [{ node: 'start', hourly: days }],
    calendars: new Map([['week', [{ days: 'mon-fri', from: '08:00', to: '17:00' }]]]),
    ...facts('serve', { room: 1000 }),
  })
  expect(both.unstable).toEqual(['desk'])
})

test('cases that leave say nothing about the warm-up', async () => {
  // Every third one finds no room; the others all take the same time, so nothing has to warm up.
  const graph = graphOf('lane Desk staff=1\nDesk: Serve {25m}')
  const every = { node: 'start', interarrival: { dist: 'constant', value: 1000 } } as const
  const result = await resultOf(graph, { cases: 600, arrivals: [every], ...facts('serve', { room: 0 }) })
  expect(result.notes.join()).toContain('found no room')
  expect(result.leadTime?.mean).toBeCloseTo(1500, 6)
  expect(result.leadTime?.p50Interval).toEqual([1500, 1500])
  expect([result.warmup, result.settled]).toEqual([0, true])
})
