/** Steps closed into a sub-workflow and opened again. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { copy } from '../../../src/core/workflow/edit/paste.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { emptyWorkflow, type Node, type Workflow, type WorkflowSide } from '../../../src/core/workflow/map/workflow.ts'
import { graphText, traceText } from '../../../src/core/workflow/map/write.ts'
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

/** Everything of a pair by place and id, but not what touches the closed step that is opened. */
function recordsBeside(workflow: Workflow, side: WorkflowSide, id: string): ReadonlyMap<string, unknown> {
  const links = [...workflow.trace].filter(([, { from, to }]) => !(side === 'current' ? from : to).includes(id))
  const maps = (['current', 'future'] as const).flatMap((each) => {
    const { lanes, elements, nodes, edges } = workflow[each]
    const touches = (ends: readonly string[]): boolean => each === side && ends.includes(id)
    return [
      ...[...lanes, ...elements].map(([key, value]) => [`${each} ${key}`, value] as const),
      ...[...nodes].filter(([key]) => !touches([key])).map(([key, value]) => [`${each} step ${key}`, value] as const),
      ...[...edges]
        .filter(([, { from, to }]) => !touches([from, to]))
        .map(([key, value]) => [`${each} flow ${key}`, value] as const),
    ]
  })
  return new Map<string, unknown>([...maps, ...links])
}

/** Copies of one step are called the same. */
function linksInWords({ current, future, trace }: Workflow): readonly string[] {
  const labels = (nodes: ReadonlyMap<string, Node>, ids: readonly string[]) => ids.map((id) => nodes.get(id)?.label).join()
  return [...trace.values()].map((link) => `${labels(current.nodes, link.from)} > ${labels(future.nodes, link.to)}`).sort()
}

test('opening a copy of a closed step changes no step, flow, lane or trace link that stands there', () => {
  const side = fc.constantFrom('current' as const, 'future' as const)
  fc.assert(
    fc.property(
      steps,
      fc.array(fc.nat(8), { minLength: 2, maxLength: 5 }),
      side,
      side,
      fc.boolean(),
      (list, picks, from, to, drawn) => {
        const workflow = identity(list)
        const ids = new Set(picks.map((pick) => `s${pick}`))
        const group = apply(workflow, { kind: 'group', side: from, ids: [...ids], label: 'Check in' })
        if (group.refused !== null) return
        const fragment = copy(group.workflow[from], ['check-in'])
        const pasted = apply(group.workflow, { kind: 'paste', side: to, fragment, dx: 0, dy: 0 })
        const [id = ''] = pasted.created
        // A flow of the copy to a step that the original also goes to.
        const before = drawn
          ? apply(pasted.workflow, { kind: 'add-edge', side: to, from: id, to: 'end' }).workflow
          : pasted.workflow
        const open = apply(before, { kind: 'ungroup', side: to, id })
        expect(open.refused).toBeNull()
        const after = recordsBeside(open.workflow, to, id)
        for (const [name, record] of recordsBeside(before, to, id)) expect(after.get(name), name).toBe(record)
        expect(open.workflow.trace.size).toBe(group.workflow.trace.size)
        const inner = [...workflow[from].edges.values()].filter((edge) => ids.has(edge.from) && ids.has(edge.to))
        expect(open.workflow[to].edges.size).toBe(before[to].edges.size + inner.length)
        // And the original still opens to what it was closed from.
        const both = apply(open.workflow, { kind: 'ungroup', side: from, id: 'check-in' })
        expect(linksInWords(both.workflow)).toEqual(linksInWords(workflow))
        const copies = new Set(open.created)
        for (const link of both.workflow.trace.values())
          expect((to === 'current' ? link.from : link.to).filter((end) => copies.has(end))).toEqual([])
        expect(both.workflow[to].edges.size).toBe(
          open.workflow[to].edges.size + (from === to ? workflow[from].edges.size - group.workflow[from].edges.size : 0),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('what was untraced while it was closed stays so, and what was traced meanwhile is kept', () => {
  const workflow = identity([...(fc.sample(steps, { seed: 7, numRuns: 40 }).find((list) => list.length > 3) ?? [])])
  const group = apply(workflow, { kind: 'group', side: 'current', ids: ['s0', 's1'], label: 'Check in' }).workflow
  const less = apply(group, { kind: 'unlink', keys: ['check-in > s0'] }).workflow
  const more = apply(less, { kind: 'change-link', key: 'check-in > s1', facts: { to: ['s1', 's2'] } }).workflow
  const { trace } = apply(more, { kind: 'ungroup', side: 'current', id: 'check-in' }).workflow
  expect([...trace.keys()].filter((key) => /s[01]/.test(key)).sort()).toEqual(['s0 s1 > s2', 's1 > s1'])
})

test('a copy that is opened beside its original closes its own request', () => {
  const { graph } = readSketch('Nurse: Ask {request fax 1m} -> Nurse: Answer {do paper 1m closes=ask}\nbare')
  const group = { kind: 'group', side: 'current', ids: ['ask', 'answer'], label: 'Query' } as const
  const closed = apply({ ...emptyWorkflow('w'), current: graph }, group).workflow
  const twice = apply(closed, { kind: 'duplicate', side: 'current', ids: ['query'], dx: 0, dy: 0 }).workflow
  const open = ['query', 'query-2'].reduce((now, id) => apply(now, { kind: 'ungroup', side: 'current', id }).workflow, twice)
  expect(open.current.nodes.get('answer')?.closes).toBe('ask')
  expect(open.current.nodes.get('answer-2')?.closes).toBe('ask-2')
})
