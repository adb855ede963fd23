/** A step is left out: its ways are bridged, and no case goes another way than it went before. */
import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  type Edge,
  emptyWorkflow,
  type Node,
  type Workflow,
} from '../../../src/core/workflow/map/workflow.ts'
import { rankLevers } from '../../../src/core/workflow/simulation/levers.ts'

const minutes = (mean: number): Partial<Node> => ({
  service: { dist: 'constant', value: mean * 60 },
  lane: 'desk',
  medium: 'screen',
})
const step = (id: string, facts: Partial<Node> = {}): Node => ({
  ...blankNode,
  id,
  label: id,
  type: 'step',
  ...minutes(5),
  ...facts,
})
const flow = (from: string, to: string, facts: Partial<Edge> = {}): Edge => ({
  ...blankEdge,
  id: `${from}-${to}`,
  from,
  to,
  ...facts,
})

function workflowOf(nodes: readonly Node[], edges: readonly Edge[]): Workflow {
  const empty = emptyWorkflow('w')
  const graph = {
    ...empty.future,
    lanes: new Map([['desk', { ...blankLane, id: 'desk', label: 'Desk', staff: 3 }]]),
    nodes: new Map([
      ['start', { ...blankNode, id: 'start', type: 'start' as const }],
      ...nodes.map((node) => [node.id, node] as const),
      ['end', { ...blankNode, id: 'end', type: 'end' as const }],
    ]),
    edges: new Map(edges.map((edge) => [edge.id, edge])),
  }
  return {
    ...empty,
    future: graph,
    scenario: { ...blankScenario, replications: 3, cases: 200, arrivals: [{ node: 'start', perHour: 4 }] },
  }
}

function without(workflow: Workflow, id: string) {
  const { workflow: changed } = apply(workflow, { kind: 'remove-nodes', side: 'future', ids: [id], bridge: true })
  return [...changed.future.edges.values()]
    .map(({ from, to, probability, exception, condition }) => ({ from, to, probability, exception, condition }))
    .sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1))
}

const exceptional = workflowOf(
  [step('Order'), step('Call'), step('Give'), step('Record', minutes(30))],
  [
    flow('start', 'Order'),
    flow('Order', 'Give'),
    flow('Order', 'Call', { exception: true }),
    flow('Call', 'Record'),
    flow('Give', 'end'),
    flow('Record', 'end'),
  ],
)

test('the bridge of an exception stays one: a step that no case came to saves no time', async () => {
  const edges = without(exceptional, 'Call').filter(({ from }) => from === 'Order')
  expect(edges.map(({ to, probability, exception }) => [to, probability, exception])).toEqual([
    ['Give', null, false],
    ['Record', null, true],
  ])
  const study = await finish(rankLevers(exceptional, new AbortController().signal))
  const gain = (label: string): number | undefined => study.levers.find((one) => one.label === label)?.difference?.mean
  expect(gain('Do without “Call”')).toBe(0)
  expect(gain('Do without “Record”')).toBe(0)
  expect(gain('Do without “Give”')).toBeLessThan(-200)
})

test('shares behind the step, and beside it, are what they were', () => {
  const rare = workflowOf(
    [step('Sort'), step('Check'), step('Easy'), step('Hard'), step('Other')],
    [
      flow('start', 'Sort'),
      flow('Sort', 'Check'),
      flow('Sort', 'Other'),
      flow('Check', 'Easy', { probability: 0.9 }),
      flow('Check', 'Hard', { probability: 0.1 }),
      ...['Easy', 'Hard', 'Other'].map((id) => flow(id, 'end')),
    ],
  )
  expect(without(rare, 'Check').flatMap(({ from, to, probability }) => (from === 'Sort' ? [[to, probability]] : []))).toEqual([
    ['Easy', 0.45],
    ['Hard', 0.05],
    ['Other', null],
  ])
})

test('a condition goes with the way that it chooses', () => {
  const chosen = workflowOf(
    [step('Sort'), step('Check'), step('Hard')],
    [
      flow('start', 'Sort'),
      flow('Sort', 'Check', { condition: 'age > 80' }),
      flow('Sort', 'end'),
      flow('Check', 'Hard'),
      flow('Hard', 'end'),
    ],
  )
  expect(without(chosen, 'Check').find(({ to }) => to === 'Hard')?.condition).toBe('age > 80')
})
