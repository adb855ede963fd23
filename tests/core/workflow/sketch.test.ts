/** The one-line notation: read, written and read again. */
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { readSketch, writeSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { type Graph, sides } from '../../../src/core/workflow/map/workflow.ts'

/** Steps by role and name with their times, and flows by the names of their ends. */
function told(graph: Graph): unknown {
  const label = (id: string): string => graph.nodes.get(id)?.label ?? id
  return {
    nodes: [...graph.nodes.values()]
      .map((node) => [
        node.label,
        node.type,
        node.kind,
        node.medium,
        node.service,
        node.wait,
        node.batch,
        node.reads,
        node.writes,
        node.clicks,
      ])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    edges: [...graph.edges.values()].map((edge) => [label(edge.from), label(edge.to), edge.reject].join(' | ')).sort(),
  }
}

test('every sample map survives being written as a sketch and read back', () => {
  for (const workflow of riversideWorkflows.values())
    for (const side of sides) {
      const { graph, problems } = readSketch(writeSketch(workflow[side]), side)
      expect(problems).toEqual([])
      expect(told(graph)).toEqual(told(workflow[side]))
    }
})

test('pasted lines of step, role and minutes become steps in a row', () => {
  const { graph, problems } = readSketch('Take call | Front desk | 3\nSign form | Clinician | 1,5\nFile | Front desk |')
  expect(problems).toEqual([])
  expect([...graph.lanes.values()].map((lane) => lane.label)).toEqual(['Front desk', 'Clinician'])
  expect(graph.nodes.get('sign-form')?.service).toEqual({ dist: 'constant', value: 90 })
  expect([...graph.edges.values()].map((edge) => `${edge.from}>${edge.to}`)).toContain('take-call>sign-form')
})

test('what nobody understands is named with its line', () => {
  const { problems } = readSketch('Desk: Take call {telepathy 3m}\nA | B | many')
  expect(problems.map((problem) => problem.sentence)).toEqual([
    'Line 1: nobody knows the fact “telepathy”.',
    'Line 2: “many” is not a number of minutes.',
  ])
})
