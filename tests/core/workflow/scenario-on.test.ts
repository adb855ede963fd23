/** One scenario for both maps: a role is the same people under each map's own id, and a wait that nobody can see is not gone. */
import { expect, test } from 'vitest'
import { staffedLanes, withStaff } from '../../../src/app/routes/workflow/simulate/simulate-scenario.ts'
import { finish } from '../../../src/core/operation.ts'
import { readGraph, readTrace } from '../../../src/core/workflow/map/read.ts'
import { readScenario } from '../../../src/core/workflow/map/read-scenario.ts'
import { scenarioOn } from '../../../src/core/workflow/map/scenario-on.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'
import { oneSidedStaff } from '../../../src/core/workflow/times/one-sided-staff.ts'

/** One step of a role, ten minutes of work behind a stated wait in minutes, in `share` of the cases. */
function map(side: 'current' | 'future', lane: string, label: string, step: string, wait = 0, share = 1) {
  const ways =
    share === 1
      ? [{ id: 'in', from: 'start', to: step, probability: 1 }]
      : [
          { id: 'asked', from: 'start', to: 'ask', probability: 1 },
          { id: 'in', from: 'ask', to: step, probability: share },
          { id: 'past', from: 'ask', to: 'end', probability: 1 - share },
        ]
  return readGraph(
    {
      format: 'carryover-workflow/1',
      id: side,
      side,
      lanes: [{ id: lane, label, order: 0 }],
      nodes: [
        { id: 'start', type: 'start', label: 'Start' },
        ...(share === 1 ? [] : [{ id: 'ask', type: 'decision', label: 'Urgent?' }]),
        {
          id: step,
          type: 'step',
          label: 'Transport',
          lane,
          medium: 'paper',
          service: { dist: 'exponential', mean: 600 },
          wait: wait === 0 ? null : { dist: 'constant', value: wait * 60 },
        },
        { id: 'end', type: 'end', label: 'End' },
      ],
      edges: [...ways, { id: 'out', from: step, to: 'end', probability: 1 }],
    },
    side,
  ).value
}

function workflow(future: ReturnType<typeof map>, scenario: object): Workflow {
  return {
    id: 'w',
    current: map('current', 'goniec', 'Goniec', 'transport', 60),
    future,
    trace: readTrace([{ from: ['transport'], to: ['c'], fate: 'kept' }]).value,
    scenario: readScenario({
      format: 'carryover-scenario/1',
      cases: 300,
      replications: 5,
      arrivals: [{ node: 'start', perHour: 5 }],
      ...scenario,
    }).value,
  }
}

async function outcomes(of: Workflow) {
  const { comparison } = await finish(judge(of, new AbortController().signal))
  return comparison.findings.filter(({ code }) => code === 'workflow/queue-before-role' || code === 'workflow/unmeasured-wait')
}

const staff = { goniec: { count: 1 } }

test('staff given by the id of one map counts for the lane of the same label in the other', async () => {
  const both = workflow(map('future', 'L1', 'Goniec', 'c', 60), { staff })
  expect(scenarioOn(both, 'future')?.staff.get('L1')?.count).toBe(1)
  expect(oneSidedStaff(both)).toEqual([])
  const found = await outcomes(both)
  expect(found.map(({ code, outcome }) => `${code} ${outcome}`).sort()).toEqual([
    'workflow/queue-before-role kept',
    'workflow/unmeasured-wait kept',
  ])
})

test('a role that the other map has by neither id nor label is named, and its wait is not called gone', async () => {
  const other = workflow(map('future', 'L1', 'Kurier', 'c', 60), { staff })
  expect(oneSidedStaff(other)).toEqual([
    'Staff of “Goniec” (goniec) counts in the current map alone: the future map has no lane of that id or label. There nobody says how many people work as Kurier.',
  ])
  const found = await outcomes(other)
  expect(found.map(({ outcome }) => outcome)).toEqual(['unjudged', 'unjudged'])
  for (const { sentence } of found) expect(sentence).toContain('staff of Kurier in the future map is not known')
})

test('a wait that nobody can see today is neither new nor worse tomorrow', async () => {
  const found = await outcomes(workflow(map('future', 'L1', 'Kurier', 'c', 60), { staff: { L1: { count: 1 } } }))
  expect(found.map(({ outcome, sentence }) => [outcome, sentence.includes('staff of Goniec in the current map')])).toEqual([
    ['unjudged', true],
    ['unjudged', true],
  ])
})

test('what is left of a wait under the limit of its rule is told, not called gone', async () => {
  const [found] = (await outcomes(workflow(map('future', 'L1', 'Goniec', 'c', 60, 0.2), {}))).filter(
    ({ code }) => code === 'workflow/unmeasured-wait',
  )
  expect(found?.metric.current).toBeCloseTo(60, 1)
  expect(found?.metric.future).toBeGreaterThan(10)
  expect(found?.metric.future).toBeLessThan(14)
  expect(found?.sentence).toContain('under the limit of this rule')
  expect(found?.sentence).not.toContain('gone')
})

test('the order of service and people wanted at once are translated too; a name of its own comes first', () => {
  const both = workflow(map('future', 'L1', 'Goniec', 'c'), {
    staff: { goniec: { count: 1 }, L1: { count: 3 } },
    discipline: { goniec: 'sjf' },
    steps: { c: { needs: { goniec: 2 } } },
  })
  const future = scenarioOn(both, 'future')
  expect(future?.staff.get('L1')?.count).toBe(3)
  expect(future?.discipline.get('L1')).toBe('sjf')
  expect([...(future?.steps.get('c')?.needs ?? [])]).toEqual([['L1', 2]])
  expect(scenarioOn(both, 'future')).toBe(future)
  expect(scenarioOn(both, 'current')).toBe(both.scenario)
})

test('the inputs list a role once, and name the map where the maps differ', () => {
  const same = workflow(map('future', 'L1', 'Goniec', 'c'), { staff })
  expect(staffedLanes(same).map(({ ids, only }) => [ids, only])).toEqual([[['L1', 'goniec'], null]])
  if (!same.scenario) throw new Error('no scenario')
  const changed = withStaff(same.scenario, ['L1', 'goniec'], { count: 2, calendar: null, offShift: 'finish' })
  expect([...changed.staff].map(([id, { count }]) => [id, count])).toEqual([
    ['goniec', 2],
    ['L1', 2],
  ])
  const apart = workflow(map('future', 'L1', 'Goniec', 'c'), { staff: { goniec: { count: 1 }, L1: { count: 3 } } })
  expect(staffedLanes(apart).map(({ label, only }) => [label, only])).toEqual([
    ['Goniec', 'future'],
    ['Goniec', 'current'],
  ])
  const named = workflow(map('future', 'L1', 'Kurier', 'c'), { staff })
  expect(staffedLanes(named).map(({ label, only }) => [label, only])).toEqual([
    ['Goniec', 'current'],
    ['Kurier', 'future'],
  ])
})
