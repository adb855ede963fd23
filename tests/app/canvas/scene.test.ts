/** A moved step bends the flows around it and leaves the others as they are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SceneBuilder } from '../../../src/app/canvas/scene.ts'
import type { Scene, SceneInput } from '../../../src/app/canvas/scene-model.ts'
import { stageOf } from '../../../src/app/canvas/stage.ts'
import { apply } from '../../../src/core/workflow/edit.ts'
import { readBpmn } from '../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import type { Box } from '../../../src/core/workflow/layout.ts'
import { placed } from '../../../src/core/workflow/layout.ts'
import { emptyWorkflow, type Workflow } from '../../../src/core/workflow/workflow.ts'
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
