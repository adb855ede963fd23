/** Copies of steps: nothing is covered, nothing they know is lost, and what they say about each other goes with them. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../../../src/core/workflow/edit.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { layOut, sizeOf } from '../../../src/core/workflow/layout.ts'
import { copy } from '../../../src/core/workflow/paste.ts'
import { emptyWorkflow, type Graph, type Workflow, type WorkflowSide } from '../../../src/core/workflow/workflow.ts'
import { workflowDigest } from '../../../src/core/workflow/write.ts'
import { identity, steps } from './generated.ts'

function laidOut(workflow: Workflow, side: WorkflowSide): Workflow {
  return apply(workflow, { kind: 'move-nodes', side, ...layOut(workflow[side]) }).workflow
}

/** Pairs of steps that cover each other. */
function covered(graph: Graph): readonly string[] {
  const nodes = [...graph.nodes.values()].map((node) => ({ ...sizeOf(node), ...node }))
  return nodes.flatMap((a, at) =>
    nodes
      .slice(at + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} ${b.id}`),
  )
}

test('what is pasted into either map covers nothing there, and undoing takes it away', () => {
  const side = fc.constantFrom('current' as const, 'future' as const)
  fc.assert(
    fc.property(steps, steps, fc.array(fc.nat(8), { minLength: 1, maxLength: 5 }), side, side, (list, other, picks, from, to) => {
      const pair = identity(list, () => identity(other).future)
      const workflow = laidOut(laidOut(pair, 'current'), 'future')
      const fragment = copy(workflow[from], [...new Set(picks.map((pick) => `s${pick}`))])
      const done = apply(workflow, { kind: 'paste', side: to, fragment, dx: 0, dy: 0 })
      expect(done.created).toHaveLength(fragment.nodes.length)
      expect(covered(done.workflow[to])).toEqual([])
      expect(workflowDigest(apply(done.workflow, done.inverse).workflow)).toBe(workflowDigest(workflow))
    }),
    { numRuns: 40 },
  )
})

test('elements come along, steps stay at their height of the lane, and a copy that closes a copied request closes that copy', () => {
  const current = readSketch(
    'element dose record safety\nClerk: Sort {paper 1m}\nNurse: Ask {request fax 1m writes=dose:typed} -> Nurse: Answer {do paper 1m closes=ask}\nbare',
  ).graph
  const future = readSketch('Nurse: Ask {screen 1m}\nbare', 'future').graph
  const workflow = laidOut(laidOut({ ...emptyWorkflow('w'), current, future }, 'current'), 'future')
  const fragment = copy(workflow.current, ['ask', 'answer'])
  const done = apply(workflow, { kind: 'paste', side: 'future', fragment, dx: 0, dy: 0 })
  const next = done.workflow.future
  expect(done.created).toEqual(['ask-2', 'answer'])
  expect(next.elements.get('dose')).toMatchObject({ record: true, safety: true })
  expect(next.nodes.get('answer')).toMatchObject({ closes: 'ask-2', lane: 'nurse' })
  // The first lane of the future map is the second one of the current map.
  expect(next.nodes.get('ask-2')?.y).toBe(next.nodes.get('ask')?.y)
  // Where the request is not copied, the answer still says which one it closed.
  const alone = apply(workflow, { kind: 'duplicate', side: 'current', ids: ['answer'], dx: 0, dy: 0 })
  expect(alone.workflow.current.nodes.get('answer-2')).toMatchObject({ closes: 'ask' })
})

test('a closed sub-workflow brings the roles of what it holds', () => {
  const current = readSketch('Clerk: Take {paper 1m} -> Nurse: Check {paper 1m}').graph
  const future = readSketch('MD: Sign {screen 1m}\nbare', 'future').graph
  const closed = apply(
    { ...emptyWorkflow('w'), current, future },
    { kind: 'group', side: 'current', ids: ['take', 'check'], label: 'Intake' },
  )
  const fragment = copy(closed.workflow.current, ['intake'])
  const pasted = apply(closed.workflow, { kind: 'paste', side: 'future', fragment, dx: 0, dy: 0 })
  const opened = apply(pasted.workflow, { kind: 'ungroup', side: 'future', id: 'intake' })
  expect(opened.refused).toBeNull()
  const roleOf = (id: string) => opened.workflow.future.lanes.get(opened.workflow.future.nodes.get(id)?.lane ?? '')?.label
  expect([roleOf('take'), roleOf('check')]).toEqual(['Clerk', 'Nurse'])
})
