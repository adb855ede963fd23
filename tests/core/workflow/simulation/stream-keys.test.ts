/** Which luck both maps share: no two steps of one map draw the same numbers, and numbers that nobody draws are lent. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../../samples/riverside/workflows/index.ts'
import { apply } from '../../../../src/core/workflow/edit/edit.ts'
import { blankLink, linkKey, type TraceLink, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { streamKeys } from '../../../../src/core/workflow/simulation/stream-keys.ts'
import { command, identity, steps } from '../generated.ts'
import { workflowOf } from '../pair.ts'

function streamsOf(workflow: Workflow): readonly string[] {
  const keys = streamKeys(workflow, 'future')
  return [...workflow.future.nodes.values()].flatMap(({ id, service }) => (service === null ? [] : [keys.get(id) ?? id]))
}

test('no two steps of a map draw from one stream, whatever was edited', () => {
  fc.assert(
    fc.property(steps, fc.array(command, { maxLength: 8 }), (list, edits) => {
      let workflow = identity(list)
      for (const edit of edits) workflow = apply(workflow, edit).workflow
      const streams = streamsOf(workflow)
      expect(new Set(streams).size).toBe(streams.length)
    }),
    { numRuns: process.env.LONG ? 2_000 : 100 },
  )
})

test('a new queue takes over the luck of the queue that is gone', () => {
  const labs = [...riversideWorkflows].find(([id]) => id === 'lab-results')?.[1]
  if (!labs) throw new Error('The sample has no lab results')
  const keys = streamKeys(labs, 'future')
  expect(keys.get('decide-on-result')).toBe('decide-on-result')
  expect(keys.get('read-result-in-inbox')).toBe('screen-results')
})

const linked = (from: string, to: string): readonly [string, TraceLink] => {
  const link: TraceLink = { ...blankLink, from: [from], to: [to], fate: 'split' }
  return [linkKey(link), link]
}

test('a step that became two by two links gives its luck to one of them, and so does one whose id stands for another step now', () => {
  const split = workflowOf({ current: 'Desk: A {screen 1m}', future: 'Desk: X {screen 1m} -> Desk: Y {screen 1m}' })
  const parts = streamKeys({ ...split, trace: new Map([linked('a', 'x'), linked('a', 'y')]) }, 'future')
  expect([parts.get('x'), parts.get('y')]).toEqual(['a', 'a part 2'])
  const renamed = workflowOf({ current: 'Desk: A {screen 1m}', future: 'Desk: A {screen 1m} -> Desk: Y {screen 1m}' })
  const moved = streamKeys({ ...renamed, trace: new Map([linked('a', 'y')]) }, 'future')
  expect([moved.get('y'), moved.get('a')]).toEqual(['a', 'a part 2'])
})

test('how long steps of the current map take changes no stream of the future map', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 8, maxLength: 8 }), (list, means) => {
      const timed = varying(identity(list), [60, 120, 180, 240, 300, 360, 420, 480])
      const apart = { ...timed, trace: new Map(), future: renamedSteps(timed.future) }
      const slower = { ...apart, current: varying(apart, means).current }
      expect(streamKeys(slower, 'future')).toEqual(streamKeys(apart, 'future'))
    }),
    { numRuns: 50 },
  )
})

function varying(workflow: Workflow, means: readonly number[]): Workflow {
  const timed = (graph: Workflow['current']): Workflow['current'] => ({
    ...graph,
    nodes: new Map(
      [...graph.nodes].map(([id, node], at) => [
        id,
        node.service === null
          ? node
          : { ...node, service: { dist: 'exponential' as const, mean: means[at % means.length] ?? 60 } },
      ]),
    ),
  })
  return { ...workflow, current: timed(workflow.current), future: timed(workflow.future) }
}

/** Every step under a new id, so that none has a step of the same name in the other map. */
function renamedSteps(graph: Workflow['future']): Workflow['future'] {
  const name = (id: string): string => `new ${id}`
  return {
    ...graph,
    nodes: new Map([...graph.nodes].map(([id, node]) => [name(id), { ...node, id: name(id) }])),
    edges: new Map([...graph.edges].map(([id, edge]) => [id, { ...edge, from: name(edge.from), to: name(edge.to) }])),
  }
}
