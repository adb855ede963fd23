/** One case of a run: its stops add up to the lead time the engine counted, and the same seed gives the same case. */
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../../samples/riverside/workflows/index.ts'
import { finish } from '../../../../src/core/operation.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import { sides, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { compileTogether } from '../../../../src/core/workflow/simulation/model/model.ts'
import {
  changesOf,
  type Journey,
  momentsAt,
  type PlayThrough,
  playThrough,
  type WantedCase,
} from '../../../../src/core/workflow/simulation/play-through.ts'
import { seedOf } from '../../../../src/core/workflow/simulation/simulate.ts'
import { streamKeys } from '../../../../src/core/workflow/simulation/stream-keys.ts'
import { workflowOf } from '../pair.ts'

const follow = (workflow: Workflow, wanted: WantedCase) =>
  finish<never, PlayThrough | null>(playThrough({ workflow, wanted }, new AbortController().signal))

const refill = [...riversideWorkflows.values()].find(({ id }) => id === 'refill') as Workflow

test('both journeys have the lead time that the engine counted for that case, without a log', async () => {
  const played = await follow(refill, 'usual')
  if (!played || !refill.scenario) throw new Error('nothing was played')
  for (const side of sides) {
    const model = compileTogether([{ graph: refill[side], scenario: refill.scenario, keys: streamKeys(refill, side) }])
    const { leads } = run(model, { seed: seedOf(played.seed, 0), cases: refill.scenario.cases, horizon: null, skip: 0 })
    expect(played.journeys[side]?.lead).toBe(leads[played.number - 1])
    const stops = played.journeys[side]?.stops ?? []
    expect(Math.max(...stops.map(({ ended }) => ended))).toBeCloseTo(played.journeys[side]?.lead ?? 0, 3)
  }
  expect(await follow(refill, 'usual')).toEqual(played)
})

/** Lengths of what is waited and worked, where every moment has one thing going on. */
function covered(journey: Journey): number {
  return journey.stops.reduce((sum, { arrived, ended }) => sum + ended - arrived, 0)
}

const line = {
  current: 'lane MD staff=1\nDesk: Take {phone 3m} -> MD: Sign {approve paper 6m} -> Desk: File {screen 2m}',
  future: 'lane MD staff=1\nDesk: Take {screen 2m} -> MD: Approve {approve inbox 5m} -> Desk: Send {screen 1m}',
  trace: 'Take => Take\nSign => Approve\nFile => Send',
  scenario: { ...blankScenario, cases: 200, arrivals: [{ node: 'start', perHour: 8 }] },
}

test('on a line nothing is left out: waits and work add up to the whole, for every case', async () => {
  const workflow = workflowOf(line)
  for (const wanted of [1, 7, 50, 199, 'slow'] as const) {
    const played = await follow(workflow, wanted)
    for (const side of sides) {
      const journey = played?.journeys[side]
      if (!journey) throw new Error(`case ${wanted} did not end`)
      expect(journey.stops.map(({ node }) => workflow[side].nodes.get(node)?.label).length).toBe(3)
      expect(covered(journey)).toBeCloseTo(journey.lead, 6)
      for (const time of changesOf(played).filter((each) => each < journey.lead)) expect(momentsAt(journey, time)).toHaveLength(1)
      expect(momentsAt(journey, journey.lead)).toEqual([])
    }
  }
})

test('a case that gives up is played from when it came: waiting until it leaves, then where it goes on', async () => {
  const map = 'lane MD staff=1\nDesk: Take {phone 1m} -> MD: Sign {approve paper 30m} -> end\nMD: Sign -timeout=5m-> end'
  const workflow = workflowOf({
    current: map,
    future: map,
    scenario: { ...blankScenario, cases: 60, arrivals: [{ node: 'start', interarrival: { dist: 'constant', value: 720 } }] },
  })
  let left = 0
  for (let wanted = 1; wanted <= 20; wanted++) {
    const journey = (await follow(workflow, wanted))?.journeys.current
    if (!journey) throw new Error(`case ${wanted} did not end`)
    const [take, sign] = journey.stops
    expect(journey.stops).toHaveLength(2)
    expect(take).toMatchObject({ arrived: 0, began: 0, ended: 60 })
    expect(covered(journey)).toBeCloseTo(journey.lead, 6)
    if (sign?.began !== sign?.ended) continue
    left++
    expect(sign).toMatchObject({ arrived: 60, began: 360, ended: 360, person: 0 })
    expect(momentsAt(journey, 200)).toMatchObject([{ state: 'waiting', from: 60, to: 360 }])
  }
  expect(left).toBeGreaterThan(5)
})

test('the slow case takes longer than the usual one, and a case that never came is none', async () => {
  const workflow = workflowOf(line)
  const [usual, slow] = [await follow(workflow, 'usual'), await follow(workflow, 'slow')]
  expect(slow?.journeys.current?.lead).toBeGreaterThan(usual?.journeys.current?.lead ?? Number.POSITIVE_INFINITY)
  expect(await follow(workflow, 100_000)).toBeNull()
  expect(await follow({ ...workflow, scenario: null }, 'usual')).toBeNull()
})
