/** What must hold for every workflow: undo, order of records, unknown members, layout, common random numbers. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { readGraph } from '../../../src/core/workflow/map/read.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import type { Graph, Node } from '../../../src/core/workflow/map/workflow.ts'
import { graphText, workflowDigest } from '../../../src/core/workflow/map/write.ts'
import { run } from '../../../src/core/workflow/simulation/engine/engine.ts'
import { compile } from '../../../src/core/workflow/simulation/model/model.ts'
import { seedOf } from '../../../src/core/workflow/simulation/simulate.ts'
import { command, graphOf, identity, steps } from './generated.ts'

const runs = { numRuns: 20 }
const arrivals = { ...blankScenario, arrivals: [{ node: 'start', perHour: 1 }] }

function each(graph: Graph, change: (node: Node) => Node): Graph {
  return { ...graph, nodes: new Map([...graph.nodes].map(([id, node]) => [id, node.type === 'step' ? change(node) : node])) }
}

test('every command can be undone to the same bytes, and redone', () => {
  fc.assert(
    fc.property(steps, fc.array(command, { maxLength: 12 }), (list, commands) => {
      let workflow = identity(list)
      for (const item of commands) {
        const before = workflowDigest(workflow)
        const done = apply(workflow, item)
        const undone = apply(done.workflow, done.inverse)
        expect(workflowDigest(undone.workflow)).toBe(before)
        expect(workflowDigest(apply(undone.workflow, undone.inverse).workflow)).toBe(workflowDigest(done.workflow))
        if (done.refused !== null) expect(done.workflow).toBe(workflow)
        workflow = done.workflow
      }
    }),
    runs,
  )
})

test('flows and trace links never point at steps that are gone', () => {
  fc.assert(
    fc.property(steps, fc.array(command, { maxLength: 20 }), (list, commands) => {
      const { current, future, trace } = commands.reduce((now, item) => apply(now, item).workflow, identity(list))
      for (const { nodes, edges } of [current, future])
        for (const edge of edges.values()) expect(nodes.has(edge.from) && nodes.has(edge.to)).toBe(true)
      for (const link of trace.values()) {
        expect(link.from.every((id) => current.nodes.has(id))).toBe(true)
        expect(link.to.every((id) => future.nodes.has(id))).toBe(true)
      }
    }),
    runs,
  )
})

test('several commands together are one entry: all or nothing', () => {
  const workflow = identity([])
  const done = apply(workflow, {
    kind: 'together',
    commands: [
      { kind: 'add-lane', side: 'future', facts: { label: 'Pharmacist' } },
      { kind: 'change-node', side: 'future', id: 'nowhere', facts: {} },
    ],
  })
  expect(done.refused).toContain('nowhere')
  expect(done.workflow).toBe(workflow)
})

test('writing and reading a map gives the same map, whatever the order in the file', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const graph = graphOf(list, 'current', 'paper')
      const json = JSON.parse(graphText(graph)) as { nodes: unknown[]; edges: unknown[] }
      const shuffled = { ...json, nodes: [...json.nodes].reverse(), edges: [...json.edges].reverse() }
      const read = readGraph(shuffled, 'current')
      expect(read.problems).toEqual([])
      expect(graphText(read.value)).toBe(graphText(graph))
    }),
    runs,
  )
})

test('unknown members are kept and unusable values are reported and kept', () => {
  const json = {
    format: 'carryover-workflow/1',
    id: 'x',
    side: 'current',
    colour: 'red',
    nodes: [{ id: 'a', type: 'step', medium: 'papyrus', mood: 1 }],
  }
  const read = readGraph(json, 'current')
  expect(read.problems.map((problem) => problem.place)).toEqual(['$.nodes[0].medium'])
  const text = graphText(read.value)
  expect(JSON.parse(text)).toMatchObject({ colour: 'red', nodes: [{ id: 'a', medium: 'papyrus', mood: 1 }] })
})

test('moving one step changes one line of its file', () => {
  const workflow = identity([{ kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }])
  const moved = apply(workflow, { kind: 'move-nodes', side: 'current', moves: [{ id: 's0', x: 96, y: 16 }] }).workflow
  const before = graphText(workflow.current).split('\n')
  const after = graphText(moved.current).split('\n')
  expect(after.filter((line, index) => line !== before[index])).toHaveLength(1)
})

test('the layout overlaps nothing and keeps every step in its lane', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const workflow = identity(list)
      const { moves, heights } = layOut(workflow.current)
      const { current } = apply(workflow, { kind: 'move-nodes', side: 'current', moves, heights }).workflow
      const nodes = [...current.nodes.values()]
      for (const [index, a] of nodes.entries())
        for (const b of nodes.slice(index + 1)) {
          const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)]
          expect(
            a.x + sizeA.width <= b.x || b.x + sizeB.width <= a.x || a.y + sizeA.height <= b.y || b.y + sizeB.height <= a.y,
          ).toBe(true)
        }
    }),
    runs,
  )
})

test('common random numbers at least halve the variance of a difference', () => {
  const map = (minutes: number, medium: Node['medium']): Graph =>
    each(graphOf([{ kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }], 'current', medium), (node) => ({
      ...node,
      service: { dist: 'exponential', mean: minutes * 60 },
    }))
  const mean = (minutes: number, seed: number): number => {
    const { leads } = run(compile(map(minutes, 'paper'), arrivals, new Map()), { seed, cases: 400, skip: 0 })
    return leads.reduce((sum, lead) => sum + lead, 0) / 400
  }
  const variance = (values: readonly number[]): number => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
  }
  const numbers = Array.from({ length: 40 }, (_, index) => index)
  const common = variance(numbers.map((r) => mean(80, seedOf(1, r)) - mean(90, seedOf(1, r))))
  const independent = variance(numbers.map((r) => mean(80, seedOf(1, r)) - mean(90, seedOf(2, r))))
  expect(common).toBeLessThan(independent / 2)
})
