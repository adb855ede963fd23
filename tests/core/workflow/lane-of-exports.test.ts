/** Whatever was edited, a step has the same role on the map, in the table, in BPMN and its shapes, in the drawing and in the playback. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { laneBands, orderedLanes } from '../../../src/core/workflow/drawing/layout.ts'
import { placesOf } from '../../../src/core/workflow/drawing/places.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { writeBpmn } from '../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import { writeStepList } from '../../../src/core/workflow/interop/step-list.ts'
import { writeSvg } from '../../../src/core/workflow/interop/svg.ts'
import { emptyWorkflow, type Graph, isStep, type Node, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { commandOf, laneEdit } from './lane-edits.ts'

interface Band {
  readonly lane: string
  readonly y: number
  readonly height: number
}

interface Shape {
  readonly y: number
  readonly height: number
}

/** The lane in whose band a shape stands whole; null below all of them. */
function laneAround(bands: readonly Band[], { y, height }: Shape): string | null {
  return bands.find((band) => y >= band.y && y + height <= band.y + band.height)?.lane ?? null
}

const numbers = (text: string, names: readonly string[]): readonly number[] =>
  names.map((name) => Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(text)?.[1]))

/** Lanes of steps as the drawing shows them: bands and cards in the order in which they are written. */
function lanesInSvg(graph: Graph): ReadonlyMap<string, string | null> {
  const text = writeSvg(graph)
  const lanes = orderedLanes(graph)
  const bands = [...text.matchAll(/<rect x="0"[^>]*stroke="#d3dadd" \/>/g)].map(([rect], at): Band => {
    const [y = 0, height = 0] = numbers(rect, ['y', 'height'])
    return { lane: lanes[at]?.id ?? '', y, height }
  })
  const cards = [...text.matchAll(/<rect [^>]*rx="6"[^>]*\/>/g)].map(([rect]): Shape => {
    const [y = 0, height = 0] = numbers(rect, ['y', 'height'])
    return { y, height }
  })
  const drawn = [...graph.nodes.values()].filter(({ type }) => type === 'wait' || isStep({ type } as Node) || type === 'document')
  expect(cards.length).toBe(drawn.length)
  return new Map(drawn.flatMap((node, at) => (cards[at] ? [[node.id, laneAround(bands, cards[at])] as const] : [])))
}

/** Lanes of steps in BPMN, as it says and as it draws; by the name of the lane. */
function lanesInBpmn(graph: Graph): ReadonlyMap<string, { readonly said: string | null; readonly drawn: string | null }> {
  const { text } = writeBpmn(graph)
  const said = new Map<string, string>()
  for (const [, lane = '', body = ''] of text.matchAll(/<(?:\w+:)?lane id="([^"]*)"[^>]*(?<!\/)>([\s\S]*?)<\/(?:\w+:)?lane>/g))
    for (const [, ref = ''] of body.matchAll(/flowNodeRef>([^<]*)</g)) said.set(ref, lane)
  const laneIds = new Set([...text.matchAll(/<(?:\w+:)?lane id="([^"]*)"/g)].map(([, id = '']) => id))
  const shapes = new Map<string, Shape>()
  for (const [, of = '', box = ''] of text.matchAll(/BPMNShape [^>]*bpmnElement="([^"]*)"[^>]*>\s*<([^>]*)>/g)) {
    const [y = 0, height = 0] = numbers(box, ['y', 'height'])
    shapes.set(of, { y, height })
  }
  const bands = [...laneIds].flatMap((lane): readonly Band[] => {
    const shape = shapes.get(lane)
    return shape ? [{ lane, ...shape }] : []
  })
  return new Map(
    [...shapes]
      .filter(([id]) => !laneIds.has(id))
      .map(([id, shape]) => [id, { said: said.get(id) ?? null, drawn: laneAround(bands, shape) }]),
  )
}

function lanesInTable(graph: Graph): ReadonlyMap<string, string> {
  const [, ...rows] = writeStepList(graph).text.trim().split('\r\n')
  return new Map(rows.map((row) => row.split(',')).map(([id = '', , , , role = '']) => [id, role]))
}

function expectOneLane(graph: Graph): void {
  const [svg, bpmn, table] = [lanesInSvg(graph), lanesInBpmn(graph), lanesInTable(graph)]
  const bands = laneBands(graph).map(({ id, ...band }): Band => ({ lane: id, ...band }))
  const places = placesOf(graph)
  for (const node of graph.nodes.values()) {
    if (!isStep(node)) continue
    const lane = node.lane !== null && graph.lanes.has(node.lane) ? node.lane : null
    const label = lane === null ? '' : (graph.lanes.get(lane)?.label ?? '')
    const box = places.get(node.id)
    expect(box && laneAround(bands, box), `playback: ${node.id}`).toBe(lane)
    expect(svg.get(node.id), `drawing: ${node.id}`).toBe(lane)
    expect(table.get(node.id), `table: ${node.id}`).toBe(label)
    const shown = bpmn.get(node.id)
    expect(shown?.drawn, `BPMN shape: ${node.id}`).toBe(shown?.said)
    expect(shown?.said ?? null, `BPMN: ${node.id}`).toBe(lane)
  }
}

test('after 200 random edits of lanes and steps, every export names the role that the map has', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...riversideWorkflows.keys()),
      fc.noShrink(fc.array(laneEdit, { minLength: 200, maxLength: 200, size: 'max' })),
      (id, edits) => {
        let workflow: Workflow = riversideWorkflows.get(id) ?? emptyWorkflow(id)
        for (const [at, each] of edits.entries()) {
          workflow = apply(workflow, commandOf(each, workflow.future)).workflow
          if (at % 40 === 39) expectOneLane(workflow.future)
        }
        return workflow.future.nodes.size > 0
      },
    ),
    { numRuns: process.env.LONG ? 40 : 5 },
  )
})

test('a lane that is moved or removed takes its steps along in every export', () => {
  for (const [, workflow] of riversideWorkflows) {
    const [first, second] = orderedLanes(workflow.future)
    if (!first || !second) throw new Error('The sample has one lane')
    const moved = apply(workflow, { kind: 'change-lane', side: 'future', id: first.id, facts: { order: 99 } }).workflow
    expectOneLane(moved.future)
    expectOneLane(apply(workflow, { kind: 'remove-lane', side: 'future', id: first.id, moveTo: second.id }).workflow.future)
  }
})
