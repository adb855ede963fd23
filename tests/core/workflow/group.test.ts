/** Steps closed into a sub-workflow and opened again. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../../../src/core/workflow/edit.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { emptyWorkflow, type Workflow } from '../../../src/core/workflow/workflow.ts'
import { graphText, traceText } from '../../../src/core/workflow/write.ts'
import { identity, steps } from './generated.ts'

function textOf(workflow: Workflow): string {
  return graphText(workflow.current) + graphText(workflow.future) + traceText(workflow.trace)
}

test('closing and opening again gives the same map, flows and trace links', () => {
  fc.assert(
    fc.property(
      steps,
      fc.array(fc.nat(8), { minLength: 2, maxLength: 5 }),
      fc.constantFrom('current' as const, 'future' as const),
      (list, picks, side) => {
        const workflow = identity(list)
        const ids = picks.map((pick) => `s${pick}`)
        const group = apply(workflow, { kind: 'group', side, ids, label: 'Check in' })
        if (group.refused !== null) return
        expect(group.workflow[side].nodes.size).toBe(
          workflow[side].nodes.size - new Set(ids.filter((id) => workflow[side].nodes.has(id))).size + 1,
        )
        const open = apply(group.workflow, { kind: 'ungroup', side, id: 'check-in' })
        expect(open.refused).toBeNull()
        expect(textOf(open.workflow)).toBe(textOf(workflow))
      },
    ),
  )
})

test('a closed step knows the work, clicks and medium inside, and its flows stand at its border', () => {
  const { graph } = readSketch('Desk: Call {phone 3m clicks=2} -> Desk: Note {paper 2m clicks=4} -> MD: Sign {paper 1m}')
  const workflow = { ...emptyWorkflow('w'), current: graph }
  const done = apply(workflow, { kind: 'group', side: 'current', ids: ['note', 'call'], label: 'Intake' })
  expect(done.workflow.current.nodes.get('intake')).toMatchObject({
    type: 'subworkflow',
    lane: 'desk',
    service: { dist: 'constant', value: 300 },
    clicks: 6,
  })
  expect(
    [...done.workflow.current.edges.values()]
      .filter((edge) => [edge.from, edge.to].includes('intake'))
      .map(({ from, to }) => [from, to])
      .sort(),
  ).toEqual([
    ['intake', 'sign'],
    ['start', 'intake'],
  ])
  expect(apply(workflow, { kind: 'group', side: 'current', ids: ['note'], label: 'x' }).refused).toMatch(/two or more/)
  expect(apply(workflow, { kind: 'ungroup', side: 'current', id: 'note' }).refused).toMatch(/Nothing is kept/)
})
