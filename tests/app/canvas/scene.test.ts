/** A moved step bends the flows around it and leaves the others as they are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clinicProcesses, templateMap } from '../../../samples/templates/clinic-processes.ts'
import { workflowExamples } from '../../../samples/workflow/examples.ts'
import { type NodeRef, refOf } from '../../../src/app/canvas/node-ref.ts'
import { SceneBuilder } from '../../../src/app/canvas/scene.ts'
import type { Scene, SceneInput } from '../../../src/app/canvas/scene-model.ts'
import { stageOf } from '../../../src/app/canvas/stage.ts'
import { linesOf, occupiedBy, overlap, wordsArea } from '../../../src/core/workflow/drawing/label-room.ts'
import type { Box } from '../../../src/core/workflow/drawing/layout.ts'
import { placed } from '../../../src/core/workflow/drawing/layout.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { readBpmn } from '../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { readWorkflow } from '../../../src/core/workflow/map/files.ts'
import { emptyWorkflow, sides, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { identity, steps } from '../../core/workflow/generated.ts'

function inputOf(workflow: Workflow): SceneInput {
  return {
    workflow,
    stage: stageOf(workflow, 'stacked'),
    dragged: new Map(),
    selected: new Set(),
    selectedFlow: null,
    active: null,
    editing: null,
    draft: null,
    flags: new Map(),
    waits: new Map(),
    lines: [],
  }
}

function moved(workflow: Workflow, id: string, x: number, y: number): Workflow {
  return apply(workflow, { kind: 'move-nodes', side: 'future', moves: [{ id, x, y }] }).workflow
}

function drawn(list: Parameters<typeof identity>[0]): Workflow {
  const workflow = identity(list)
  return { ...workflow, current: placed(workflow.current), future: placed(workflow.future) }
}

const wayOf = (scene: Scene, id: string) => scene.edges.find((edge) => edge.id === id)?.data?.way ?? []

function crosses(way: readonly { readonly x: number; readonly y: number }[], box: Box): boolean {
  return way.some((point, i) => {
    const before = way[i - 1]
    return (
      before !== undefined &&
      Math.max(before.x, point.x) > box.x &&
      Math.min(before.x, point.x) < box.x + box.width &&
      Math.max(before.y, point.y) > box.y &&
      Math.min(before.y, point.y) < box.y + box.height
    )
  })
}

test('after a move each flow has the way it would have in a new drawing, or one that does not cross the moved step', () => {
  fc.assert(
    fc.property(steps, fc.nat(7), fc.nat(1500), fc.nat(300), (list, step, x, y) => {
      const id = `s${step % list.length}`
      const before = drawn(list)
      const builder = new SceneBuilder()
      builder.build(inputOf(before))
      const after = inputOf(moved(before, id, x, y))
      const scene = builder.build(after)
      const fresh = new SceneBuilder().build(after)
      const place = fresh.boxes.get(`future/${id}`)
      expect(scene.edges.map((edge) => edge.id)).toEqual(fresh.edges.map((edge) => edge.id))
      for (const edge of scene.edges) {
        const way = wayOf(scene, edge.id)
        const wanted = wayOf(fresh, edge.id)
        const ownEnd = edge.source === `future/${id}` || edge.target === `future/${id}`
        if (ownEnd || (place && crosses(way, place))) expect(way).toEqual(wanted)
      }
    }),
    { numRuns: process.env.LONG ? 2_000 : 60 },
  )
})

test('flows out of reach of a moved step are not drawn again', () => {
  const list = Array.from({ length: 40 }, (_, index) => ({
    kind: 0,
    lane: 0,
    minutes: 1,
    wait: 0,
    clicks: 0,
    element: 0,
    back: false,
    spice: 43 + index,
  }))
  const before = drawn(list)
  const builder = new SceneBuilder()
  const first = builder.build(inputOf(before))
  const node = before.future.nodes.get('s2')
  const after = builder.build(inputOf(moved(before, 's2', node?.x ?? 0, (node?.y ?? 0) + 3)))
  const kept = after.edges.filter((edge) => first.edges.includes(edge))
  expect(kept.length).toBeGreaterThanOrEqual(first.edges.length - 6)
  expect(kept.map((edge) => edge.id)).not.toContain('future/flow/s1-s2')
})

test('a flow that went around a step runs straight again when the step leaves', () => {
  const list = [0, 0, 0].map(() => ({ kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }))
  const base = drawn(list)
  const skipping = apply(base, { kind: 'add-edge', side: 'future', from: 's0', to: 's2' })
  const id = `future/flow/${skipping.created[0]}`
  const level = skipping.workflow.future.nodes.get('s0')?.y ?? 0
  const lined = ['s1', 's2'].reduce(
    (workflow, step) => moved(workflow, step, workflow.future.nodes.get(step)?.x ?? 0, level),
    skipping.workflow,
  )
  const builder = new SceneBuilder()
  expect(wayOf(builder.build(inputOf(lined)), id).length).toBeGreaterThan(2)
  const aside = moved(lined, 's1', 2000, level)
  expect(wayOf(builder.build(inputOf(aside)), id)).toHaveLength(2)
})

test('a message between two pools of a drawing is a line of its own, and no flow', () => {
  const { graph } = readBpmn(
    new TextEncoder().encode(
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><collaboration id="k"><participant id="pa" processRef="p"/><participant id="qa" processRef="q"/><messageFlow id="m" name="Bill" sourceRef="a" targetRef="b"/></collaboration><process id="p"><task id="a"/></process><process id="q"><task id="b"/></process></definitions>',
    ),
    'current',
  )
  const scene = new SceneBuilder().build(inputOf({ ...emptyWorkflow('told'), current: graph }))
  expect(scene.edges.map(({ id, source, target, data }) => [id, source, target, data?.look, data?.words])).toEqual([
    ['current/message/m', 'current/a', 'current/b', 'message', 'Bill'],
  ])
})

const drawings: readonly (readonly [string, Workflow])[] = [
  ...clinicProcesses.map((each) => [each.id, { ...emptyWorkflow(each.id), current: templateMap(each) }] as const),
  ...workflowExamples.map(({ id, files }) => [id, readWorkflow(id, files).value] as const),
]

test.each(drawings)('words on the flows of %s stand on no step, no name, no other words and no other flow', (_, workflow) => {
  const { edges, boxes } = new SceneBuilder().build(inputOf(workflow))
  const steps = sides.flatMap((side) =>
    [...workflow[side].nodes.values()].flatMap((node) => {
      const box = boxes.get(refOf(side, node.id))
      return box ? occupiedBy(node, box).map((area) => ({ what: node.label, area })) : []
    }),
  )
  const words = edges.flatMap(({ id, data }) =>
    data && data.words !== '' ? [{ id, what: `${id} ${data.words}`, area: wordsArea(data.words, data.at) }] : [],
  )
  const flows = edges.flatMap(({ id, data }) => linesOf(id, data?.way ?? []).map((area) => ({ what: id, area })))
  const covered = words.flatMap(({ id, what, area }, at) =>
    [...steps, ...words.slice(at + 1), ...flows.filter((flow) => flow.what !== id)]
      .filter((other) => overlap(area, other.area))
      .map((other) => `${what} on ${other.what}`),
  )
  expect(covered).toEqual([])
})

test('words make room for a step that is dragged onto them', () => {
  const workflow = { ...emptyWorkflow('phones'), current: templateMap(clinicProcesses[0] ?? expect.fail()) }
  const builder = new SceneBuilder()
  const input = inputOf(workflow)
  const { edges } = builder.build(input)
  const flow = edges.find(({ data }) => data?.words === 'no, 90 %')
  const target = flow?.target as NodeRef
  const at = flow?.data?.at ?? { x: 0, y: 0 }
  const scene = builder.build({ ...input, dragged: new Map([[target, { x: at.x - 40, y: at.y - 20 }]]) })
  const box = scene.boxes.get(target) ?? expect.fail()
  const held = scene.held.get(flow?.id ?? '') ?? expect.fail()
  expect(overlap(wordsArea(held.words, at), box)).toBe(true)
  expect(overlap(wordsArea(held.words, held.at), box)).toBe(false)
})

test('a selection draws no flow again: the list of them stays the very same, trace links included', () => {
  for (const { id, files } of workflowExamples) {
    const workflow = readWorkflow(id, files).value
    const [first, second] = [...workflow.current.nodes.keys()].map((id) => refOf('current', id))
    const [link] = workflow.trace.values()
    if (!first || !second) continue
    const builder = new SceneBuilder()
    const from = link?.from[0]
    const to = link?.to[0]
    const lines = () =>
      from === undefined || to === undefined
        ? []
        : [{ from: refOf('current', from), to: refOf('future', to), look: 'trace' as const, words: '' }]
    const input = { ...inputOf(workflow), lines: lines() }
    const before = builder.build({ ...input, selected: new Set([first]), active: first })
    const after = builder.build({ ...input, lines: lines(), selected: new Set([second]), active: second })
    expect(after.edges).toBe(before.edges)
    expect(after.nodes.filter((node, at) => node !== before.nodes[at]).map(({ id }) => id)).toEqual([first, second])
    // What is selected among the flows is drawn again.
    const flow = after.edges[0]?.id ?? ''
    expect(builder.build({ ...input, selectedFlow: flow }).edges.find((edge) => edge.id === flow)?.selected).toBe(true)
  }
})
