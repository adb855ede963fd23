/** The value stream: sums and shares worked out by hand, and what is not known is not a zero. */
import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { viewOf } from '../../../src/core/workflow/map/graph.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { simulate } from '../../../src/core/workflow/simulation/simulate.ts'
import { criticalPath } from '../../../src/core/workflow/times/critical-path.ts'
import { timesOf } from '../../../src/core/workflow/times/times.ts'
import { valueStreamOf } from '../../../src/core/workflow/times/value-stream.ts'
import { workflowOf } from './pair.ts'

const signal = new AbortController().signal
const arrivals = [{ node: 'start', perHour: 1 }]
const line = 'Desk: Take {screen 3m} -> Desk: Send {fax 1m wait=16m}'

test('a line of two steps: 4 minutes worked on, 16 waited, a fifth of it work', () => {
  const { current } = workflowOf({ current: line, future: line })
  const stream = valueStreamOf(
    current,
    { ...blankScenario, arrivals, staff: new Map([['desk', { count: 50, calendar: null, offShift: 'finish' }]]) },
    null,
  )
  expect(stream.level).toBe('estimated')
  expect(stream.touch).toBe(240)
  expect(stream.wait).toBeCloseTo(960, 3)
  expect(stream.efficiency).toBeCloseTo(0.2, 6)
  expect(stream.takt).toBe(3600)
  expect(stream.steps.map(({ complete }) => complete)).toEqual([null, null])
})

test('what a rejecting flow sends back is not complete and accurate: one of four comes back, so visits are 4/3 and 3/4 are right', () => {
  const map =
    'Desk: Fill {screen 2m} -> MD: Check {approve screen 1m}\nMD: Check -0.25 reject-> Desk: Fill\nMD: Check -0.75-> Desk: File {screen 1m}'
  const { current } = workflowOf({ current: map, future: map })
  const stream = valueStreamOf(current, { ...blankScenario, arrivals }, null)
  const fill = stream.steps.find(({ id }) => current.nodes.get(id)?.label === 'Fill')
  expect(fill?.visits).toBeCloseTo(4 / 3, 9)
  expect(fill?.touch).toBeCloseTo(160, 6)
  expect(fill?.complete).toBeCloseTo(0.75, 9)
  expect(stream.steps.find(({ id }) => current.nodes.get(id)?.label === 'File')?.complete).toBe(1)
})

test('a step that nobody timed leaves sums unknown, and a queue that never ends has no efficiency', () => {
  const untimed = workflowOf({ current: 'Desk: Take {screen 3m} -> Desk: Send {fax}', future: line }).current
  expect(valueStreamOf(untimed, { ...blankScenario, arrivals }, null)).toMatchObject({ touch: null, efficiency: null })
  const crowded = workflowOf({ current: `lane Desk staff=1\n${line}`, future: line }).current
  const stream = valueStreamOf(crowded, { ...blankScenario, arrivals: [{ node: 'start', perHour: 60 }] }, null)
  expect([stream.wait, stream.efficiency]).toEqual([Number.POSITIVE_INFINITY, null])
})

test('after a run, work and waits add up to the simulated lead time of a line', async () => {
  const { current } = workflowOf({ current: `lane Desk staff=1\n${line}`, future: line })
  const scenario = { ...blankScenario, cases: 300, replications: 5, arrivals: [{ node: 'start', perHour: 6 }] }
  const result = await finish(simulate({ graph: current, scenario }, signal))
  const stream = valueStreamOf(current, scenario, result)
  expect(stream.level).toBe('simulated')
  expect((stream.touch ?? 0) + (stream.wait ?? 0)).toBeCloseTo(result.leadTime?.mean ?? 0, 3)
})

test('branches at the same time: the longest counts on the way, all of them as work', async () => {
  const map = [
    'lane Desk staff=9',
    'Desk: Open {screen 2m} -> fork',
    'fork -> Desk: Print {screen 5m} -> Desk: Sort {screen 4m} -> join',
    'fork -> Desk: Call {phone 3m wait=1m} -> join',
    'join -> Desk: File {screen 1m} -> end',
  ].join('\n')
  const sketched = workflowOf({ current: map, future: map }).current
  const nodes = new Map(
    [...sketched.nodes].map(([id, node]) => [
      id,
      ['fork', 'join'].includes(node.label) ? { ...node, type: 'parallel' as const } : node,
    ]),
  )
  const graph = { ...sketched, nodes }
  const scenario = { ...blankScenario, cases: 200, replications: 3, arrivals: [{ node: 'start', perHour: 0.1 }] }
  const estimated = valueStreamOf(graph, scenario, null)
  expect([estimated.touch, estimated.work]).toEqual([12 * 60, 15 * 60])
  expect(estimated.wait).toBeCloseTo(0, 3)
  const result = await finish(simulate({ graph, scenario }, signal))
  const simulated = valueStreamOf(graph, scenario, result)
  expect(simulated.touch).toBeCloseTo(12 * 60, 6)
  expect((simulated.touch ?? 0) + (simulated.wait ?? 0)).toBeCloseTo(result.leadTime?.mean ?? 0, 6)
  expect(timesOf(viewOf(graph), scenario, null).leadTime).toBeCloseTo(12 * 60, 3)
})

test('a loop inside a branch counts as often as it is gone round', () => {
  const map =
    'Desk: Fill {screen 2m} -> MD: Check {approve screen 1m}\nMD: Check -0.25 reject-> Desk: Fill\nMD: Check -0.75-> Desk: File {screen 1m}'
  const graph = workflowOf({ current: map, future: map }).current
  const view = viewOf(graph)
  const times = timesOf(view, { ...blankScenario, arrivals }, null)
  const { touch } = criticalPath(view, (at) => ({ touch: times.steps[at]?.touch ?? 0, wait: 0 }))
  expect(touch).toBeCloseTo((4 / 3) * 180 + 60, 6)
})
