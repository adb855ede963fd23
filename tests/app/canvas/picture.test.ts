/** What the canvas shows is what every export draws: the same places, the same ways, the same words, in the band of the same role. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { clinicProcesses, templateMap } from '../../../samples/templates/clinic-processes.ts'
import { refOf } from '../../../src/app/canvas/node-ref.ts'
import { SceneBuilder } from '../../../src/app/canvas/scene.ts'
import type { SceneInput } from '../../../src/app/canvas/scene-model.ts'
import { stageOf } from '../../../src/app/canvas/stage.ts'
import { drawingOf } from '../../../src/core/workflow/drawing/drawing.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { readBpmn } from '../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { writeBpmn } from '../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import { emptyWorkflow, isStep, sides, type Workflow, type WorkflowSide } from '../../../src/core/workflow/map/workflow.ts'
import { commandOf, laneEdit } from '../../core/workflow/lane-edits.ts'

function inputOf(workflow: Workflow): SceneInput {
  return {
    workflow,
    stage: stageOf(workflow, 'stacked'),
    selected: new Set(),
    selectedFlow: null,
    active: null,
    editing: null,
    draft: null,
    flags: new Map(),
    waits: new Map(),
    lines: [],
    dragged: new Map(),
  }
}

interface Shown {
  readonly boxes: readonly (readonly [string, number, number])[]
  readonly ways: readonly (readonly [string, string, number, number])[]
}

/** One map of a scene, from its own upper left corner. */
function onCanvas(workflow: Workflow, side: WorkflowSide): Shown {
  const input = inputOf(workflow)
  const { boxes, edges } = new SceneBuilder().build(input)
  const { x: left, y: top } = input.stage.regions[side]
  return {
    boxes: [...workflow[side].nodes.keys()].map((id) => {
      const box = boxes.get(refOf(side, id))
      return [id, (box?.x ?? 0) - left, (box?.y ?? 0) - top] as const
    }),
    ways: edges.flatMap(({ id, data }) => {
      if (!data || !id.startsWith(`${side}/flow/`)) return []
      const way = data.way.map(({ x, y }) => `${x - left},${y - top}`).join(' ')
      return [[id.slice(`${side}/flow/`.length), way, data.at.x - left, data.at.y - top] as const]
    }),
  }
}

function exported(workflow: Workflow, side: WorkflowSide): Shown {
  const { boxes, flows } = drawingOf(workflow[side])
  return {
    boxes: [...boxes.values()].map(({ id, x, y }) => [id, x, y] as const),
    ways: flows.map(({ edge, way, at }) => [edge.id, way.map(({ x, y }) => `${x},${y}`).join(' '), at.x, at.y] as const),
  }
}

const drawn: readonly (readonly [string, Workflow])[] = [
  ...riversideWorkflows,
  ...clinicProcesses.map((each) => [each.id, { ...emptyWorkflow(each.id), current: templateMap(each) }] as const),
]

test.each(drawn)('%s is exported as the canvas shows it', (_, workflow) => {
  for (const side of sides) expect(exported(workflow, side)).toEqual(onCanvas(workflow, side))
})

test('after 200 random edits the canvas shows each step in the band of its role, as every export does', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...riversideWorkflows.keys()),
      fc.noShrink(fc.array(laneEdit, { minLength: 200, maxLength: 200, size: 'max' })),
      (id, edits) => {
        let workflow: Workflow = riversideWorkflows.get(id) ?? emptyWorkflow(id)
        for (const each of edits) workflow = apply(workflow, commandOf(each, workflow.future)).workflow
        const input = inputOf(workflow)
        const { boxes } = new SceneBuilder().build(input)
        for (const node of workflow.future.nodes.values()) {
          const lane = node.lane !== null && workflow.future.lanes.has(node.lane) ? node.lane : null
          const box = boxes.get(refOf('future', node.id))
          const around = input.stage.bands.find(
            ({ side, y, height }) => side === 'future' && box && box.y >= y && box.y + box.height <= y + height,
          )
          if (isStep(node)) expect(around?.lane?.id ?? null, node.id).toBe(lane)
        }
        expect(exported(workflow, 'future').boxes).toEqual(onCanvas(workflow, 'future').boxes)
        // The way there and back keeps every role.
        const { graph } = readBpmn(new TextEncoder().encode(writeBpmn(workflow.future).text), 'future')
        for (const { id: step, lane } of graph.nodes.values())
          expect(lane, step).toBe(workflow.future.nodes.get(step)?.lane ?? null)
        return true
      },
    ),
    { numRuns: process.env.LONG ? 40 : 3 },
  )
})
